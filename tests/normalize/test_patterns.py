"""A search that a hostile text would keep busy is given up, and costs that text alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import run.one
from normalize import patterns
from normalize.patterns import pattern
from run.one import Failed, finish

_ENDLESS = r"(?:a|a)+b(?=c)"
_TEXT = "a" * 3_000


@pytest.mark.parametrize(
    "search",
    [
        lambda one: one.search(_TEXT),
        lambda one: one.match(_TEXT),
        lambda one: one.fullmatch(_TEXT),
        lambda one: one.findall(_TEXT),
        lambda one: list(one.finditer(_TEXT)),
        lambda one: one.split(_TEXT),
        lambda one: one.sub("", _TEXT),
        lambda one: one.search(_TEXT, 0, 2_900),
    ],
)
def test_a_search_of_a_long_text_is_given_up(
    search: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    assert callable(search)
    with pytest.raises(TimeoutError):
        search(pattern(_ENDLESS))


def test_what_is_found_is_that_of_the_pattern() -> None:
    one = pattern(r"\d+")
    assert one.findall("1 và 22") == ["1", "22"]
    assert one.sub("n", "1 và 22") == "n và n"
    assert one.sub("n", "1 " * 2_000) == "n " * 2_000
    assert [found.span() for found in one.finditer("x" * 5_000 + "7", 4_000)] == [(5_000, 5_001)]


def test_the_file_fails_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(source: object) -> None:
        raise TimeoutError("regex timed out")

    monkeypatch.setattr(run.one, "extract_documents", busy)
    path = tmp_path / "plan.txt"
    path.write_text("KẾ HOẠCH", encoding="utf-8")
    failed = finish(str(path))
    assert isinstance(failed, Failed)
    assert "quá rối" in failed.problem
    assert "chia nhỏ tệp" in failed.remedy
