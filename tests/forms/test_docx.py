"""Word files: whole plans, and each thing that Word stores otherwise than it shows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from as_docx import write_docx
from form_inputs import OF_PAGES, by_plan, text_tables
from plain_plan import authored_blocks, form_differences, form_tables

from extract.readers import InputError, read
from extract.readers.docx import read_docx
from extract.readers.unreadable import UnreadableError
from extract.source import Source
from pipeline import extract_file

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.numbering+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)


def package(
    body: str, numbering: str = "", styles: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    """A Word file with this body, and lists and styles where given."""
    links = f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    inner = (
        f'<Relationship Id="n" Type="{_RELATION}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="s" Type="{_RELATION}/styles" Target="styles.xml"/>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", _RELS.format(links))
        file.writestr("word/_rels/document.xml.rels", _RELS.format(inner))
        file.writestr(
            "word/document.xml", f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
        )
        file.writestr("word/numbering.xml", f"<w:numbering {_SPACES}>{numbering}</w:numbering>")
        file.writestr("word/styles.xml", f"<w:styles {_SPACES}>{styles}</w:styles>")
        for name, data in (extra or {}).items():
            file.writestr(name, data)
    return stream.getvalue()


def source(body: str, numbering: str = "", styles: str = "") -> Source:
    return read_docx(package(body, numbering, styles), "plan.docx", "")


def lines(body: str, numbering: str = "", styles: str = "") -> list[str]:
    """The lines with words in them."""
    return [line for line in source(body, numbering, styles).text.split("\n") if line.strip()]


def p(words: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"


@by_plan
def test_a_plan_as_word_file_gives_the_text_forms_tables(path: Path, tmp_path: Path) -> None:
    written = write_docx(authored_blocks(path), tmp_path / "plan.docx")
    found = form_tables(extract_file(written), without_codes=OF_PAGES)
    assert form_differences(text_tables(path), found) == []


@by_plan
def test_spans_lead_to_words_of_the_text(path: Path, tmp_path: Path) -> None:
    written = write_docx(authored_blocks(path), tmp_path / "plan.docx")
    text = read(written).text
    plan = extract_file(written)
    assert {row.format for row in plan.documents} == {"docx"}
    places = [(row.at, row.raw) for row in plan.assignments]
    places += [(row.at, row.raw) for row in plan.periods]
    for at, raw in places:
        assert " ".join(text[at.char_start : at.char_end].split()) == " ".join(raw.split())


_LISTS = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%2.%3"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%4)"/></w:lvl>'
    '<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def listed(depth: int, number: int = 1) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'


def test_numbers_that_word_counts_are_written_out() -> None:
    depths = [0, 1, 1, 2, 2, 3, 4, 1, 0, 1]
    body = "".join(p(f"việc {i}", listed(depth)) for i, depth in enumerate(depths))
    assert lines(body, _LISTS) == [
        "I. việc 0",
        "1. việc 1",
        "2. việc 2",
        "2.1 việc 3",
        "2.2 việc 4",
        "a) việc 5",
        "- việc 6",
        "3. việc 7",
        "II. việc 8",
        "1. việc 9",
    ]


def test_a_list_may_begin_at_another_number() -> None:
    body = p("một", listed(1)) + p("năm", listed(1, 2)) + p("sáu", listed(1, 2))
    assert lines(body, _LISTS) == ["1. một", "5. năm", "6. sáu"]


def test_a_column_of_numbers_holds_empty_paragraphs() -> None:
    """Word shows the number of an empty paragraph; a bullet without words tells nothing."""
    numbered = f"<w:tc><w:tcPr/><w:p>{listed(1)}</w:p></w:tc>"
    bullet = f"<w:tc><w:tcPr/><w:p>{listed(4)}</w:p></w:tc>"
    rows = (
        "<w:tr>" + cell("TT") + cell("Nhiệm vụ") + cell("Ghi chú") + "</w:tr>"
        f"<w:tr>{numbered}" + cell("Rà soát") + f"{bullet}</w:tr>"
        f"<w:tr>{numbered}" + cell("Tập huấn") + f"{bullet}</w:tr>"
    )
    found = source(f"<w:tbl>{rows}</w:tbl>", _LISTS)
    (grid,) = found.grids
    assert [[found.text[slice(*one.ranges[0])] for one in row.cells] for row in grid.rows] == [
        ["TT", "Nhiệm vụ", "Ghi chú"],
        ["1.", "Rà soát", ""],
        ["2.", "Tập huấn", ""],
    ]


def test_a_style_carries_a_number() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="MucCon">'
        '<w:basedOn w:val="Muc"/></w:style>'
    )
    body = p("mục", '<w:pPr><w:pStyle w:val="MucCon"/></w:pPr>')
    assert lines(body, _LISTS, styles) == ["I. mục"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<w:p><w:r><w:t>Sở </w:t></w:r><w:ins><w:r><w:t>Nội vụ</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>Tài chính</w:delText></w:r></w:del></w:p>",
            ["Sở Nội vụ"],
            id="tracked changes are accepted",
        ),
        pytest.param(
            "<w:p><w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom>"
            "<w:r><w:t>ở lại</w:t></w:r></w:p>"
            "<w:p><w:moveTo><w:r><w:t>đến</w:t></w:r></w:moveTo></w:p>",
            ["ở lại", "đến"],
            id="moved words stand once",
        ),
        pytest.param(
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Ủy ban </w:t></w:r></w:p>"
            + p("nhân dân"),
            ["Ủy ban nhân dân"],
            id="a deleted paragraph end joins",
        ),
        pytest.param(
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText>"
            "<w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r></w:p>",
            ["7"],
            id="a field shows its result",
        ),
        pytest.param(
            "<w:p><w:hyperlink><w:r><w:t>Nghị quyết</w:t></w:r></w:hyperlink>"
            "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t> 76</w:t></w:r></w:p>",
            ["Nghị quyết 76"],
            id="links stay, note marks go",
        ),
        pytest.param(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
            "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>hiện</w:t></w:r></w:p>",
            ["hiện"],
            id="hidden text goes",
        ),
        pytest.param(
            "<w:p><w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Cải cách</w:t></w:r></w:p>",
            ["KẾ HOẠCH", "Cải cách"],
            id="a line break is a line",
        ),
        pytest.param(
            "<w:p><w:r><w:t>10</w:t><w:noBreakHyphen/><w:t>CT</w:t><w:softHyphen/>"
            "<w:t>/TU</w:t></w:r></w:p>",
            ["10-CT/TU"],
            id="hyphens",
        ),
        pytest.param(
            "<w:sdt><w:sdtContent>" + p("trong khung") + "</w:sdtContent></w:sdt>",
            ["trong khung"],
            id="content controls are read through",
        ),
        pytest.param(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>"
            + p("trong hộp")
            + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>"
            + p("trong hộp")
            + "</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
            "<w:r><w:t>ngoài hộp</w:t></w:r></w:p>",
            ["trong hộp", "ngoài hộp"],
            id="a text box stands once",
        ),
        pytest.param(
            "<w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>KÕ ho¹ch</w:t></w:r>"
            "<w:r><w:rPr><w:rFonts w:ascii='VNI-Times'/></w:rPr><w:t> naêm nay</w:t></w:r>"
            "<w:r><w:rPr><w:rFonts w:ascii='.VnTimeH'/></w:rPr><w:t> Hµ Néi</w:t></w:r></w:p>",
            ["Kế hoạch năm nay HÀ NỘI"],
            id="old fonts",
        ),
    ],
)
def test_words_as_a_reader_sees_them(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_an_old_font_of_a_style_is_told() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
    )
    found = source(p("Së Néi vô") + p("Sở Nội vụ"), "", styles)
    assert found.text.split() == ["Sở", "Nội", "vụ", "Sở", "Nội", "vụ"]
    assert [(note.code, note.value) for note in found.notes] == [
        ("text.encoding_converted", "TCVN3")
    ]


def test_merged_cells_are_covered_places() -> None:
    rows = (
        "<w:tr>"
        + cell("Lĩnh vực", '<w:vMerge w:val="restart"/>')
        + cell("A")
        + cell("B")
        + "</w:tr>"
        "<w:tr>" + cell("", "<w:vMerge/>") + cell("cả hai", '<w:gridSpan w:val="2"/>') + "</w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("C") + cell("D") + "</w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr>" + cell("xóa") * 3 + "</w:tr>"
    )
    found = source(f"<w:tbl>{rows}</w:tbl>")
    (grid,) = found.grids
    shown = [
        [(found.text[slice(*one.ranges[0])], one.covered) for one in row.cells] for row in grid.rows
    ]
    assert shown == [
        [("Lĩnh vực", ""), ("A", ""), ("B", "")],
        [("Lĩnh vực", "down"), ("cả hai", ""), ("cả hai", "right")],
        [("", ""), ("C", ""), ("D", "")],
    ]


def test_a_table_that_only_lays_out_is_read_through() -> None:
    inner = "<w:tr>" + cell("TT") + cell("Nhiệm vụ") + cell("Chủ trì") + "</w:tr>"
    outer = (
        f"<w:tbl><w:tr><w:tc>{p('PHỤ LỤC')}<w:tbl>{inner * 3}</w:tbl>{p('')}</w:tc></w:tr></w:tbl>"
    )
    found = source(outer)
    assert found.text.split("\n")[0] == "PHỤ LỤC"
    assert [len(row.cells) for grid in found.grids for row in grid.rows] == [3, 3, 3]


def test_a_table_inside_a_cell_is_words_of_the_cell() -> None:
    inner = "<w:tbl><w:tr>" + cell("đợt 1") + cell("đợt 2") + "</w:tr></w:tbl>"
    row = (
        "<w:tr>" + cell("1") + f"<w:tc>{p('Tập huấn')}{inner}{p('')}</w:tc>" + cell("x") + "</w:tr>"
    )
    (grid,) = source(f"<w:tbl>{row * 2}</w:tbl>").grids
    text = source(f"<w:tbl>{row * 2}</w:tbl>").text
    assert [text[slice(*part)] for part in grid.rows[0].cells[1].ranges] == [
        "Tập huấn",
        "đợt 1",
        "đợt 2",
    ]


# --- bad input ------------------------------------------------------------------------------------


def test_a_bomb_is_not_opened() -> None:
    with pytest.raises(UnreadableError, match="nén bất thường"):
        read_docx(package(p("x"), extra={"bomb": b" " * 60_000_000}), "plan.docx", "")


def test_entities_are_refused() -> None:
    secret = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    data = package(p("x"), extra={"word/settings.xml": secret})
    with pytest.raises(UnreadableError, match="thực thể bên ngoài"):
        read_docx(data, "plan.docx", "")


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_file_that_was_cut_off(tmp_path: Path, keep: float) -> None:
    data = package(p("Sở Nội vụ " * 500))
    path = tmp_path / "plan.docx"
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(InputError, match=r"hỏng|cắt cụt|nhị phân"):
        read(path)


def test_a_file_without_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(package(p("")))
    with pytest.raises(InputError, match="không có chữ"):
        read(path)


def test_tables_inside_each_other() -> None:
    body = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    nested = p("đáy")
    for _ in range(60):
        nested = body.format(nested)
    assert lines(nested) == ["đáy"]


def test_thousands_of_tables_inside_each_other_are_refused() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 5_000 + p("đáy") + "</w:tc></w:tr></w:tbl>" * 5_000
    with pytest.raises(UnreadableError, match="hỏng"):
        source(body)


# --- tables that Word holds in pieces -------------------------------------------------------------


def row_of(*words: str) -> str:
    return "<w:tr>" + "".join(map(cell, words)) + "</w:tr>"


BREAKS = [
    "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>",
    '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
]


@pytest.mark.parametrize("between", BREAKS)
def test_a_table_that_a_break_parts_goes_on(between: str, tmp_path: Path) -> None:
    """A section's or a page's end: no head stands over the second piece, the numbers go on."""
    head = row_of("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian")
    first = row_of("1", "Rà soát danh mục", "Sở Y tế", "Quý I/2024")
    second = row_of("2", "Tập huấn cán bộ", "Sở Nội vụ", "Quý II/2024")
    body = f"{p('KẾ HOẠCH')}<w:tbl>{head}{first}</w:tbl>{between}<w:tbl>{second}</w:tbl>"
    (tmp_path / "a.docx").write_bytes(package(body))
    tasks = extract_file(tmp_path / "a.docx").tasks
    assert [(task.task, task.lead_ids, task.schedule) for task in tasks] == [
        ("Rà soát danh mục", ["so-y-te"], "Quý I/2024"),
        ("Tập huấn cán bộ", ["so-noi-vu"], "Quý II/2024"),
    ]


@pytest.mark.parametrize(
    "wrap",
    [
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r></w:p>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    ],
)
def test_a_table_in_a_text_box_or_content_control(wrap: str) -> None:
    table = "<w:tbl>" + row_of("1", "Rà soát", "Sở Y tế") + row_of("2", "Báo cáo", "Sở Y tế")
    (grid,) = source(p("PHỤ LỤC") + wrap.format(table + "</w:tbl>")).grids
    assert [len(row.cells) for row in grid.rows] == [3, 3]
