"""The review page in a browser: what an official does with it, on plans of our own.

The truth is read from ``data/raw/mau-lam-dong-2026.txt`` and ``hostile_plan.py`` by hand.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import hostile_plan
import pytest
from playwright.sync_api import expect
from review_browser import Shown, chromium

from normalize.text import fold
from pipeline import main

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "data" / "raw" / "mau-lam-dong-2026.txt"
LAM_DONG = "68-318-kh-ubnd-2025"
LONG_AN = "80-7-kh-ubnd-2022"
VIEWS: list[dict[str, str]] = [
    {},
    {"view": "tasks"},
    {"view": "findings"},
    {"task": f"{LAM_DONG}/1.3"},
    {"open": LAM_DONG},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run on two plans."""
    place = tmp_path_factory.mktemp("review")
    hostile = place / "hostile.txt"
    hostile.write_text(hostile_plan.TEXT, encoding="utf-8", newline="")
    assert main([str(SAMPLE), str(hostile), "--out", str(place / "out")]) == 0
    return place / "out"


@pytest.fixture(scope="module")
def window(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    with chromium(tmp_path_factory.mktemp("profile")) as page:
        yield Shown(page, folder / "review.html")


@pytest.fixture
def shown(window: Shown) -> Iterator[Shown]:
    """The page, which may not complain or ask for anything while a test uses it."""
    window.heard.clear()
    window.page.set_viewport_size({"width": 1440, "height": 900})
    yield window
    assert window.heard == []


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def joined(pieces: list[str]) -> str:
    return re.sub(r"\s+", " ", " ".join(pieces))


def test_overview_says_what_the_tables_say(
    shown: Shown, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = shown.open()
    figures = page.locator(".tile strong").all_text_contents()
    tables = [rows(folder, name) for name in ("documents", "tasks", "findings")]
    money = sum(int(row["budget_vnd"] or 0) for row in tables[1])
    assert money == 3_550_000_000 + 14_000_000  # the sample's own total, and 12 + 2 million
    assert [figures[0], figures[1], figures[3]] == [str(len(one)) for one in tables]
    assert figures[2] == "3,6 tỷ đồng"
    assert main([str(SAMPLE), str(folder.parent / "hostile.txt"), "--out", str(folder)]) == 0
    summary = capsys.readouterr().out
    shares = re.findall(r"^  (?:lead|partners|schedule|budget|area).*?(\d+ %|–)  ", summary, re.M)
    assert page.locator("#resolved td strong").all_text_contents() == shares


def test_charts_are_drawn_and_lead_to_their_tasks(shown: Shown) -> None:
    page = shown.open()
    expect(page.locator(".drawing svg")).to_have_count(4)
    assert page.locator("#chart-leads .drawing svg").get_by_text("Sở Nội vụ").count() == 1
    page.locator("#chart-quarters .mark-rect path").first.click()
    page.wait_for_selector("#task-table")
    assert page.locator("#f-quarter").input_value() == "2022-2"
    assert shown.task_ids() == ["1", "2"]


@pytest.mark.parametrize("query", ["so noi vu", "Sở Nội vụ", "SỞ  NỘI VỤ", "so noi v"])
def test_search_with_and_without_accents(shown: Shown, query: str) -> None:
    page = shown.open(view="tasks")
    page.locator("#q").fill(query)
    expect(page.locator("#task-table tbody tr")).to_have_count(5)
    # Lead or partner in the sample's second group; lead of the hostile plan's first task.
    assert shown.task_ids() == ["1", "2.1", "2.2", "2.3", "2.4"]


def test_search_for_words_that_stand_apart(shown: Shown) -> None:
    page = shown.open(view="tasks", q="noi vu phan cap")
    assert shown.task_ids() == ["2.4"]
    assert "đủ các từ" in str(page.locator("#hits").text_content())
    page = shown.open(view="tasks", q="không ở đâu có")
    assert page.locator("main .empty").count() == 1


def test_filters(shown: Shown) -> None:
    page = shown.open(view="tasks")
    page.locator("#f-province").select_option(label="Lâm Đồng (12)")
    page.locator("#f-quarter").select_option("2026-1")
    # 1.1 and 1.2 share a cell; 2.2 ends 100 days after 15/12/2025; 1 is due before quarter II.
    assert shown.task_ids() == ["1.1", "1.2", "2.2", "1"]
    page.locator("#clear").click()
    page.locator("#f-agency").select_option("so-noi-vu")
    assert shown.task_ids() == ["1", "2.1", "2.2", "2.4"]
    page.locator("#f-role").select_option("any")
    assert shown.task_ids() == ["1", "2.1", "2.2", "2.3", "2.4"]
    page.locator("#f-year").select_option("2026")
    page.locator("#f-area").select_option("civil_service")
    assert shown.task_ids() == ["2.1", "2.2", "2.3", "2.4"]
    page.locator("#f-code").select_option("agency.described")
    assert shown.task_ids() == ["2.3"]
    page.go_back()
    assert shown.task_ids() == ["2.1", "2.2", "2.3", "2.4"]


def test_a_chosen_task_stands_beside_exactly_its_words(shown: Shown) -> None:
    page = shown.open(view="tasks", q="ban do so")
    page.locator("#task-table td.task a").click()
    page.wait_for_selector("#source")
    marked = shown.marked()
    assert joined(marked["task"]) == "Lập bản đồ số về đất đai, rừng và nguồn nước"
    assert marked["area"] == ["Xây dựng chính quyền số"]  # the group row above
    assert marked["lead"] == ["Sở Khoa học và Công nghệ"]  # a cell over three rows
    assert marked["coordinating"] == [
        "Sở Nông nghiệp và Môi trường",
        "Sở Dân tộc và Tôn giáo",
        "Sở Văn hóa, Thể thao và Du lịch",
    ]
    assert marked["schedule"] == ["6/2026"]
    assert marked["deliverables"] == ["Bản đồ số"]
    assert set(marked) == {"task", "area", "lead", "coordinating", "schedule", "deliverables"}
    top = page.locator(".text mark.f-task").first.bounding_box()
    around = page.locator(".scroller").bounding_box()
    assert top is not None
    assert around is not None
    assert around["y"] <= top["y"] < around["y"] + around["height"]


def test_a_field_leads_to_its_words(shown: Shown) -> None:
    page = shown.open(task=f"{LAM_DONG}/2.4")
    page.locator("[data-jump=lead]").click()
    assert page.locator(".text mark.here").text_content() == "Sở Nội vụ"


def test_a_finding_leads_to_its_place(shown: Shown) -> None:
    page = shown.open(view="findings")
    page.get_by_text("đến ngày 14/6/2026").first.click()
    page.wait_for_selector(".text mark")
    assert shown.marked() == {"finding": ["từ ngày 15/12/2026 đến ngày 14/6/2026"]}
    assert page.locator(".findings .current").count() == 1


def test_language(shown: Shown) -> None:
    page = shown.open(view="tasks")
    assert page.locator("#title").text_content() == "Rà soát kế hoạch"
    assert page.get_attribute("html", "lang") == "vi"
    page.locator("#language").click()
    assert page.locator("#title").text_content() == "Review of plans"
    assert page.get_attribute("html", "lang") == "en"
    assert "14 of 14 tasks" in str(page.locator("#hits").text_content())
    page.locator("#language").click()
    assert page.locator("#title").text_content() == "Rà soát kế hoạch"


def test_keys(shown: Shown) -> None:
    page = shown.open(view="tasks")
    page.keyboard.press("/")
    page.keyboard.type("so noi vu")
    expect(page.locator("#task-table tbody tr")).to_have_count(5)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#source")
    expect(page.locator(".id code")).to_have_text(f"{LAM_DONG}/2.1")
    page.keyboard.press("j")
    expect(page.locator(".id code")).to_have_text(f"{LAM_DONG}/2.2")
    page.keyboard.press("Escape")
    page.wait_for_selector("#task-table")
    assert page.locator("#q").input_value() == "so noi vu"


@pytest.mark.parametrize("width", [360, pytest.param(1440, marks=pytest.mark.slow)])
def test_nothing_runs_off_sideways(shown: Shown, width: int) -> None:
    shown.page.set_viewport_size({"width": width, "height": 740})
    for state in VIEWS:
        shown.open(**state)
        shown.page.wait_for_selector("main > *")
        assert shown.sideways() <= 0, state


def test_print_shows_the_place_and_not_the_whole_text(shown: Shown) -> None:
    page = shown.open(task=f"{LAM_DONG}/2.4")
    page.emulate_media(media="print")
    try:
        visible = [line.text_content() for line in page.locator(".line:visible").all()]
        assert not page.locator("#tabs").is_visible()
    finally:
        page.emulate_media(media="screen")
    assert any("Khi Chính phủ ban hành" in str(line) for line in visible)
    assert len(visible) < 5


def test_words_of_a_plan_do_nothing(shown: Shown) -> None:
    for state in [{"task": f"{LONG_AN}/1"}, {"task": f"{LONG_AN}/2"}, *VIEWS]:
        page = shown.open(**state)
        page.wait_for_selector("main > *")
        assert page.evaluate("window.broken") is None, state
        assert page.locator("img").count() == 0, state
        assert page.locator("main script").count() == 0, state


def test_a_hostile_text_stands_there_letter_for_letter(shown: Shown) -> None:
    page = shown.open(task=f"{LONG_AN}/1")
    lines = [str(line) for line in page.locator(".text .line").all_text_contents()]
    assert lines == re.split("[\n\u2028\u2029]", hostile_plan.TEXT)
    marked = shown.marked()
    assert joined(marked["task"]).startswith("Rà soát 😀 hồ sơ lưu trữ")
    assert marked["lead"] == ["Sở Nội vụ"]
    assert marked["schedule"] == ["Quý II/2022"]
    assert marked["deliverables"] == ["Báo cáo"]
    assert marked["budget"] == ["12"]
    shown.open(task=f"{LONG_AN}/2")
    assert shown.marked()["budget"] == ["2"]  # not the row's number


def test_an_address_of_another_run(shown: Shown) -> None:
    page = shown.open(task="khong-co/1")
    assert "Không có mục này" in str(page.locator("main").text_content())


def test_letters_fold_as_in_python(shown: Shown) -> None:
    page = shown.open()
    names = [row["agency"] for row in rows(shown.file.parent, "agencies")]
    names += ["ĐẮK LẮK, đặc khu", "Hoà Bình – hòa", "Thừa Thiên – Huế"]
    names += [unicodedata.normalize("NFD", "Sở Nội vụ tỉnh Quảng Trị")]
    script = (ROOT / "publish" / "page" / "places.js").read_text(encoding="utf-8")
    folded = page.evaluate(f"(names) => {{ {script}; return names.map(fold); }}", names)
    assert folded == [fold(name) for name in names]


def test_places_of_words(shown: Shown) -> None:
    cases: list[tuple[str, str, list[str] | None]] = [
        ("Sở Tài chính\tQuý I", "Sở Tài chính", ["Sở Tài chính"]),
        # A page cut the cell; another cell's words stand between its halves.
        ("Báo cáo kết\tSở Nội vụ\n\tquả quý\tx", "Báo cáo kết quả quý", ["Báo cáo kết", "quả quý"]),
        ("<td>Kế hoạch<br>năm&nbsp;2021</td>", "Kế hoạch năm 2021", ["Kế hoạch<br>năm&nbsp;2021"]),
        ("C&aacute;c Khoa", "Các Khoa", ["C&aacute;c Khoa"]),
        (unicodedata.normalize("NFD", "các Sở ạ"), "Sở", [unicodedata.normalize("NFD", "Sở")]),
        ("không có gì ở đây", "Sở Nội vụ", None),
    ]  # fmt: skip
    script = (ROOT / "publish" / "page" / "places.js").read_text(encoding="utf-8")
    found = shown.open().evaluate(
        f"(cases) => {{ {script}; return cases.map(([text, words]) => {{"
        "const found = locate(text, 0, text.length, words);"
        "return found && found.map(([a, b]) => text.slice(a, b)); }); }",
        [[text, words] for text, words, _ in cases],
    )
    assert found == [pieces for _, _, pieces in cases]
