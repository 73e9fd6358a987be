"""PDF files that a word processor printed: rows over page ends, two columns, running heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from as_docx import write_docx
from form_inputs import OF_PAGES, PLANS, text_tables
from office import convert, needs_office
from plain_plan import authored_blocks, form_differences, form_tables
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extract.printed import MAY_END
from extract.readers import InputError, read
from extract.readers.flow import goes_on, joined
from extract.readers.pdf_words import PageWord, WordLine
from extract.readers.prose import page_items
from pipeline import extract_file


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every plan as LibreOffice prints it, by the name of its text form."""
    folder = tmp_path_factory.mktemp("pdf")
    made = {}
    for path in PLANS:
        word = write_docx(authored_blocks(path), folder / f"{path.stem}.docx")
        made[path.stem] = convert(word, "pdf", folder)
    return made


@needs_office
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:14])
def test_a_printed_plan_gives_the_text_forms_tables(path: Path, printed: dict[str, Path]) -> None:
    plan = extract_file(printed[path.stem])
    found = form_tables(plan, without_codes=OF_PAGES)
    assert form_differences(text_tables(path), found) == []
    assert {row.format for row in plan.documents} == {"pdf"}
    for task in plan.tasks:
        assert task.at.page is not None
        assert task.at.bbox is not None


@needs_office
def test_spans_boxes_and_pages_lead_to_the_words(printed: dict[str, Path]) -> None:
    path = printed[PLANS[0].stem]
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


def test_two_thousand_pages(tmp_path: Path) -> None:
    pages = [[(72, 500, f"words of page {n}")] for n in range(2_000)]
    assert "words of page 1999" in read(draw(tmp_path / "a.pdf", pages)).text
