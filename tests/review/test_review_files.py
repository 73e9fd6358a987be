"""The review page as files: one or several, the same bytes, and what it does without sources."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hostile_plan
import pytest

from normalize.records import Plan
from pipeline import extract_file, main
from publish import review_charts
from publish.folder import OutputError
from publish.review import NAME, remove_old, write_review
from publish.review_data import quarters, words
from publish.review_rows import Tables
from publish.write import TableFiles

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = sorted((ROOT / "data" / "raw").glob("*.txt"))
PAGE = ROOT / "publish" / "page"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.txt"
    path.write_text(hostile_plan.TEXT, encoding="utf-8", newline="")
    return path


@pytest.fixture
def tables(tmp_path: Path, hostile: Path) -> Path:
    """A folder of tables alone, of the samples and the hostile plan in the order of their names."""
    folder = tmp_path / "tables"
    folder.mkdir()
    write_tables([extract_file(path) for path in [hostile, *SAMPLES]], folder)
    return folder


def write_tables(plans: list[Plan], folder: Path) -> None:
    files = TableFiles(folder)
    for plan in plans:
        files.add(plan)
    files.close()


def text_of(hostile: Path) -> Callable[[str], str]:
    paths = {path.name: path for path in [hostile, *SAMPLES]}
    return lambda name: paths[name].read_bytes().decode("utf-8-sig")


def nowhere(name: str) -> Path:
    raise KeyError(name)


def elements(page: Path) -> dict[str, Any]:
    """Id → what the JSON elements of a page hold, found as a browser finds them."""
    html = page.read_text(encoding="utf-8")
    found = re.findall(
        r'<script type="application/json" id="([^"]*)">(.*?)</script', html, re.S | re.I
    )
    return {name: json.loads(text) for name, text in found}


def test_one_file_whose_data_cannot_end_its_element(tables: Path, hostile: Path) -> None:
    written = write_review(tables, text_of(hostile), nowhere)
    assert (written.path, written.pages) == (tables / NAME, 0)
    html = written.path.read_text(encoding="utf-8")
    assert html.count("<script") == html.count("</script") == 7  # index, four texts, ours, bundle
    assert "{{" not in html.partition('id="index"')[0]
    found = elements(written.path)
    assert found["block-80-7-kh-ubnd-2022"]["text"] == hostile_plan.TEXT
    assert len(found["index"]["tasks"]) == sum(
        len(extract_file(path).tasks) for path in [hostile, *SAMPLES]
    )


def test_the_same_tables_give_the_same_bytes(tables: Path, hostile: Path) -> None:
    first = write_review(tables, text_of(hostile), nowhere).path.read_bytes()
    assert write_review(tables, text_of(hostile), nowhere).path.read_bytes() == first


def test_beyond_a_size_an_index_and_a_page_a_file(tables: Path, hostile: Path) -> None:
    written = write_review(tables, text_of(hostile), nowhere, most_bytes=20_000)
    assert written.pages == 4
    index = elements(written.path)
    assert set(index) == {"index"}
    names = [row[-1] for row in index["index"]["documents"]]
    pages = {path.stem: elements(path) for path in (tables / "review").iterdir()}
    assert set(names) == set(pages)
    assert pages["80-7-kh-ubnd-2022"]["block-80-7-kh-ubnd-2022"]["text"] == hostile_plan.TEXT
    tasks = sum(len(page["index"]["tasks"]) for page in pages.values())
    assert tasks == len(index["index"]["tasks"])
    assert b'id="bundle"' not in (tables / "review" / "80-7-kh-ubnd-2022.html").read_bytes()


def test_a_source_that_is_gone(tables: Path, hostile: Path) -> None:
    def broken(name: str) -> str:
        if name == hostile.name:
            raise OSError("tệp đã bị chuyển đi")
        return text_of(hostile)(name)

    found = elements(write_review(tables, broken, nowhere).path)
    assert found["block-80-7-kh-ubnd-2022"]["text"] is None
    assert "đã bị chuyển đi" in found["block-80-7-kh-ubnd-2022"]["trouble"]
    assert sum(found[name]["text"] is not None for name in found if name != "index") == 3


def test_without_the_extra_the_run_goes_on(
    hostile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(review_charts, "find_spec", lambda name: None)
    assert main([str(hostile), "--out", str(tmp_path / "out")]) == 0
    assert "pip install 'kehoach[review]'" in capsys.readouterr().err
    html = (tmp_path / "out" / NAME).read_text(encoding="utf-8")
    assert 'id="bundle"' not in html
    assert 'id="block-80-7-kh-ubnd-2022"' in html


def test_no_review_leaves_no_page_of_other_tables(hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    main([str(hostile), "--out", str(out)])
    assert (out / NAME).exists()
    main([str(SAMPLES[0]), "--out", str(out), "--no-review"])
    assert not (out / NAME).exists()


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "review").mkdir()
    (tmp_path / NAME).write_text("<!doctype html>mine")
    (tmp_path / "review" / "mine.html").write_text("mine")
    remove_old(tmp_path, [])
    assert (tmp_path / NAME).read_text() == "<!doctype html>mine"
    assert (tmp_path / "review" / "mine.html").exists()


def test_a_run_of_very_many_documents(
    hostile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("run.review.MOST_DOCUMENTS", 0)
    assert main([str(hostile), "--out", str(tmp_path / "out")]) == 0
    assert "--review" in capsys.readouterr().err
    assert not (tmp_path / "out" / NAME).exists()
    assert main([str(hostile), "--out", str(tmp_path / "out"), "--review"]) == 0
    assert (tmp_path / "out" / NAME).exists()


def test_a_folder_without_tables(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"documents\.parquet"):
        write_review(tmp_path, str, nowhere)
    (tmp_path / "documents.parquet").write_bytes(b"PAR1 no table")
    with pytest.raises(OutputError, match=r"documents\.parquet"):
        write_review(tmp_path, str, nowhere)
    assert not (tmp_path / NAME).exists()


def test_rows_come_file_by_file(tables: Path, hostile: Path) -> None:
    files = list(Tables(tables).files())
    assert [file.source_file for file in files] == [hostile.name, *(p.name for p in SAMPLES)]
    for file in files:
        path = hostile if file.source_file == hostile.name else SAMPLES[0].parent / file.source_file
        plan = extract_file(path)
        assert [row.task_id for row in file.rows("tasks")] == [row.task_id for row in plan.tasks]
        assert len(file.rows("findings")) == len(plan.findings)


class Period:
    """A period as far as its quarter hangs on it."""

    def __init__(self, kind: str, end: str | None) -> None:
        self.kind = kind
        self.end_on = datetime.date.fromisoformat(end) if end else None


@pytest.mark.parametrize(
    ("periods", "found"),
    [
        ([("quarter", "2021-06-30"), ("quarter", "2021-09-30")], ["2021-2", "2021-3"]),
        ([("month", "2021-01-31"), ("before", "2021-03-30")], ["2021-1"]),
        ([("recurring", "2021-12-31")], ["recurring"]),
        ([("recurring", "2021-12-31"), ("year", "2021-12-31")], ["2021-4"]),
        ([("conditional", None)], ["none"]),
        ([], ["none"]),
    ],
)
def test_quarters_of_a_task(periods: list[tuple[str, str | None]], found: list[str]) -> None:
    assert quarters([Period(*one) for one in periods]) == found


def test_every_word_of_the_page_has_both_languages() -> None:
    """The script asks for no word that is missing; a word has both languages."""
    script = "\n".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js"))
    known = words([])["ui"]
    asked = set(re.findall(r'\bsay\("(\w+)"', script))
    assert asked <= set(known)
    assert all(vietnamese and english for vietnamese, english in known.values())


def test_charts_are_those_that_altair_makes() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "publish.review_charts"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert (PAGE / "charts.json").read_bytes() == made, (
        "run: python -m publish.review_charts > publish/page/charts.json"
    )


def test_a_damaged_bundle_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import vl_convert

    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda snippet: "a('</script><!--')")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = tmp_path / "kehoach" / f"vega-embed-{review_charts.bundle_version()}.js"
    whole = b"a('<\\/script><\\!--')"
    assert review_charts.bundle() == whole
    data = kept.read_bytes()
    kept.write_bytes(data[:-3])
    assert review_charts.bundle() == whole
    assert kept.read_bytes() == data


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


FIELDS = ("task", "area", "deliverables", "lead", "coordinating", "schedule", "budget")


def test_colours_are_readable() -> None:
    """WCAG AA: 4.5 for all that is read, which holds for the underlines too."""
    css = (PAGE / "page.css").read_text(encoding="utf-8")
    colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", css))
    pairs = [("ink", f"{name}-soft") for name in FIELDS]
    pairs += [(name, "paper") for name in FIELDS]  # the mark before the words is white on it
    pairs += [(name, f"{name}-soft") for name in ("error", "warning", "info")]
    pairs += [("dim", "paper"), ("dim", "soft"), ("dim", "error-soft"), ("accent", "accent-soft")]
    pairs += [("accent", "paper"), ("accent", "soft")]
    assert [pair for pair in pairs if contrast(*(colour[one] for one in pair)) < 4.5] == []
