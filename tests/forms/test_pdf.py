"""PDF files that a word processor printed: rows over page ends, two columns, running heads."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from as_docx import write_docx
from form_inputs import OF_PAGES, PLANS, by_plan_slowly, text_tables
from office import convert, needs_office
from plain_plan import authored_blocks, form_differences, form_tables
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extract.printed import MAY_END
from extract.readers import InputError, read
from extract.readers.flow import goes_on, joined
from extract.readers.pdf_words import PageWord, WordLine
from extract.readers.prose import page_items
from pipeline import extract_file

Print = Callable[[Path], Path]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Print:
    """A plan as LibreOffice prints it; each is printed once, and only where a test wants it."""
    folder = tmp_path_factory.mktemp("pdf")

    @cache
    def made(path: Path) -> Path:
        word = write_docx(authored_blocks(path), folder / f"{path.stem}.docx")
        return convert(word, "pdf", folder)

    return made


@needs_office
@by_plan_slowly
def test_a_printed_plan_gives_the_text_forms_tables(path: Path, printed: Print) -> None:
    plan = extract_file(printed(path))
    found = form_tables(plan, without_codes=OF_PAGES)
    assert form_differences(text_tables(path), found) == []
    assert {row.format for row in plan.documents} == {"pdf"}
    for task in plan.tasks:
        assert task.at.page is not None
        assert task.at.bbox is not None


@needs_office
def test_spans_boxes_and_pages_lead_to_the_words(printed: Print) -> None:
    path = printed(PLANS[0])
    text = read(path).text
    document = pdfium.PdfDocument(path)
    for body in extract_file(path).assignments[:20]:
        words = text[body.at.char_start : body.at.char_end].split()
        assert (words[0], words[-1]) == (body.raw.split()[0], body.raw.split()[-1])
        assert body.at.page is not None
        assert body.at.bbox is not None
        page = document[body.at.page - 1]
        x0, top, x1, bottom = body.at.bbox
        height = page.get_height()
        box = (x0 - 1, height - bottom - 1, x1 + 1, height - top + 1)
        shown = page.get_textpage().get_text_bounded(*box)
        assert words[0][0] in shown
    document.close()


def line(text: str, x0: float, top: float = 0.0) -> WordLine:
    """A line of words whose letters are 5 points wide, blanks too."""
    words = []
    for word in text.split():
        words.append(PageWord(word, x0, top, x0 + 5 * len(word), top + 12))
        x0 += 5 * (len(word) + 1)
    return WordLine(tuple(words))


@pytest.mark.parametrize(
    ("before", "behind", "width", "expected"),
    [
        ("Sở Thông tin và", "Truyền thông", 100, True),  # the word did not fit
        ("Sở Nội vụ", "Sở Tài chính", 200, False),  # it would have: the author's own line
        ("Sở Nội vụ", "- Sở Tài chính", 50, False),
        ("rà soát văn bản", "2. Báo cáo", 90, False),
        ("Trước ngày 31/12/2021", ", báo cáo", 110, True),
        ("thi hành./.", "Nơi nhận", 60, False),
        ("Quý", "IV/2019", 70, True),  # the measure of a scan errs: no author ends a line there
        ("Hằng quý", "IV/2019", 120, False),
        ("Báo cáo kết quả của", "Sở Nội vụ", 125, True),
        ("Danh sách cán bộ", "Sơ yếu lý lịch", 105, False),
        ("trong Nhân dân.", "2- Bảo đảm", 80, False),  # the Party's way to number
        ("đồng thuận", "III- Tổ chức", 55, False),
        ("từ tháng", "1- Tháng 3", 50, True),
    ],
)
def test_whose_line_end_it_is(before: str, behind: str, width: float, expected: bool) -> None:
    assert goes_on(line(before, 0), line(behind, 0, 13), width) is expected


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (["Sở Nội", "vụ"], 40, "Sở Nội vụ"),
        (["43/2006/NĐ-", "CP"], 60, "43/2006/NĐ-CP"),
        (["15/11/202", "1"], 46, "15/11/2021"),
        (["Kinh tế -", "Xã hội"], 50, "Kinh tế - Xã hội"),
        (["Quý I/2021", ", Quý II"], 50, "Quý I/2021, Quý II"),
    ],
)
def test_the_words_of_a_paragraph(lines: list[str], width: float, text: str) -> None:
    made = [line(words, 0, 13.0 * index) for index, words in enumerate(lines)]
    assert joined(made, width).replace(MAY_END, " ") == text


def draw(path: Path, pages: Sequence[Sequence[tuple[float, float, str]]]) -> Path:
    """Pages with ASCII words at places (from the lower left corner)."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in pages:
        for x, y, words in page:
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return path


def test_heads_feet_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [(72, 810, "So Noi vu"), (72, 500, f"line of page {n} with words"), (290, 30, str(n))]
        for n in range(1, 6)
    ]
    text = read(draw(tmp_path / "a.pdf", pages)).text
    assert "So Noi vu" not in text
    assert [part for part in text.replace("\f", "").split("\n") if part.strip()] == [
        f"line of page {n} with words" for n in range(1, 6)
    ]


@pytest.mark.parametrize("number", ["7", "- 7 -", "1/12", "Trang 3", "Trang 3/12", "iv"])
@pytest.mark.parametrize("y", [815, 25])
def test_page_numbers_of_any_kind_are_left_out(number: str, y: int, tmp_path: Path) -> None:
    page = [(290, y, number), (72, 500, "words of the plan")]
    assert read(draw(tmp_path / "a.pdf", [page])).text.split() == ["words", "of", "the", "plan"]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    page = [
        (72, 700, "UBND TINH"),
        (350, 700, "CONG HOA"),
        (72, 685, "So: 12/KH"),
        (350, 685, "Doc lap"),
        (72, 600, "KE HOACH"),
    ]
    text = read(draw(tmp_path / "a.pdf", [page])).text
    assert [part for part in text.split("\n") if part] == [
        "UBND TINH",
        "So: 12/KH",
        "CONG HOA",
        "Doc lap",
        "KE HOACH",
    ]


def test_a_turned_page_reads_as_it_is_shown(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setPageRotation(90)
    canvas.rotate(90)
    canvas.drawString(100, -100, "first words of the page")
    canvas.drawString(100, -200, "second words of the page")
    canvas.showPage()
    canvas.save()
    source = read(tmp_path / "a.pdf")
    assert [part for part in source.text.split("\n") if part] == [
        "first words of the page",
        "second words of the page",
    ]
    assert source.place(0, 5).page == 1
    bbox = source.place(0, 5).bbox
    assert bbox is not None
    assert 95 < bbox[0] < 105
    assert 80 < bbox[1] < 105


def test_a_loss_of_characters_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = draw(tmp_path / "a.pdf", [[(72, 500, "words of a plan"), (72, 400, "more words")]])
    assert read(path).notes == ()
    name = "extract.readers.pdf.page_items"
    monkeypatch.setattr(name, lambda tables, words: page_items(tables, words[:3]))
    (note,) = read(path).notes
    # "plan", "more" and "words" are left out: 13 letters of page 1.
    assert (note.code, note.value, note.detail) == ("page.characters_lost", "1", "13")


# --- tables -----------------------------------------------------------------------------------

SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
COLUMNS = (60, 90, 240, 340)
ROWS = [
    ["TT", "Nhiem vu", "Chu tri", "Thoi gian"],
    ["1", "Ra soat danh muc", "So Tai chinh", "Quy I"],
    ["2", "Tap huan can bo", "So Noi vu", "Quy II"],
    ["3", "Kiem tra ho so", "", "Quy III"],
    ["4", "Bao cao ket qua", "So Y te", "Quy IV"],
]


def grids(path: Path) -> list[list[list[str]]]:
    """The words of every table of the file, a place that another cell covers in brackets."""
    source = read(path)
    return [
        [
            [
                f"({cell.covered})"
                if cell.covered
                else "|".join(source.text[slice(*part)] for part in cell.ranges)
                for cell in row.cells
            ]
            for row in grid.rows
        ]
        for grid in source.grids
    ]


def table_page(canvas: Canvas, rows: list[list[str]], top: float) -> None:
    """The rows' words in columns, 30 points from row to row; a second line in a cell 12 below."""
    for index, row in enumerate(rows):
        for x, words in zip(COLUMNS, row, strict=True):
            for line, part in enumerate(words.split("|")):
                canvas.drawString(x, top - 30 * index - 12 * line, part)


def test_columns_without_rules(tmp_path: Path) -> None:
    rows = [row[:] for row in ROWS]
    rows[2][1] = "Tap huan can bo|o cap xa"
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(60, 760, "Phu luc kem theo Ke hoach nay gom bon nhiem vu duoi day")
    table_page(canvas, rows, 700)
    canvas.drawString(60, 480, "Cac don vi bao cao truoc ngay cuoi cung cua quy bang van ban")
    canvas.save()
    rows[2][1] = "Tap huan can bo o cap xa"
    assert grids(tmp_path / "a.pdf") == [rows]
    text = read(tmp_path / "a.pdf").text
    assert text.startswith("Phu luc kem theo Ke hoach nay gom bon nhiem vu duoi day\n")
    assert text.rstrip().endswith("Cac don vi bao cao truoc ngay cuoi cung cua quy bang van ban")


def test_cells_in_the_middle_of_rows_without_rules(tmp_path: Path) -> None:
    """Lines of one cell stand between another's, a column holds few words, a page cuts a row."""
    columns = (60, 100, 190, 340, 440)
    pages = [
        [
            ["TT", "Nhom", "Nhiem vu", "Chu tri|thuc hien", "Thoi gian"],
            [
                "1",
                "Cong vu",
                "Tap huan can bo|lam viec o cap xa|va o cap tinh",
                "So Noi vu",
                "Quy I",
            ],
            ["", "", "Kiem tra ho so", "So Y te va|So Tu phap", "Quy II"],
            ["2", "Tai chinh", "Lap danh muc|gia dich vu", "So Tai chinh", "Quy III"],
            ["", "", "Bao cao ket qua|cua nam", "So Tu phap", "Quy IV"],
            ["", "", "Tong ket", "UBND cap xa|va cap tinh|trong nam", "Quy IV"],
        ],
        [
            ["", "", "kem theo so lieu", "", ""],
            ["3", "Chi dao", "Cong khai ket qua", "So Noi vu", "Quy I"],
            ["", "", "Giao ban|cuoi nam", "So Noi vu", "Quy II"],
            ["", "", "Luu ho so", "So Y te|tinh", "Quy IV"],
        ],
    ]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for page in pages:
        top = 780.0
        for row in page:
            height = max(len(words.split("|")) for words in row)
            for x, words in zip(columns, row, strict=True):
                parts = words.split("|")
                for line, part in enumerate(parts):
                    canvas.drawString(x, top - 13 * (line + (height - len(parts)) / 2), part)
            top -= 13 * height + 9
        canvas.showPage()
    canvas.save()
    found = [
        [words.replace("|", " ") for words in row]
        for grid in grids(tmp_path / "a.pdf")
        for row in grid
    ]
    wanted = [[words.replace("|", " ") for words in row] for page in pages for row in page]
    assert found == wanted


def test_rows_without_rules_or_blanks_between_them(tmp_path: Path) -> None:
    """Every line is as far from the next: numbers, titles and cells that begin anew tell rows.

    The numbers stand second and left of their head's middle; two rows have none; a heading
    follows right below the total.
    """
    rows = [
        ["Nhom", "TT", "Nhiem vu", "Don vi|chu tri", "Thoi gian"],
        ["Cong vu", "1", "Tap huan can bo|lam viec|o cap xa", "So Noi vu", "Quy I"],
        ["", "", "- Lop tai xa|vung cao", "", "Thang 2"],
        ["", "", "- Lop tai xa|vung bien", "", "Thang 3"],
        ["Tai chinh", "2", "Lap danh muc", "So Tai chinh|va So Cong|Thuong", "Quy III"],
        ["", "3", "Bao cao", "So Tu phap", "Quy IV"],
        ["", "", "Tổng cộng", "", "12,5"],
    ]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    pdfmetrics.registerFont(TTFont("Serif", SERIF))
    canvas.setFont("Serif", 11)
    top = 700.0
    for row in rows:
        for x, words in zip((60, 130, 170, 300, 410), row, strict=True):
            for line, part in enumerate(words.split("|")):
                canvas.drawString(x + 6 * (part == "TT"), top - 14 * line, part)
        top -= 14 * max(len(words.split("|")) for words in row)
    canvas.drawString(90, top, "III. TO CHUC THUC HIEN KE HOACH NAY TAI CAC DON VI")
    canvas.drawString(90, top - 14, "1. So Noi vu theo doi, don doc va bao cao theo quy dinh.")
    canvas.save()
    wanted = [[words.replace("|", " ") for words in row] for row in rows]
    found = grids(tmp_path / "a.pdf")
    assert [[words.replace("|", " ") for words in row] for row in found[0]] == wanted
    assert "\nIII. TO CHUC THUC HIEN" in read(tmp_path / "a.pdf").text


@pytest.mark.parametrize("edges", [(50, 470), (50, 85, 235, 335, 470)])
@pytest.mark.parametrize("shaded", [(), (0, 2, 4), (1, 3), (0, 1, 2, 3, 4)])
def test_rows_with_wide_padding_shaded_or_not(
    shaded: tuple[int, ...], edges: tuple[int, ...], tmp_path: Path
) -> None:
    """No line is drawn; a shade lies under a whole row, or under each of its cells."""
    rows = [row[:] for row in ROWS]
    rows[1][1] = "Ra soat danh muc|va ho so luu"
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for place in shaded:
        canvas.setFillGray(0.9 if place % 2 else 0.8)
        for left, right in itertools.pairwise(edges):
            canvas.rect(left, 688 - 36 * place, right - left, 36, stroke=0, fill=1)
    canvas.setFillGray(0)
    for number, row in enumerate(rows):
        for x, words in zip(COLUMNS, row, strict=True):
            for line, part in enumerate(words.split("|")):
                canvas.drawString(x, 709 - 36 * number - 13 * line, part)
    canvas.save()
    rows[1][1] = "Ra soat danh muc va ho so luu"
    assert grids(tmp_path / "a.pdf") == [rows]


def test_prose_in_two_columns_is_no_table(tmp_path: Path) -> None:
    page = [(72, 700 - 14 * n, f"line {n} of the left side") for n in range(8)]
    page += [(320, 700 - 14 * n, f"line {n} of the right side") for n in range(8)]
    assert grids(draw(tmp_path / "a.pdf", [page])) == []


def test_rules_around_the_head_only(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.grid([50, 80, 230, 330, 430], [690, 720])
    table_page(canvas, ROWS, 700)
    canvas.save()
    assert grids(tmp_path / "a.pdf") == [ROWS]


def test_a_row_and_a_merged_cell_that_go_on_overleaf(tmp_path: Path) -> None:
    """No rule closes the last row of page 1: its rest stands first on page 2."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    xs = [50, 120, 300, 420]
    canvas.grid(xs, [160, 130, 100])
    for x in xs:
        canvas.line(x, 100, x, 60)
    for x, words in zip((60, 130, 310), ("Nhom", "Nhiem vu", "Chu tri"), strict=True):
        canvas.drawString(x, 140, words)
    for x, words in zip((60, 130, 310), ("Mot", "Ra soat", "So Y te"), strict=True):
        canvas.drawString(x, 110, words)
    for x, words in zip((60, 130, 310), ("Hai", "Tap huan can bo phu", "So Noi"), strict=True):
        canvas.drawString(x, 80, words)
    canvas.showPage()
    for x in xs:
        canvas.line(x, 800, x, 700)
    canvas.line(120, 750, 420, 750)
    canvas.line(50, 700, 420, 700)
    canvas.drawString(130, 780, "trach o xa")
    canvas.drawString(310, 780, "vu")
    for x, words in zip((130, 310), ("Kiem tra", "So Xay dung"), strict=True):
        canvas.drawString(x, 720, words)
    canvas.save()
    assert grids(tmp_path / "a.pdf") == [
        [
            ["Nhom", "Nhiem vu", "Chu tri"],
            ["Mot", "Ra soat", "So Y te"],
            ["Hai", "Tap huan can bo phu trach o xa", "So Noi vu"],
            ["(down)", "Kiem tra", "So Xay dung"],
        ]
    ]
    rows = read(tmp_path / "a.pdf").grids[0].rows
    assert [row.joined for row in rows] == [False, False, True, False]


def test_a_merged_cell_whose_page_closes_the_table(tmp_path: Path) -> None:
    """Each page's table has its frame: a cell merged over rows down to the page's end goes on
    where the next page begins with an empty one; one that covers a single row does not.
    """
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    xs = (50, 80, 260, 400, 500)

    def frame(top: int, bottom: int, middles: tuple[int, ...]) -> None:
        for x in xs:
            canvas.line(x, top, x, bottom)
        for y in (top, bottom):
            canvas.line(xs[0], y, xs[-1], y)
        for y in middles:
            canvas.line(xs[0], y, xs[2], y)
            canvas.line(xs[3], y, xs[4], y)

    frame(160, 60, (130, 95))
    canvas.line(xs[2], 130, xs[3], 130)
    for y, row in (
        (140, ("TT", "Nhiem vu", "Chu tri", "Thoi gian")),
        (110, ("1", "Ra soat", "So Y te", "Quy I")),
        (75, ("2", "Kiem tra", "", "Quy II")),
    ):
        for x, words in zip(xs, row, strict=False):
            canvas.drawString(x + 5, y, words)
    canvas.showPage()
    frame(800, 700, (765, 735))
    canvas.line(xs[2], 735, xs[3], 735)
    for y, row in (
        (780, ("3", "Tap huan", "", "Quy III")),
        (745, ("4", "So ket", "", "Quy IV")),
        (715, ("5", "Bao cao", "So Noi vu", "")),
    ):
        for x, words in zip(xs, row, strict=False):
            canvas.drawString(x + 5, y, words)
    canvas.showPage()
    frame(800, 760, ())
    for x, words in zip(xs, ("6", "Tong ket", "", ""), strict=False):
        canvas.drawString(x + 5, 780, words)
    canvas.save()
    assert grids(tmp_path / "a.pdf") == [
        [
            ["TT", "Nhiem vu", "Chu tri", "Thoi gian"],
            ["1", "Ra soat", "So Y te", "Quy I"],
            ["2", "Kiem tra", "(down)", "Quy II"],
            ["3", "Tap huan", "(down)", "Quy III"],
            ["4", "So ket", "(down)", "Quy IV"],
            ["5", "Bao cao", "So Noi vu", ""],
            ["6", "Tong ket", "", ""],
        ]
    ]
    rows = read(tmp_path / "a.pdf").grids[0].rows
    assert [row.carried for row in rows] == [False] * 3 + [True, True] + [False] * 2


# --- what is on a page and no text of it ----------------------------------------------------------


def test_what_a_field_writes_into_a_line_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(72, 700, "So:")
    canvas.drawString(122, 700, "/KH-UBND")
    field = canvas.acroForm.textfield
    field(value="173", x=95, y=696, width=24, height=16, borderWidth=0, fontSize=12)
    field(value="alone", x=400, y=100, width=80, height=16, borderWidth=0, fontSize=12)
    canvas.save()
    text = read(tmp_path / "a.pdf").text
    assert "So: 173 /KH-UBND" in text
    assert "alone" not in text


def test_the_box_of_a_digital_signature_is_left_out(tmp_path: Path) -> None:
    page = [
        (72, 700, "Ke hoach nay co hieu luc tu ngay ky"),
        (350, 600, "Người ký: Văn thư"),
        (350, 589, "Email: van.thu@vi.du"),
        (350, 578, "Ngày ký: 01/02/2024"),
        (72, 500, "Nguoi ky van ban la Chu tich"),
    ]
    pdfmetrics.registerFont(TTFont("Serif", SERIF))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Serif", 10)
    for x, y, words in page:
        canvas.drawString(x, y, words)
    canvas.save()
    source = read(tmp_path / "a.pdf")
    assert source.text.split("\n")[0] == page[0][2]
    assert page[-1][2] in source.text
    assert "Email" not in source.text
    assert "01/02/2024" not in source.text
    assert source.notes == ()


def test_a_watermark_is_left_out(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(72, 500, "words of the plan")
    canvas.translate(150, 300)
    canvas.rotate(45)
    canvas.setFont("Helvetica", 60)
    canvas.drawString(0, 0, "DRAFT")
    canvas.save()
    assert read(tmp_path / "a.pdf").text.split() == ["words", "of", "the", "plan"]


# --- bad input ------------------------------------------------------------------------------------


def test_a_pdf_that_was_cut_off(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [[(72, 500, "words")]])
    path.write_bytes(path.read_bytes()[:120])
    with pytest.raises(InputError, match="hỏng"):
        read(path)


def test_a_pdf_without_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không có chữ"):
        read(draw(tmp_path / "a.pdf", [[]]))


def test_a_locked_pdf(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    canvas = Canvas(str(tmp_path / "a.pdf"), encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 500, "words")
    canvas.save()
    with pytest.raises(InputError, match="mật khẩu"):
        read(tmp_path / "a.pdf")


def test_a_pdf_locked_against_changes_only_is_read(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    lock = StandardEncryption("", ownerPassword="owner")
    canvas = Canvas(str(tmp_path / "a.pdf"), encrypt=lock)
    canvas.drawString(72, 500, "words of a plan")
    canvas.save()
    assert "words of a plan" in read(tmp_path / "a.pdf").text


@pytest.mark.slow
def test_two_thousand_pages(tmp_path: Path) -> None:
    pages = [[(72, 500, f"words of page {n}")] for n in range(2_000)]
    assert "words of page 1999" in read(draw(tmp_path / "a.pdf", pages)).text
