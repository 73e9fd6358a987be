"""A search that a hostile text would keep busy is given up, and costs that text alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import regex

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


@pytest.mark.parametrize(
    "source", [r"a", r"a|b", r"(?<=b)a", r"\b\w", r"a*", r"(?=a)", r"b|(?=a)", r"x*"]
)
def test_matches_found_in_batches_are_those_of_one_search(source: str) -> None:
    text = "ab aab  bba " * 900
    expected = [found.span() for found in regex.compile(source).finditer(text)]
    assert [found.span() for found in pattern(source).finditer(text)] == expected
    inside = [found.span() for found in regex.compile(source).finditer(text, 7, 9_000)]
    assert [found.span() for found in pattern(source).finditer(text, 7, 9_000)] == inside


def test_what_is_done_between_two_matches_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.2)
    one = pattern("a").finditer("a" * 3_000)
    assert next(one).start() == 0
    started = time.process_time()
    while time.process_time() < started + 0.3:
        pass
    assert sum(1 for _ in one) == 2_999


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
