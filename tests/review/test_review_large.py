"""The review page at its limits: two hundred plans, an index with a page a file, paged inputs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from review_browser import Shown, chromium

from bench.corpus import make_plan, write_plans
from pipeline import main
from publish.review import write_review

pytestmark = pytest.mark.slow
COUNT = 200


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    write_plans(folder, COUNT)
    return folder / "000"


@pytest.fixture(scope="module")
def out(plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run on all of them."""
    folder = tmp_path_factory.mktemp("out")
    assert main([str(plans), "--out", str(folder)]) == 0
    return folder


def test_two_hundred_plans_in_one_page(out: Path, tmp_path: Path) -> None:
    with chromium(tmp_path / "profile") as page:
        shown = Shown(page, out / "review.html")
        shown.open(view="tasks", q=make_plan(7).symbol)
        assert len(shown.task_ids()) >= len(make_plan(7).tasks)
        shown.open(view="tasks")
        assert 0 < len(shown.task_ids()) <= 300  # rows come as one scrolls
        page.locator("#task-table td.task a").first.click()
        expect(page.locator("#source .line").first).to_be_visible()
        assert shown.heard == []


def test_an_index_and_a_page_a_file(plans: Path, out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "out", ignore=shutil.ignore_patterns(".kehoach", "*.csv"))
    written = write_review(
        tmp_path / "out",
        lambda name: (plans / name).read_text(encoding="utf-8"),
        lambda name: plans / name,
        most_bytes=100_000,
    )
    assert written.pages == COUNT
    assert len(list((tmp_path / "out" / "review").iterdir())) == COUNT
    with chromium(tmp_path / "profile") as page:
        shown = Shown(page, tmp_path / "out" / "review.html")
        shown.open()
        expect(page.locator(".drawing svg")).to_have_count(4)
        shown.open(view="tasks", lang="en")
        chosen = page.locator("#task-table td.task a").first
        words = str(chosen.text_content())
        chosen.click()
        page.wait_for_url("**/review/*.html#task=*")
        expect(page.locator("#chosen")).to_have_text(words)
        assert page.get_attribute("html", "lang") == "en"
        assert shown.marked()["task"]
        identity = page.locator(".id code").text_content()
        page.locator("#tab-overview").click()
        page.wait_for_url("**/out/review.html#*")
        shown.open(task=str(identity))  # an address of the index leads on to the page
        page.wait_for_url("**/review/*.html#task=*")
        expect(page.locator("#chosen")).to_have_text(words)
        assert shown.heard == []


HEAD = ["KẾ HOẠCH", "Thử nghiệm năm 2022"]
ROWS = [
    ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"],
    ["1", "Rà soát hồ sơ", "Sở Nội vụ", "Quý II/2022"],
    ["2", "Tập huấn cán bộ", "Sở Tư pháp", "Quý III/2022"],
]
LEFT = (60, 100, 300, 430, 540)
TOP, HEIGHT = 500, 30


def ruled_plan(path: Path) -> None:
    """A page with a ruled table, each row 30 points high, the first from 500 points down."""
    found = ["fc-match", "-f", "%{file}", "sans:lang=vi"]
    font = subprocess.run(found, check=True, capture_output=True, text=True).stdout
    pdfmetrics.registerFont(TTFont("Vietnamese", font))
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Vietnamese", 12)
    for place, line in enumerate(HEAD):
        canvas.drawString(200, 780 - 20 * place, line)
    for number, cells in enumerate(ROWS):
        for left, right, words in zip(LEFT[:-1], LEFT[1:], cells, strict=True):
            bottom = TOP - HEIGHT * (number + 1)
            canvas.rect(left, bottom, right - left, HEIGHT)
            canvas.drawString(left + 4, bottom + 10, words)
    canvas.save()


def test_a_paged_input_shows_its_page_with_the_boxes(tmp_path: Path) -> None:
    ruled_plan(tmp_path / "plan.pdf")
    assert main([str(tmp_path / "plan.pdf"), "--out", str(tmp_path / "out")]) == 0
    with chromium(tmp_path / "profile") as page:
        shown = Shown(page, tmp_path / "out" / "review.html")
        shown.open(view="tasks")
        page.get_by_text("Tập huấn cán bộ").click()
        expect(page.locator(".sheet img")).to_have_count(1)
        expect(page.locator(".sheet img")).to_have_js_property("complete", value=True)
        sheet = page.locator(".sheet img").bounding_box()
        box = page.locator(".box.f-task").bounding_box()
        assert sheet is not None
        assert box is not None
        point = sheet["width"] / A4[0]
        # The third row of the table, from its top edge and as far as the words go.
        top = A4[1] - TOP + 2 * HEIGHT
        assert top <= (box["y"] - sheet["y"]) / point
        assert (box["y"] + box["height"] - sheet["y"]) / point <= top + HEIGHT + 1
        assert (box["x"] - sheet["x"]) / point == pytest.approx(LEFT[0] + 4, abs=4)
        page.locator("[data-as=text]").click()
        assert shown.marked()["task"] == ["Tập huấn cán bộ"]
        assert shown.heard == []
