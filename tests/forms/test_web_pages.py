"""Saved web pages: the plan whole, the page around it left out and told, whatever the markup."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from html.entities import codepoint2name
from pathlib import Path

import as_html
import pytest
from as_html import MENU, NEWS, Blocks
from as_old_letters import to_cp1258, to_tcvn3, to_vni, windows
from form_inputs import OF_PAGES, SEEDS, text_tables
from plain_plan import SAMPLES, authored_blocks, form_differences, form_tables

from extract.cells import TableBlock
from extract.web_lines import read_items
from extract.web_tree import read_tree
from normalize.records import Plan
from pipeline import extract_file, source_text

TOLD = OF_PAGES | {"page.left_out"}

TABLE = """<table border=1>
<tr><th>TT</th><th>Nhiệm vụ</th><th>Chủ trì</th><th>Phối hợp</th><th>Thời gian</th></tr>
<tr><td>1</td><td>Lập danh mục hồ sơ</td><td>Sở Nội vụ</td><td>Sở Tài chính</td>
<td>Quý I/2023</td></tr>
<tr><td>2</td><td>Mở lớp tập huấn</td><td>Sở Tư pháp</td><td></td><td>Quý II/2023</td></tr>
</table>"""
PROSE = (
    "<p>I. MỤC ĐÍCH</p><p>Giúp các cơ quan trong tỉnh lưu trữ hồ sơ gọn gàng, tìm lại được khi cần,"
    " không để thất lạc.</p><p>II. TỔ CHỨC THỰC HIỆN</p><p>1. Sở Nội vụ theo dõi việc thực hiện Kế"
    " hoạch này và báo cáo hằng quý.</p>"
)
HEAD = """<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH BẾN TRE</td>
<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>
Độc lập - Tự do - Hạnh phúc</td></tr><tr><td>Số: 77/KH-UBND</td>
<td><i>Bến Tre, ngày 05 tháng 01 năm 2023</i></td></tr></table>"""
TITLE = "<p><b>KẾ HOẠCH</b></p><p>Lưu trữ hồ sơ năm 2023</p>"
FOOT = """<table><tr><td>Nơi nhận:<br>- Như trên;<br>- Lưu: VT.</td>
<td>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH<br><br>Tên Người Mẫu</td></tr></table>"""
PLAN = f"{HEAD}{TITLE}{PROSE}{FOOT}<p>PHỤ LỤC</p><p>(Kèm theo Kế hoạch số 77/KH-UBND)</p>{TABLE}"
LINKS = "".join(f'<li><a href="/{i}">{one}</a></li>' for i, one in enumerate((*MENU, *NEWS)))
TEASERS = "".join(
    f'<div><a href="/{i}">{one}</a><p>{i + 1}. Sáng nay, lãnh đạo tỉnh đã dự buổi gặp mặt và'
    " chúc mừng các đơn vị hoàn thành nhiệm vụ được giao trong năm vừa qua.</p></div>"
    for i, one in enumerate(NEWS)
)


def read(text: str | bytes, folder: Path, name: str = "trang.html") -> Plan:
    """The records of a page."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return extract_file(path)


def whole(body: str, head: str = '<meta charset="utf-8">') -> str:
    """A page around a body."""
    return f"<!DOCTYPE html><html><head>{head}<title>x</title></head><body>{body}</body></html>"


def tasks(plan: Plan) -> list[tuple[str, list[str], list[str], str | None]]:
    """What a reader of the page sees of its tasks."""
    return [(one.task, one.lead, one.coordinating, one.schedule) for one in plan.tasks]


EXPECTED = [
    ("Lập danh mục hồ sơ", ["Sở Nội vụ"], ["Sở Tài chính"], "Quý I/2023"),
    ("Mở lớp tập huấn", ["Sở Tư pháp"], [], "Quý II/2023"),
]


def assert_is_the_plan(plan: Plan) -> None:
    """The plan above, and nothing of the page around it."""
    assert len(plan.documents) == 1
    document = plan.documents[0]
    assert (document.symbol, document.title, document.issuer) == (
        "77/KH-UBND",
        "Lưu trữ hồ sơ năm 2023",
        "UBND tỉnh Bến Tre",
    )
    assert document.signer == "Tên Người Mẫu"
    assert [(one.path, one.title) for one in plan.sections] == [
        ("I", "MỤC ĐÍCH"),
        ("II", "TỔ CHỨC THỰC HIỆN"),
        ("II/1", None),
        ("Phụ lục", None),
    ]
    assert tasks(plan) == EXPECTED
    assert plan.citations == []


# Forms of real pages: the samples and seeds, cell for cell


WRITERS = [as_html.page, as_html.portal, as_html.nested, as_html.word]
by_writer = pytest.mark.parametrize("write", WRITERS, ids=lambda writer: writer.__name__)


def assert_same_tables(path: Path, write: Callable[[Blocks], str], folder: Path) -> None:
    """The tables of the text form, and a word of what was left out where there was something."""
    plan = read(write(authored_blocks(path)), folder)
    assert form_differences(text_tables(path), form_tables(plan, without_codes=TOLD)) == []
    told = [row for row in plan.findings if row.code == "page.left_out"]
    assert bool(told) == (write in (as_html.portal, as_html.nested))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:14])
@by_writer
def test_a_plan_as_a_web_page(write: Callable[[Blocks], str], path: Path, tmp_path: Path) -> None:
    assert_same_tables(path, write, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:14])
@by_writer
def test_a_seed_as_a_web_page(write: Callable[[Blocks], str], path: Path, tmp_path: Path) -> None:
    assert_same_tables(path, write, tmp_path)


def test_what_is_left_out_can_be_found_again(tmp_path: Path) -> None:
    plan = read(whole(f"<ul>{LINKS}</ul><div>{PLAN}</div><p>Lượt xem: 1.204</p>"), tmp_path)
    assert_is_the_plan(plan)
    text = source_text(tmp_path / "trang.html")
    told = [row for row in plan.findings if row.code == "page.left_out"]
    stretches = [text[row.at.char_start : row.at.char_end] for row in told if row.at]
    assert len(stretches) == 2
    assert all(one in stretches[0] for one in (*MENU, *NEWS))
    assert "Lượt xem: 1.204" in stretches[1]
    assert "ỦY BAN" not in stretches[0]
    assert "Phối hợp" not in stretches[1]


PAGES = {
    "menu and list right beside the plan": f"<ul>{LINKS}</ul>{PLAN}<ul>{LINKS}</ul>",
    "news with their first sentences, counted": (
        f"<div class=a>{TEASERS}</div><div class=b>{PLAN}</div><div class=c>{TEASERS}</div>"
    ),
    "letterhead and text in boxes of their own": (
        f"<div>{LINKS}</div><div><div>{HEAD}</div><div>{TITLE}{PROSE}</div><div>{FOOT}</div>"
        f"<div><p>PHỤ LỤC</p><p>(Kèm theo Kế hoạch số 77/KH-UBND)</p>{TABLE}</div></div>"
    ),
    "a box of notices in capitals": (
        f"<div><h3>QUYẾT ĐỊNH</h3><ul>{LINKS}</ul><h3>KẾ HOẠCH</h3><ul>{LINKS}</ul></div>"
        f"<div>{PLAN}</div>"
    ),
    "headline above the letterhead": (
        f"<div><h1>KẾ HOẠCH LƯU TRỮ HỒ SƠ NĂM 2023</h1><p>Ngày đăng: 09/01/2023</p>{PLAN}</div>"
    ),
    "comments of readers below": (
        f"<div>{PLAN}</div><div><h4>Bình luận</h4><p>Tôi thấy bản kế hoạch này viết rõ ràng, mong"
        " các xã cũng làm như vậy trong thời gian tới.</p></div>"
    ),
    "all in one cell of a layout table": (
        f"<table><tr><td><ul>{LINKS}</ul></td><td>{PLAN}</td></tr></table>"
    ),
    "never closed": f"<div><div><ul>{LINKS}<div>{PLAN}",
    "capitals": f"<UL>{LINKS}</UL><DIV>{PLAN}</DIV>".replace("<p>", "<P>").replace("<td>", "<TD>"),
    "scripts and comments": (
        "<script>if (a < b) write('<table><tr><td>TT</td><td>Nhiệm vụ</td></tr>');</script>"
        f"<!-- <p>KẾ HOẠCH</p> --><noscript>Bật JavaScript</noscript>{PLAN}"
    ),
    "what the portal says of the document": (
        "<table><tr><td>Số ký hiệu</td><td>12/KH-SNV</td></tr><tr><td>Trích yếu</td><td>Về"
        f" việc khác</td></tr></table>{PLAN}"
    ),
    "in a tab that was not open": f"<div><p>Tóm tắt</p></div><div hidden>{PLAN}</div>",
    "hidden words": f"<div style='display:none'><p>{NEWS[2]}</p></div>{PLAN}",
}


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_a_page_around_a_plan(body: str, tmp_path: Path) -> None:
    assert_is_the_plan(read(whole(body), tmp_path))


def test_links_in_the_text_are_text(tmp_path: Path) -> None:
    """Portals of law link every body and document that a plan names."""
    linked = PLAN.replace("Sở Nội vụ", '<a href="/snv">Sở Nội vụ</a>').replace(
        "Sở Tư pháp", '<a class="x" href="/stp">Sở <b>Tư pháp</b></a>'
    )
    assert_is_the_plan(read(whole(f"<ul>{LINKS}</ul>{linked}"), tmp_path))


def test_a_headline_is_the_title_of_a_plan_without_a_frame(tmp_path: Path) -> None:
    body = (
        f"<header><ul>{LINKS}</ul></header><main><h1>Kế hoạch lưu trữ hồ sơ năm 2023</h1>"
        f"<p>Ngày đăng: 09/01/2023</p>{PROSE}{TABLE}</main><footer><p>Bản quyền © 2023</p></footer>"
    )
    plan = read(whole(body), tmp_path)
    assert [one.title for one in plan.documents] == ["lưu trữ hồ sơ năm 2023"]
    assert tasks(plan) == EXPECTED
    assert [one.path for one in plan.sections] == ["I", "II", "II/1"]


ROWS = [
    ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"],
    ["1", "Lập danh mục hồ sơ", "Sở Nội vụ", "Sở Tài chính", "Quý I/2023"],
    ["2", "Mở lớp tập huấn", "Sở Tư pháp", "", "Quý II/2023"],
]


def boxed(row: list[str], cell: str, around: str) -> str:
    """One row of elements."""
    return around.format("\n".join(cell.format(words) for words in row))


GRIDS = {
    "displayed as a table": "<div style='display:table'>"
    + "".join(
        boxed(
            row,
            "<div style='display:table-cell'><p>{}</p></div>",
            "<div style='display:table-row'>{}</div>",
        )
        for row in ROWS
    )
    + "</div>",
    "head and body apart": "<section><div class=thead>"
    + boxed(ROWS[0], "<span>{}</span>", "<div class=tr>{}</div>")
    + "</div><div class=tbody>"
    + "".join(boxed(row, "<span>{}</span>", "<div class=tr>{}</div>") for row in ROWS[1:])
    + "</div></section>",
    "rows and columns by class": "<div class='container'>"
    + "".join(
        boxed(row, "<div class='col-md-2'>{}</div>", "<div class='row'>{}</div>") for row in ROWS
    )
    + "</div>",
    "cells of a grid": "<div style='display:grid;grid-template-columns:repeat(5,1fr)'>"
    + "".join(boxed(row, "<div>{}</div>", "{}") for row in ROWS)
    + "</div>",
}


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_a_table_made_of_plain_elements(grid: str, tmp_path: Path) -> None:
    assert_is_the_plan(read(whole(PLAN.replace(TABLE, grid)), tmp_path))


def test_boxes_beside_each_other_are_no_table() -> None:
    """Cards, labelled lines and teasers in rows of three stay lines."""
    cards = "".join(
        boxed([f"Ảnh {n}", f"Tin {n}", f"Bài {n}"], "<div>{}</div>", "<div class=row>{}</div>")
        for n in range(4)
    )
    lines = (
        "<div><p>Thời gian: Quý I</p><p>Chủ trì: Sở Nội vụ</p><p>Phối hợp: Sở Y tế</p>"
        "<p>Thời gian: Quý II</p><p>Chủ trì: Sở Y tế</p><p>Phối hợp: Sở Nội vụ</p></div>"
    )
    tree = read_tree(cards + lines)
    items = read_items(cards + lines, tree, lambda start, end: [])
    assert [item.text for item in items if isinstance(item.block, TableBlock)] == []
    assert len(items) == 18


def test_several_plans_on_a_page(tmp_path: Path) -> None:
    second = (
        PLAN.replace("77/KH-UBND", "78/KH-UBND")
        .replace("Lưu trữ hồ sơ", "Cải tạo kho lưu trữ")
        .replace("Lập danh mục hồ sơ", "Sửa mái kho")
    )
    plan = read(whole(f"<ul>{LINKS}</ul><div>{PLAN}</div><hr><div>{second}</div>"), tmp_path)
    assert [one.symbol for one in plan.documents] == ["77/KH-UBND", "78/KH-UBND"]
    assert [one.task_count for one in plan.documents] == [2, 2]
    assert [one.task for one in plan.tasks][2] == "Sửa mái kho"


def test_preformatted_text(tmp_path: Path) -> None:
    table = (
        "TT   Nhiệm vụ                 Chủ trì         Phối hợp        Thời gian\n"
        "1    Lập danh mục hồ sơ       Sở Nội vụ       Sở Tài chính    Quý I/2023\n"
        "2    Mở lớp tập huấn          Sở Tư pháp      Công an tỉnh    Quý II/2023\n"
    )
    text = f"KẾ HOẠCH\nLưu trữ hồ sơ năm 2023\n\nI. MỤC ĐÍCH\n\nTìm lại được khi cần.\n\n{table}"
    plan = read(whole(f"<ul>{LINKS}</ul><pre>{text}</pre>"), tmp_path)
    assert plan.documents[0].title == "Lưu trữ hồ sơ năm 2023"
    assert [one.path for one in plan.sections] == ["I"]
    assert tasks(plan) == [
        EXPECTED[0],
        ("Mở lớp tập huấn", ["Sở Tư pháp"], ["Công an tỉnh"], "Quý II/2023"),
    ]


def test_numbers_that_lists_give(tmp_path: Path) -> None:
    body = (
        "<p>KẾ HOẠCH</p><p>Lưu trữ hồ sơ năm 2023</p><ol type=I><li>MỤC ĐÍCH<ol><li>Tìm lại được hồ"
        " sơ khi cần, không để thất lạc.<li>Dọn kho.</ol></li><li>TỔ CHỨC THỰC HIỆN"
        "<ol start=3><li>Sở Nội vụ theo dõi.</li></ol><ul><li>Mỗi quý một lần.</li></ul></li></ol>"
    )
    plan = read(whole(body), tmp_path)
    assert [(one.path, one.title) for one in plan.sections] == [
        ("I", "MỤC ĐÍCH"),
        ("I/1", None),
        ("I/2", None),
        ("II", "TỔ CHỨC THỰC HIỆN"),
        ("II/3", "Sở Nội vụ theo dõi"),  # a bullet stands below it
    ]
    assert plan.sections[1].text == "Tìm lại được hồ sơ khi cần, không để thất lạc."


def test_lists_inside_cells_give_their_numbers(tmp_path: Path) -> None:
    """As word processors save rows that number themselves: a list of its own in every cell."""
    body = PLAN
    for number in (1, 2):
        item = f"<td>\n<ol start={number}><li><p align=center>\n</p></ol>\n</td>"
        body = body.replace(f"<td>{number}</td>", item)
    body = body.replace(
        "<td>Lập danh mục hồ sơ</td>",
        "<td>Lập danh mục:<ol type=a><li>hồ sơ<li>ảnh</ol></td>",
    )
    body = body.replace("<td>Quý I/2023</td>", "<td><ol><li>1. Quý I/2023</li></ol></td>")
    plan = read(whole(body + "<div title='footer'><p>3</p></div>"), tmp_path)
    assert [(task.task_no, task.task, task.schedule) for task in plan.tasks] == [
        ("1", "Lập danh mục: a) hồ sơ b) ảnh", "1. Quý I/2023"),
        ("2", "Mở lớp tập huấn", "Quý II/2023"),
    ]
    assert plan.tasks[0].deliverables == []
    assert [row.text for row in plan.sections if row.label == "Phụ lục"] == [None]


def test_merged_cells_and_a_table_in_a_cell(tmp_path: Path) -> None:
    table = """<table>
<tr><td rowspan=2>TT<td rowspan=2>Nhiệm vụ<td colspan=2>Trách nhiệm<td rowspan=2>Thời gian
<tr><td>Chủ trì<td>Phối hợp
<tr><td>1<td>Lập danh mục hồ sơ<td rowspan=2>Sở Nội vụ<td>Sở Tài chính<td>Quý I/2023
<tr><td>2<td><table><tr><td>Mở lớp<tr><td>tập huấn</table><td>Sở Y tế<td>Quý II/2023
</table>"""
    plan = read(whole(f"<p>KẾ HOẠCH</p><p>Lưu trữ hồ sơ năm 2023</p>{table}"), tmp_path)
    assert [(" ".join(one.task.split()), one.lead, one.coordinating) for one in plan.tasks] == [
        ("Lập danh mục hồ sơ", ["Sở Nội vụ"], ["Sở Tài chính"]),
        ("Mở lớp tập huấn", ["Sở Nội vụ"], ["Sở Y tế"]),
    ]


def test_entities_with_combining_marks(tmp_path: Path) -> None:
    body = PLAN.replace("ế", "&ecirc;\u0301").replace("ồ", "o&#770;&#768;").replace("ư", "&#x1B0;")
    plan = read(whole(body), tmp_path)
    assert_is_the_plan(plan)


# Charsets, fonts, archives


def charset(name: str) -> str:
    """The head that names a charset."""
    return f'<meta http-equiv="Content-Type" content="text/html; charset={name}">'


def entities(text: str) -> str:
    """Every letter beyond ASCII as a numeric entity."""
    return text.encode("ascii", "xmlcharrefreplace").decode()


CHARSETS = {
    "UTF-8, no word of it": whole(PLAN, "").encode(),
    "UTF-8 under another name": whole(PLAN, charset("iso-8859-1")).encode(),
    "a mark": b"\xef\xbb\xbf" + whole(PLAN, "").encode(),
    "UTF-16": "\ufeff".encode("utf-16-le") + whole(PLAN, charset("utf-16")).encode("utf-16-le"),
    "numeric entities": whole(entities(PLAN), charset("windows-1252")).encode(),
    "entities, and a few bytes": whole(
        entities(PLAN).replace("&#224;", "à"), charset("iso-8859-1")
    ).encode("latin-1"),
}


@pytest.mark.parametrize("data", CHARSETS.values(), ids=CHARSETS)
def test_charsets(data: bytes, tmp_path: Path) -> None:
    assert_is_the_plan(read(data, tmp_path))


def named(text: str) -> str:
    """Every letter beyond ASCII as an entity, by its name where it has one."""
    return "".join(
        char if char.isascii() else f"&{codepoint2name.get(ord(char), f'#{ord(char)}')};"
        for char in text
    )


OLD = {
    "TCVN3, bytes": (windows(whole(to_tcvn3(PLAN), "")), "TCVN3"),
    "TCVN3, entities": (whole(named(to_tcvn3(PLAN)), "").encode(), "TCVN3"),
    "TCVN3, a font": (
        whole(f'<font face=".VnTime" size=3>{named(to_tcvn3(PLAN))}</font>').encode(),
        "TCVN3",
    ),
    "TCVN3, a font's bytes": (
        windows(whole(f"<div style='font-family:\".VnTime\",serif'>{to_tcvn3(PLAN)}</div>", "")),
        "TCVN3",
    ),
    "TCVN3, a style sheet": (
        whole(
            to_tcvn3(PLAN).replace("<p>", '<p class="v">').replace("<td>", "<td class=v>"),
            '<meta charset=utf-8><style>p.v, .v {color: red; font-family: ".VnTime"}</style>',
        ).encode(),
        "TCVN3",
    ),
    "VNI, a font": (
        whole(f"<span style='font-family:VNI-Times'>{to_vni(PLAN)}</span>").encode(),
        "VNI",
    ),
    "VNI, entities": (whole(named(to_vni(PLAN)), "").encode(), "VNI"),
    "Windows-1258": (to_cp1258(whole(PLAN, charset("windows-1258"))), "Windows-1258"),
    "UTF-8 as Latin-1": (
        whole(PLAN, "").encode().decode("latin-1").encode(),
        "UTF-8 đọc như Latin-1",
    ),
}


@pytest.mark.parametrize(("data", "encoding"), OLD.values(), ids=OLD)
def test_pages_in_old_encodings(data: bytes, encoding: str, tmp_path: Path) -> None:
    plan = read(data, tmp_path)
    assert [one.value for one in plan.findings if one.code == "text.encoding_converted"] == [
        encoding
    ]
    assert_is_the_plan(plan)


def test_only_a_part_in_an_old_font(tmp_path: Path) -> None:
    """Cells pasted from an old file into a page in Unicode; capitals come from a font of theirs."""
    body = (
        PLAN.replace(
            "Mở lớp tập huấn", f'<font face=".VnArial">{to_tcvn3("Mở lớp tập huấn")}</font>'
        )
        .replace("Sở Tư pháp", f"<span style='font-family:VNI-Times'>{to_vni('Sở Tư pháp')}</span>")
        .replace("MỤC ĐÍCH", f'<font face=".VnTimeH">{to_tcvn3("mục đích")}</font>')
    )
    plan = read(whole(body), tmp_path)
    assert_is_the_plan(plan)
    told = [one.value for one in plan.findings if one.code == "text.encoding_converted"]
    assert told == ["TCVN3, VNI"]


def archive(page: str, encoding: str, frames: tuple[str, ...] = ()) -> bytes:
    """A page as browsers and Word save it in one file."""
    mail = EmailMessage()
    mail["From"] = "<Saved by a browser>"
    mail["Subject"] = "Kế hoạch"
    mail.set_content(page, subtype="html", charset="utf-8", cte=encoding)
    mail.make_related()
    for frame in frames:
        mail.add_related(frame, subtype="html", charset="utf-8", cte=encoding)
    mail.add_related("td {border: 1px}", subtype="css")
    mail.add_related(b"\x89PNG\r\n", "image", "png")
    return mail.as_bytes()


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_web_archives(encoding: str, tmp_path: Path) -> None:
    data = archive(whole(f"<ul>{LINKS}</ul>{PLAN}"), encoding)
    plan = read(data, tmp_path, "trang.mht")
    assert_is_the_plan(plan)
    assert plan.documents[0].format == "html"
    at = plan.assignments[0].at
    assert source_text(tmp_path / "trang.mht")[at.char_start : at.char_end] == "Sở Nội vụ"


def test_a_plan_in_a_frame_of_an_archive(tmp_path: Path) -> None:
    around = whole(f"<ul>{LINKS}</ul><iframe src=cid:1></iframe>")
    assert_is_the_plan(read(archive(around, "base64", (whole(PLAN),)), tmp_path))
