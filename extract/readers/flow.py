"""Lines in places as paragraphs: which line ends were the author's, which only the margin's.

A line goes on in the next one unless the next one's first word would have fitted behind it, or
opens an item. The same rule serves running text and the cells of a table.
"""

from __future__ import annotations

from itertools import pairwise, zip_longest

from extract.align import opens
from extract.open_ends import ends_open
from extract.printed import MAY_END
from extract.readers.pdf_words import PageWord, WordLine, segments
from extract.seams import is_connective
from normalize.patterns import pattern

_ITEM = pattern(
    r"(?:[-+•*–●▪]\s?\S|(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5}|[a-zđ])[.)]\s|(?:Điều|Chương|Phần)\s"
    r"|(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5})[-–]\s(?!(?i:quý|tháng|năm|ngày)\b)\p{Lu})"
)
_NUMBER = pattern(r"\d{1,2}(?:\.\d{1,2})+\.?|\d{1,3}[.)]")
_DATED = pattern(r"\d{1,2}\s?[-/]\s?\d")
_SLACK = 3.0
"""Points that a line may end short of the margin: bearings of letters, a printer's own measure."""
_MEASURE = 0.02
"""The same as a share of the column's width."""
_FIGURE = pattern(r"(?:\d|[IVX]+\b)")
_RANGE = pattern(r"[-–]\s?\d")
_LETTERS = pattern(r"[\p{L}\p{M}]+")
_SOFT_HYPHEN = "\xad"
_MUCH = 0.3
_MORE = 0.25
"""Share of the column's width free behind a line that is nearly full."""
_FEW_LETTERS = 2
_FEW = 6
"""Words of a line short enough to be an entry of a list."""
_PARAGRAPH_GAP = 0.7
"""A blank between two lines, in heights of a line, that parts paragraphs."""
_COLUMN_GAP = 14.0
"""A blank this wide parts two columns of a letterhead or signature, in points."""


def paragraphs(lines: list[WordLine], width: float) -> list[list[WordLine]]:
    """The lines of one column of that width, grouped into paragraphs."""
    made: list[list[WordLine]] = []
    for line, following in zip_longest(lines, lines[1:]):
        words = f"{line.text} {following.text}" if following else line.text
        if made and goes_on(made[-1][-1], line, width) and not _restarts(made[-1], line, words):
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _restarts(paragraph: list[WordLine], line: WordLine, words: str) -> bool:
    """ "Quý III/2019" | "Quý IV/2019": a line as full as its column that begins as the first did,

    or one time behind another (``words``: the line and the next), is a paragraph of its own.
    """
    before = paragraph[-1].text
    if _ends_capitals(before, line.text) and not is_item(paragraph[0].text):
        return True
    if _NUMBER.fullmatch(before) and _NUMBER.fullmatch(line.text):
        return True
    if len(paragraph[-1].words) > 1 and before[-1].isdigit() and _DATED.match(line.text):
        return True
    if not line.text[0].isupper() or before[-1] in ",;-–(" or before[-1].isspace():
        return False
    if len(paragraph[0].words) < _FEW and line.words[0].text == paragraph[0].words[0].text:
        return True
    whole = " ".join(one.text for one in paragraph)
    return "time" in opens(words) and "time" in opens(whole) and " " in whole


def joined(lines: list[WordLine], width: float) -> str:
    """The words of one paragraph: a blank between its lines, none inside a word or symbol.

    ``MAY_END`` stands for the blank where the next line could open a paragraph of its own.
    """
    made = lines[0].text
    for before, line in pairwise(lines):
        last, first = before.words[-1], line.words[0]
        if is_glued(last.text, first.text) or _is_broken(before, first, width):
            made += line.text
        else:
            made += (" " if first.text[0].islower() else MAY_END) + line.text
    return made


def _is_broken(before: WordLine, first: PageWord, width: float) -> bool:
    """ "15/11/202" | "1": figures and symbols wider than their column are broken anywhere."""
    last = before.words[-1]
    alone = len(before.words) == 1 or "/" in last.text
    if not alone or not (last.text[-1].isalnum() and first.text[0].isalnum()):
        return False
    figures = last.text[-1].isdigit() and first.text[0].isdigit()
    symbol = (
        "/" in last.text
        and last.text[-1].isalpha()
        and last.text.upper() == last.text
        and first.text[0].isupper()
    )
    capitals = (last.text + first.text).isupper() and len(first.text) <= _FEW_LETTERS
    letter = (last.x1 - last.x0) / len(last.text)
    full = before.width + letter > width - 2 * _SLACK
    return full and (figures or symbol or capitals or _is_half(last.text, before, first.text))


def _is_half(last: str, before: WordLine, first: str) -> bool:
    """ "Thườ" | "ng": a syllable wider than its column; alone one of its halves is none."""
    from normalize.spelling import is_syllable

    found = _LETTERS.match(first)
    if len(before.words) > 1 or not last.isalpha() or found is None or not found[0].islower():
        return False
    halves = is_syllable(last) and is_syllable(found[0])
    return not halves and is_syllable(last + found[0])


def is_glued(left: str, right: str) -> bool:
    """No blank stands between the words that end one line and open the next."""
    return right[0] in ",.;:)" or left[-1] == _SOFT_HYPHEN or _is_cut(left, right)


def _is_cut(left: str, right: str) -> bool:
    """ "43/2006/NĐ-" | "CP": the line ended inside a symbol or a number."""
    return len(left) > 1 and left[-1] in "-/" and left[-2].isalnum() and right[0].isalnum()


def column_lines(lines: list[WordLine]) -> list[list[WordLine]]:
    """The lines of a letterhead's column: each its own, unless a small letter goes on."""
    made: list[list[WordLine]] = []
    for line in lines:
        if made and line.text[0].islower():
            made[-1].append(line)
        else:
            made.append([line])
    return made


def goes_on(before: WordLine, line: WordLine, width: float) -> bool:
    """Does the paragraph of the line before go on in this one?"""
    text = line.text
    if text[0] in ",.;:)" or _is_broken(before, line.words[0], width):
        return True
    if _is_dash(before, line, width):
        return True
    if is_item(text) or before.text.endswith("./."):
        return False
    first = line.words[0]
    if line.bbox[1] - before.bbox[3] > _PARAGRAPH_GAP * (first.bottom - first.top):
        return False
    room = room_behind(before, width) - blank_of(first) - (first.x1 - first.x0)
    if _asks_for_more(before, text, room < _MORE * width):
        return True
    # Where the word would have fitted the author ended the line; a small letter asks for more
    # room than the measure of another printer may err by.
    return room < (_MUCH * width if text[0].islower() else 0)


def _asks_for_more(before: WordLine, text: str, nearly_full: bool) -> bool:
    """ "Quý" | "IV/2019", "Báo cáo của" | "Sở Nội vụ": no author ends a line there."""
    last = before.words[-1].text
    if len(before.words) == 1 and "time" in opens(last):
        return _FIGURE.match(text) is not None
    return nearly_full and is_connective(last) and ends_open(last)


def _is_dash(before: WordLine, line: WordLine, width: float) -> bool:
    """ "Giai đoạn 2022" | "- 2025": a dash between figures that did not fit is no bullet."""
    return (
        before.text[-1].isdigit()
        and _RANGE.match(line.text) is not None
        and not is_item(before.text)
        and room_behind(before, width) < 2 * blank_of(line.words[0]) + _SLACK
    )


def _ends_capitals(before: str, text: str) -> bool:
    """A title in capitals ends where the letters become small ones."""
    return before.isupper() and len(before.split()) > _FEW_LETTERS and not text.isupper()


def is_item(text: str) -> bool:
    """The words open an item of a list: a bullet, a number, a letter with its mark."""
    return _ITEM.match(text) is not None


def room_behind(line: WordLine, width: float) -> float:
    """Points that the line leaves free in a column of that width."""
    return width - max(_SLACK, _MEASURE * width) - line.width


def blank_of(word: PageWord) -> float:
    """The width of a blank beside the word, by its height."""
    return 0.2 * (word.bottom - word.top)


def in_columns(lines: list[WordLine]) -> list[list[WordLine]]:
    """Runs of lines in reading order: a block of two columns gives its left, then its right one."""
    runs: list[list[WordLine]] = [[]]
    index = 0
    while index < len(lines):
        gutter = _gutter(lines[index])
        if gutter is None:
            runs[-1].append(lines[index])
            index += 1
            continue
        end = index
        left: list[WordLine] = []
        right: list[WordLine] = []
        while end < len(lines):
            sides = _sides(lines[end], gutter)
            if sides is None:
                break
            low, high = sides
            if end > index and not (low and high) and _is_far(lines[end - 1], lines[end]):
                break
            left += [low] if low else []
            right += [high] if high else []
            end += 1
        runs += [left, right, []]
        index = max(end, index + 1)
    return [run for run in runs if run]


def _is_far(before: WordLine, line: WordLine) -> bool:
    """More than two lines would fit between the two."""
    height = line.bbox[3] - line.bbox[1]
    return line.bbox[1] - before.bbox[3] > 2 * height


def _gutter(line: WordLine) -> float | None:
    """The middle of the one wide blank of a line with two parts; None for any other line."""
    parts = segments(line, _COLUMN_GAP)
    if len(parts) != 2 or min(len(part.text) for part in parts) < 3:
        return None
    return (parts[0].words[-1].x1 + parts[1].words[0].x0) / 2


def _sides(line: WordLine, gutter: float) -> tuple[WordLine | None, WordLine | None] | None:
    """The line left and right of the gutter; None where a word crosses it."""
    if any(word.x0 < gutter < word.x1 for word in line.words):
        return None
    low = tuple(word for word in line.words if word.centre < gutter)
    high = tuple(word for word in line.words if word.centre > gutter)
    if low and high and high[0].x0 - low[-1].x1 < _COLUMN_GAP:
        return None
    return (WordLine(low) if low else None), (WordLine(high) if high else None)
