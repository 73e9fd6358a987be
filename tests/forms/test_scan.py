"""Scans: a printed plan as images, clean, then askew with blur and noise; images of all sorts."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pypdfium2 as pdfium
import pytest
from as_docx import write_docx
from form_inputs import OF_PAGES, SEEDS, text_tables
from office import convert, needs_office
from PIL import Image, ImageFilter
from plain_plan import SAMPLES, authored_blocks, form_tables

from extract.readers import InputError, read
from extract.readers.pdf_words import PageWord
from extract.readers.scan import read_image
from extract.readers.scan_marks import with_marks_as_printed
from extract.readers.scan_signs import with_signs_as_printed
from extract.readers.scan_strokes import numeral_of, with_tail_as_printed
from extract.readers.scan_votes import vote
from extract.readers.scan_words import mended, without_marks, words_in
from extract.readers.unreadable import UnreadableError
from normalize.records import Plan
from pipeline import extract_file
from publish.review_pages import page_images

Fields = tuple[int, int]
"""(fields as in the text form, fields in all)."""
_VALUES = frozenset(
    "lead_ids coordinating_ids start_on due_on budget_vnd budget_status area_code".split()
)


def images_of(path: Path) -> list[Image.Image]:
    """The pages of a PDF at 300 dpi, grey."""
    document = pdfium.PdfDocument(path)
    pages = [page.render(scale=300 / 72, grayscale=True).to_pil() for page in document]
    document.close()
    return pages


def worn(image: Image.Image, chance: np.random.Generator) -> Image.Image:
    """A page laid askew, a little out of focus, with the grain of a cheap scanner."""
    angle = float(chance.uniform(-1.2, 1.2))
    turned = image.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    blurred = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float64)
    grain = blurred + chance.normal(0, 14, blurred.shape)
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))


def as_tiff(pages: list[Image.Image], path: Path) -> Path:
    pages[0].save(
        path, save_all=True, append_images=pages[1:], dpi=(300, 300), compression="tiff_lzw"
    )
    return path


def agreement(path: Path, plan: Plan, names: frozenset[str] | None = None) -> Fields:
    """How many fields of the tasks came out as in the text form (a missing task has none)."""
    expected = {row["task_id"]: row for row in text_tables(path)["tasks"]}
    found = {row["task_id"]: row for row in form_tables(plan, without_codes=OF_PAGES)["tasks"]}
    same = total = 0
    for task_id, row in expected.items():
        for name in names or frozenset(row) - {"finding_codes"}:
            total += 1
            same += found.get(task_id, {}).get(name, row) == row[name]
    return same, total


def printed(path: Path, folder: Path) -> list[Image.Image]:
    word = write_docx(authored_blocks(path), folder / "plan.docx")
    return images_of(convert(word, "pdf", folder))


# The check-in run takes the clean and worn scans of the first; the others are slow tests only.
CHECKED, FURTHER = SAMPLES[:2], [*SAMPLES[2:], *SEEDS]
by_sample = pytest.mark.parametrize("path", CHECKED, ids=lambda path: path.stem)
by_further = pytest.mark.parametrize("path", FURTHER, ids=lambda path: path.stem[:14])


def assert_agrees(path: Path, plan: Plan, fields: float, values: float) -> None:
    """The least shares of all fields, and of bodies, days and money, that the text form gives."""
    same, total = agreement(path, plan)
    assert same >= fields * total, f"{same} of {total} fields"
    same, total = agreement(path, plan, _VALUES)
    assert same >= values * total, f"{same} of {total} values"


def assert_clean_scan(path: Path, folder: Path) -> None:
    plan = extract_file(as_tiff(printed(path, folder), folder / "plan.tif"))
    assert {row.format for row in plan.documents} == {"scan"}
    assert len(plan.tasks) == len(text_tables(path)["tasks"])
    assert all(task.at.page is not None and task.at.bbox is not None for task in plan.tasks)
    assert_agrees(path, plan, 0.97, 0.99)


def assert_worn_scan(path: Path, folder: Path) -> None:
    chance = np.random.default_rng(20)
    pages = [worn(page, chance) for page in printed(path, folder)]
    plan = extract_file(as_tiff(pages, folder / "plan.tif"))
    assert len(plan.tasks) == len(text_tables(path)["tasks"])
    assert_agrees(path, plan, 0.93, 0.97)


@pytest.mark.slow
@needs_office
@by_sample
def test_a_clean_scan(path: Path, tmp_path: Path) -> None:
    assert_clean_scan(path, tmp_path)


@pytest.mark.slow
@needs_office
@by_sample
def test_a_worn_scan(path: Path, tmp_path: Path) -> None:
    assert_worn_scan(path, tmp_path)


@pytest.mark.slow
@needs_office
@by_further
def test_further_plans_scanned(path: Path, tmp_path: Path) -> None:
    assert_clean_scan(path, tmp_path)


@pytest.mark.slow
@needs_office
@by_further
def test_further_plans_scanned_with_wear(path: Path, tmp_path: Path) -> None:
    assert_worn_scan(path, tmp_path)


def page(mode: str = "L") -> Image.Image:
    """A small page with two words on it."""
    from PIL import ImageDraw, ImageFont

    made = Image.new("L", (900, 300), 255)
    font = ImageFont.truetype("DejaVuSans.ttf", 48)
    ImageDraw.Draw(made).text((60, 100), "KE HOACH NAM", font=font, fill=0)
    return made.convert(mode)


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        encoded(page(), "PNG", dpi=(300, 300)),
        encoded(page("1"), "PNG", dpi=(300, 300)),
        encoded(page("P"), "PNG", dpi=(300, 300)),
        encoded(page("RGBA"), "PNG", dpi=(300, 300)),
        encoded(page("CMYK"), "JPEG", dpi=(300, 300), quality=95),
        encoded(page().resize((450, 150)), "PNG", dpi=(150, 150)),
        encoded(page("1"), "TIFF", dpi=(300, 300), compression="group4"),
    ],
    ids=["grey", "one bit", "palette", "alpha", "cmyk jpeg", "150 dpi", "fax tiff"],
)
def test_images_of_all_sorts(data: bytes) -> None:
    assert "KE HOACH NAM" in read_image(data, "a", "").text


@pytest.mark.parametrize(
    ("read_as", "word"),
    [
        ("S0", "50"),
        ("l5/O6/2O24", "15/06/2024"),
        ("|", "I"),
        ("ll", "II"),
        ("'TTHC", "TTHC"),
        ("Sở", "Sở"),
        ("Bộ", "Bộ"),
        ("SOI", "SOI"),
        ("bỘ,", "bộ,"),
        ("cuỘc", "cuộc"),
        ("ĐƠn", "Đơn"),
        ("HĐND", "HĐND"),
        ("(Theo", "(Theo"),
        ("BỘ", "BỘ"),
        ("%o", "‰"),
        ("40%0;", "40‰;"),
        ("MTTQ", "MTTQ"),
        ("IV/⁄2019", "IV/2019"),
        ("15⁄6⁄2024", "15/6/2024"),
        ("kW", "kW"),
    ],
)
def test_figures_that_look_like_letters(read_as: str, word: str) -> None:
    assert mended(read_as) == word


LINES = (
    "Kế hoạch kiểm soát thủ tục hành chính",
    "Sở Nội vụ chủ trì, báo cáo kết quả",
    "Các sở, ban, ngành phối hợp thực hiện",
)


def written_page() -> Image.Image:
    """A page of 300 dpi with a few lines of Vietnamese, in colour."""
    from PIL import ImageDraw, ImageFont

    made = Image.new("RGB", (1400, 1900), "white")
    font = ImageFont.truetype("DejaVuSerif.ttf", 50)
    for index, words in enumerate(LINES):
        ImageDraw.Draw(made).text((90, 300 + 110 * index), words, font=font, fill="black")
    return made


def lines_read(image: Image.Image) -> list[str]:
    text = read_image(encoded(image, "PNG", dpi=(300, 300)), "a", "").text
    return [line for line in text.replace("\f", "").split("\n") if line]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_turned_back(degrees: int) -> None:
    assert lines_read(written_page().rotate(degrees, expand=True)) == list(LINES)


def test_boxes_of_a_turned_page_lie_on_its_words_as_the_review_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    askew = written_page().convert("L").rotate(2, fillcolor=255, resample=Image.Resampling.BICUBIC)
    path.write_bytes(encoded(askew.rotate(90, expand=True), "PNG", dpi=(300, 300)))
    source = read(path)
    (turned,) = [note for note in source.notes if note.code == "page.turned"]
    assert turned.value == "1"
    assert abs(float(turned.raw) - 268) < 0.2  # three quarters to the left, two degrees back
    (shown,) = page_images(path, {1: float(turned.raw)})
    picture = Image.open(io.BytesIO(base64.b64decode(shown.picture.partition(",")[2])))
    ink = np.asarray(picture.convert("L")) < 128
    scale = picture.width / shown.width
    boxes = [stretch.bbox for stretch in source.stretches if stretch.bbox is not None]
    assert len(boxes) == len(LINES)
    inside = np.zeros_like(ink)
    for box in boxes:
        x0, top, x1, bottom = (round(value * scale) for value in box)
        inside[top - 1 : bottom + 2, x0 - 1 : x1 + 2] = True
        assert ink[top:bottom, x0:x1].mean() > 0.1
    assert not (ink & ~inside).any()


def test_a_level_page_is_not_told_to_be_turned() -> None:
    source = read_image(encoded(written_page(), "PNG", dpi=(300, 300)), "a", "")
    assert not [note for note in source.notes if note.code == "page.turned"]


def test_few_words_tell_how_a_page_lies() -> None:
    from PIL import ImageDraw, ImageFont

    made = Image.new("L", (1400, 1900), 255)
    font = ImageFont.truetype("DejaVuSerif.ttf", 50)
    ImageDraw.Draw(made).text((500, 300), "Hoàng Văn Mẫu", font=font, fill=0)
    assert lines_read(made.rotate(90, expand=True)) == ["Hoàng Văn Mẫu"]


def test_a_photograph_that_says_how_it_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # shown after a quarter turn to the right
    held = written_page().rotate(90, expand=True)
    source = read_image(encoded(held, "JPEG", dpi=(300, 300), exif=exif, quality=95), "a", "")
    assert LINES[0] in source.text


def test_a_red_seal_over_the_words() -> None:
    from PIL import ImageDraw

    sealed = written_page()
    draw = ImageDraw.Draw(sealed)
    draw.ellipse((500, 250, 900, 650), outline=(220, 30, 40), width=14)
    draw.line((520, 435, 880, 435), fill=(220, 30, 40), width=8)
    # Ink over ink stays dark: the words are printed again where the seal crossed them.
    words = written_page()
    dark = np.minimum(np.asarray(sealed), np.asarray(words))
    assert lines_read(Image.fromarray(dark)) == list(LINES)


def test_nothing_stays_of_a_blurred_rule() -> None:
    from PIL import ImageDraw, ImageFont

    from extract.readers.scan_grid import cleaned, ink_of, rules_of, straight, without_rules

    made = Image.new("L", (1400, 700), 255)
    draw = ImageDraw.Draw(made)
    for at in (100, 350, 600):
        draw.line((100, at, 1300, at), fill=0, width=4)
    for at in (100, 700, 1300):
        draw.line((at, 100, at, 600), fill=0, width=4)
    # Near the rule below it: its dot below must not go with the rule.
    draw.text((140, 285), "học", font=ImageFont.truetype("DejaVuSerif.ttf", 48), fill=0)
    page = cleaned(straight(np.asarray(worn(made, np.random.default_rng(3)))))
    bare = without_rules(page, rules_of(ink_of(page)))
    rows, columns = np.nonzero(bare < 235)
    assert 130 < columns.min() < columns.max() < 260
    assert 285 < rows.min() < rows.max() < 350
    words = [word.text for word in words_in(bare, (100, 100, 700, 350), 1.0)]
    assert words == ["học"]


def ruled_page() -> Image.Image:
    """A table of three rows and four columns, words in its cells."""
    from PIL import ImageDraw, ImageFont

    made = Image.new("L", (1500, 900), 255)
    draw = ImageDraw.Draw(made)
    font = ImageFont.truetype("DejaVuSerif.ttf", 46)
    for at in range(100, 701, 200):
        draw.line((100, at, 1300, at), fill=0, width=3)
    for at in range(100, 1301, 300):
        draw.line((at, 100, at, 700), fill=0, width=3)
    for row in range(3):
        for column in range(4):
            draw.text((130 + 300 * column, 130 + 200 * row), "Sở Y tế", font=font, fill=0)
    return made


def shaded(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Grey paper, darker to the left and at the foot, askew."""
    grey = np.asarray(page.rotate(2.1, fillcolor=255, resample=Image.Resampling.BICUBIC), float)
    height, width = grey.shape
    light = np.linspace(0.55, 1, width)[None, :] * np.linspace(1, 0.8, height)[:, None]
    made = (90 + grey * 150 / 255) * light + chance.normal(0, 6, grey.shape)
    return Image.fromarray(np.clip(made, 0, 255).astype(np.uint8))


def faxed(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Black and white, specks all over, rules with breaks, askew."""
    from PIL import ImageDraw

    broken = page.copy()
    for at in range(150, 1300, 90):
        ImageDraw.Draw(broken).line((at, 80, at + 9, 720), fill=255, width=4)
    grey = np.asarray(broken.rotate(-1.4, fillcolor=255, resample=Image.Resampling.BICUBIC), float)
    made = np.where(grey + chance.normal(0, 25, grey.shape) > 140, 255, 0)
    specks = chance.random(made.shape)
    made[specks < 0.002], made[specks > 0.998] = 0, 255
    return Image.fromarray(made.astype(np.uint8))


@pytest.mark.parametrize("wear", [lambda page, _: page, worn, shaded, faxed])
def test_the_cells_of_a_page_in_any_state(wear: Any) -> None:
    from extract.readers.scan_grid import cleaned, evenly_lit, ink_of, rules_of, straight, tables_of

    level = straight(evenly_lit(np.asarray(wear(ruled_page(), np.random.default_rng(5)))))
    clean = cleaned(level)
    tables = tables_of(rules_of(ink_of(clean), ink_of(level)))
    assert [len(cells) for cells in tables] == [12]
    for left, top, right, bottom in tables[0]:
        assert 280 < right - left < 305
        assert 180 < bottom - top < 205


def ragged(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Black and white at 200 dpi; a quarter of every rule is gone, in pieces of 2 to 14 points."""
    grey = np.array(page)
    for at in (*range(100, 701, 200), *range(100, 1301, 300)):
        for start in range(80, 1400, 100):
            piece = slice(start, start + int(chance.integers(8, 44)))
            offset = int(chance.integers(0, 40))
            piece = slice(piece.start + offset, piece.stop + offset)
            if at in range(100, 701, 200):
                grey[at - 3 : at + 4, piece] = 255
            if at in range(100, 1301, 300):
                grey[piece, at - 3 : at + 4] = 255
    turned = Image.fromarray(grey).rotate(0.6, fillcolor=255, resample=Image.Resampling.BICUBIC)
    small = turned.resize((page.width * 2 // 3, page.height * 2 // 3), Image.Resampling.LANCZOS)
    noisy = np.asarray(small, float) + chance.normal(0, 20, (small.height, small.width))
    black = Image.fromarray(np.where(noisy > 150, 255, 0).astype(np.uint8))
    return black.resize(page.size, Image.Resampling.BICUBIC)


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_cells_of_a_fax_whose_rules_are_in_pieces(seed: int, merged: bool) -> None:
    from PIL import ImageDraw

    from extract.readers.scan_grid import cleaned, ink_of, rules_of, straight
    from extract.readers.scan_lines import are_whole, cells_between, lines_on

    page = ruled_page()
    if merged:  # a group's row: no rule between its last three cells
        ImageDraw.Draw(page).rectangle((410, 310, 1290, 490), fill=255)
    level = straight(np.asarray(ragged(page, np.random.default_rng(seed))))
    clean = cleaned(level)
    lines = lines_on(ink_of(level))
    assert not are_whole(lines, rules_of(ink_of(clean), ink_of(level)))
    (cells,) = cells_between(lines, level.shape)
    assert len(cells) == (10 if merged else 12)
    widths = sorted(right - left for left, _, right, _ in cells)
    assert all(abs(width - 300) < 16 for width in widths[: -1 if merged else None])
    assert not merged or abs(widths[-1] - 900) < 16
    assert all(abs(bottom - top - 200) < 16 for _, top, _, bottom in cells)


def test_whole_rules_are_told_from_broken_ones() -> None:
    from extract.readers.scan_grid import ink_of, rules_of
    from extract.readers.scan_lines import are_whole, lines_on

    ink = ink_of(np.asarray(ruled_page()))
    lines = lines_on(ink)
    assert (len(lines.level), len(lines.upright)) == (4, 5)
    assert are_whole(lines, rules_of(ink))


def test_feet_of_letters_that_touch_are_no_rule() -> None:
    from PIL import ImageDraw, ImageFont

    from extract.readers.scan_grid import ink_of
    from extract.readers.scan_lines import lines_on

    made = Image.new("L", (900, 200), 255)
    draw = ImageDraw.Draw(made)
    font = ImageFont.truetype("DejaVuSerif.ttf", 48)
    draw.text((60, 60), "hnmnhmtinhmhnminh", font=font, fill=0)
    foot = draw.textbbox((60, 60), "hnm", font=font)[3]
    draw.line((62, foot - 2, 500, foot - 2), fill=0, width=3)
    lines = lines_on(ink_of(np.asarray(made)))
    assert (lines.level, lines.upright) == ([], [])


def test_a_tone_mark_is_no_dash() -> None:
    words = [PageWord("chế", 113, 113, 191, 150), PageWord("-", 188, 110, 193, 115)]
    assert without_marks(words) == words[:1]
    bullet = [PageWord("-", 20, 128, 32, 132), PageWord("chế", 50, 113, 128, 150)]
    assert without_marks(bullet) == bullet


def drawn(word: str, face: str) -> np.ndarray[Any, Any]:
    from PIL import ImageDraw, ImageFont

    made = Image.new("L", (400, 90), 255)
    ImageDraw.Draw(made).text((10, 10), word, font=ImageFont.truetype(face, 48), fill=0)
    return np.asarray(made)


@pytest.mark.parametrize("face", ["DejaVuSerif.ttf", "DejaVuSans.ttf"])
@pytest.mark.parametrize(
    ("word", "numeral"),
    [
        ("I/2021", "I"),
        ("II/2021", "II"),
        ("III/2021", "III"),
        ("IV/2021", "IV"),
        ("III", "III"),
        ("II,", "II"),
        ("1/2021", None),  # ones have flags
        ("11", None),
        ("3/2021", None),
        ("TT", None),
        ("HI", None),
    ],
)
def test_numerals_by_their_strokes(word: str, face: str, numeral: str | None) -> None:
    seen = numeral_of(drawn(word, face))
    assert (seen and seen.text) == numeral


@pytest.mark.parametrize("face", ["DejaVuSerif.ttf", "DejaVuSans.ttf", "LiberationSerif-Bold.ttf"])
@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("VIII.", "VII."),
        ("VII.", "VIII."),
        ("VI.", "VI."),
        ("XIII", "XII"),
        ("XII", "XII"),
        ("V.", "V."),
        ("IX.", "IX."),
        ("XIV", "XIV"),
    ],
)
def test_strokes_behind_a_numeral_are_counted(printed: str, read_as: str, face: str) -> None:
    part = drawn(printed, face)
    assert with_tail_as_printed(part, read_as) == printed


def test_a_numeral_whose_strokes_cannot_be_followed_stays_as_read() -> None:
    """ "IV/2022" out of focus, the V's legs run together: not the "I" that alone is clear."""
    from PIL import ImageDraw, ImageFont

    image = Image.new("L", (400, 90), 255)
    font = ImageFont.truetype("LiberationSerif-Regular.ttf", 44)
    ImageDraw.Draw(image).text((20, 15), "IV/2022", font=font, fill=0)
    part = np.asarray(image.filter(ImageFilter.GaussianBlur(1.6)))
    columns = np.flatnonzero((part < 160).any(axis=0))
    seen = numeral_of(part[:, columns[0] : columns[-1] + 1])
    assert seen is None or seen.text == "IV"


@pytest.mark.parametrize("face", ["DejaVuSerif.ttf", "DejaVuSans.ttf"])
@pytest.mark.parametrize(
    ("printed", "read_as", "words"),
    [
        ("CAO", "CAO.", "CAO"),  # no ink where a stop would be
        ("CAO.", "CAO.", "CAO."),
        ("xã,", "xã,", "xã,"),
        ("hộ", "hộ.", "hộ"),  # the dot below is the letter's own
        ("hộ.", "hộ.", "hộ."),
        ("bộ,", "bộ,", "bộ,"),
        ("01/2021 -", "01/2021-", "01/2021 -"),
        ("2021-", "2021-", "2021-"),
        ("19/NQ-", "19/NQ-", "19/NQ-"),
    ],
)
def test_marks_as_their_ink_shows_them(printed: str, read_as: str, words: str, face: str) -> None:
    part = drawn(printed, face)
    columns = np.flatnonzero((part < 160).any(axis=0))
    rows = np.flatnonzero((part < 160).any(axis=1))
    word = PageWord(
        read_as, float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)
    )
    below = PageWord("nhận", 10, 95, 90, 130)
    made = with_marks_as_printed(part, [word, below])
    assert " ".join(one.text for one in made) == f"{words} nhận"
    assert with_marks_as_printed(part, [word])[0].text.startswith(read_as[:2])


FACES = pytest.mark.parametrize(
    "face", ["DejaVuSerif.ttf", "DejaVuSans.ttf", "LiberationSerif-Regular.ttf"]
)


def words_drawn(
    printed: str, read_as: str, face: str
) -> tuple[np.ndarray[Any, Any], list[PageWord]]:
    """An image of the printed words, and the words that were read from it, box by box.

    A tilde in ``read_as`` stands for a printed word that was not read.
    """
    from PIL import ImageDraw, ImageFont

    font = ImageFont.truetype(face, 48)
    made = Image.new("L", (1100, 110), 255)
    draw = ImageDraw.Draw(made)
    words = []
    at = 20.0
    for shown, text in zip(printed.split(" "), read_as.split(" "), strict=True):
        draw.text((at, 20), shown, font=font, fill=0)
        x0, top, x1, bottom = draw.textbbox((at, 20), shown, font=font)
        if text != "~":
            words.append(PageWord(text, x0, top, x1, bottom, 95.0))
        at = x1 + 16
    return np.asarray(made), words


@FACES
@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("≥ 95%", "> 95%"),
        ("≥95%", ">95%"),
        ("> 95%", "> 95%"),
        ("≤ 3,5%", "< 3,5%"),
        ("≤12", "<12"),
        ("<12", "≤12"),
        ("≥ 95", "~ 95"),
        ("< 15", "~ 15"),
        ("- 15", "~ 15"),  # no sign of comparison
        ("± 5%", "+ 5%"),
        ("+ 5%", "+ 5%"),
        ("1.200 m²", "1.200 m?"),
        ("1.200 m²", "1.200 m2"),
        ("1.200 m2", "1.200 m2"),
        ("15 m³;", "15 m?;"),
        ("12 km²", "12 km"),
        ("12 m", "12 m"),
        ("3,5", "35"),
        ("1.250", "1250"),
        ("1250", "1250"),
        ("4.500.000", "4500.000"),
        ("5%", "59%"),
        ("50%", "50%"),
        ("59%", "59%"),
        ("2021 – 2025", "2021 - 2025"),
        ("2021 - 2025", "2021 - 2025"),
    ],
)
def test_signs_as_their_ink_shows_them(printed: str, read_as: str, face: str) -> None:
    part, words = words_drawn(printed, read_as, face)
    made = with_signs_as_printed(part, with_marks_as_printed(part, words))
    shown = printed if printed != "- 15" else "15"
    assert " ".join(one.text for one in made) == shown


@FACES
@pytest.mark.parametrize("printed", ["2021 – 2025", "I - IV", "2021-2025", "2021–2025"])
def test_blanks_beside_a_dash(printed: str, face: str) -> None:
    part, words = words_drawn(printed.replace(" ", "\xa0"), "x", face)
    words = [msgspec.structs.replace(words[0], text=printed.replace(" ", "").replace("–", "-"))]
    made = with_marks_as_printed(part, words)
    assert " ".join(one.text for one in made) == printed


@FACES
def test_a_dash_at_the_end_of_a_line(face: str) -> None:
    """ "Quý II –" | "IV/2021" in a narrow cell: read as a longer dash than it is."""
    part, words = words_drawn("II – x", "II — IV/2021", face)
    below = msgspec.structs.replace(words[2], x0=20.0, x1=90.0, top=90.0, bottom=108.0)
    made = with_marks_as_printed(part, [*words[:2], below])
    assert [one.text for one in made] == ["II", "–", "IV/2021"]


def test_a_changed_figure_is_told() -> None:
    part, words = words_drawn("3,5 5%", "35 59%", "DejaVuSans.ttf")
    made = with_signs_as_printed(part, words)
    assert [(one.read_as, one.text) for one in made] == [("35", "3,5"), ("59%", "5%")]


def readings(*texts: str) -> list[list[PageWord]]:
    """Readings whose words end in their confidence: ``"Sở:95 Nội:80"``."""
    return [
        [
            PageWord(word, 0, 0, 1, 1, float(sure))
            for word, sure in (one.rsplit(":", 1) for one in text.split())
        ]
        for text in texts
    ]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("Sở:60 Nội:95", "SỞ:90 Nội:95", "Sở:70 Nội:95"), "Sở Nội"),  # two of three
        (("thể:95 chê:80", "thể:95 chế:85"), "thể chế"),  # no syllable against a syllable
        (("tổ:90 ^:40 chức:90", "tổ:90 chức:90", "tổ:90 chức:90"), "tổ chức"),  # a mark adrift
        (("21:79", "21:75", "2.1:70"), "2.1"),  # points are lost, not made up
        (("", "5:60", "5:70"), "5"),
    ],
)
def test_readings_vote(texts: tuple[str, ...], words: str) -> None:
    assert " ".join(word.text for word in vote(readings(*texts))) == words


# --- bad input ------------------------------------------------------------------------------------


def test_an_image_that_is_too_large_is_not_decoded() -> None:
    data = encoded(Image.new("1", (20_000, 20_000)), "PNG")
    with pytest.raises(UnreadableError, match="20000 × 20000"):
        read_image(data, "a", "")


def test_an_image_that_would_grow_too_large_is_refused() -> None:
    data = encoded(Image.new("1", (9_000, 9_000)), "PNG", dpi=(150, 150))
    with pytest.raises(UnreadableError, match="150 dpi"):
        read_image(data, "a", "")


@pytest.mark.slow
def test_an_image_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(page(), "PNG")[:200])
    with pytest.raises(InputError, match="hỏng"):
        read(path)


def smashed(data: bytes, frame: int) -> bytes:
    """A TIFF with the strips of one frame (from 0) overwritten."""
    made = bytearray(data)
    with Image.open(io.BytesIO(data)) as file:
        file.seek(frame)
        strips = zip(file.tag_v2[273], file.tag_v2[279], strict=True)  # type: ignore[attr-defined]
        for start, length in strips:
            made[start : start + length] = b"\xa5" * length
    return bytes(made)


def three_frames(compression: str) -> bytes:
    frames = [page(), page(), page()]
    return encoded(
        frames[0],
        "TIFF",
        save_all=True,
        append_images=frames[1:],
        dpi=(300, 300),
        compression=compression,
    )


def test_good_frames_beside_a_bad_one_are_read() -> None:
    source = read_image(smashed(three_frames("tiff_lzw"), 1), "a", "")
    assert source.text.count("KE HOACH NAM") == 2
    assert {stretch.page for stretch in source.stretches} == {1, 3}
    told = [(note.code, note.value) for note in source.notes if note.code.startswith("page.")]
    assert told == [("page.unread", "2")]


def test_frames_before_the_end_of_a_file_that_breaks_off_are_read() -> None:
    data = three_frames("tiff_lzw")
    with Image.open(io.BytesIO(data)) as file:
        file.seek(2)
        start = file.tag_v2[273][0]  # type: ignore[attr-defined]
    source = read_image(data[: start + 500], "a", "")
    assert source.text.count("KE HOACH NAM") == 2
    told = [(note.code, note.value) for note in source.notes if note.code.startswith("page.")]
    assert told == [("page.unread", "3")]


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_is_left_of_an_image_that_breaks_off_is_read(form: str) -> None:
    grey = written_page().convert("L")
    data = encoded(grey, form, dpi=(300, 300))
    source = read_image(data[: len(data) - len(data) // 6], "a", "")
    assert LINES[0] in source.text
    (told,) = [note for note in source.notes if note.code.startswith("page.")]
    assert (told.code, told.value) == ("page.cut_off", "1")


def test_a_resolution_that_no_page_has_is_not_believed() -> None:
    sheet = Image.new("L", (2480, 3508), 255)
    sheet.paste(written_page().convert("L"))
    source = read_image(encoded(sheet, "JPEG", dpi=(72, 72), quality=95), "a", "")
    assert LINES[0] in source.text
    assert all(one.bbox is not None and one.bbox[2] < 596 for one in source.stretches)


def test_an_empty_page(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(Image.new("L", (600, 800), 255), "PNG", dpi=(300, 300)))
    with pytest.raises(InputError, match="không nhận dạng được chữ"):
        read(path)


def test_without_vietnamese_data_the_message_names_the_install_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extract.readers import programs, scan_words

    scan_words._api.cache_clear()
    monkeypatch.setattr(programs, "_DATA_FOLDERS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    path = tmp_path / "a.png"
    path.write_bytes(encoded(page(), "PNG"))
    with pytest.raises(InputError, match="sudo apt install tesseract-ocr-vie"):
        read(path)
    scan_words._api.cache_clear()
