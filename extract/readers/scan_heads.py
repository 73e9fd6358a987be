"""Numbers of heads in running text that the recognizer misread, mended by the count they stand in.

"Phần I", "Phần II", "Phần II", "Phần IV": the third is III. A number is only exchanged for the one
that the count asks for, and only where it looks like that one and is no number itself ("1II",
"Điều l"), is out of every count as it was read ("11." between I. and 1.), or where the next
number of its kind proves it. Heads that open with a word ("Điều", "Phần") count by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extract.readers.pdf_words import PageWord, WordLine, lines_of
from extract.readers.scan_numbers import following, style_of
from normalize.patterns import pattern
from normalize.text import fold

_NUMBER = pattern(
    r"(?P<core>[\dlIO|S!]{1,3}(?:\.[\dlIO|S!]{1,3}){0,4}|[IVXHTWNLl1|!]{1,6}|\p{Ll}|[A-ZĐ])"
    r"(?P<close>[.):/,]{0,2})"
)
_NAMES = frozenset(["phan", "chuong", "muc", "dieu"])
_ROMAN = pattern(r"X{0,3}(?:IX|IV|V?I{1,3}|V|X)")
_FIGURES = pattern(r"\d{1,2}(?:\.\d{1,2}){0,4}")
_STROKES = str.maketrans({"H": "II", "W": "VI", "N": "II", **dict.fromkeys("l1|!iT", "I")})
_DIGITS = str.maketrans("lI|!iOoSsZ", "1111100552", ".")
_LIKE_NUMBERS = "liHTNL"
"""Letters that a number may be read as; they count letters all the same ("k)", "l)")."""
_LIKE_LETTERS = str.maketrans("8960", "ggbo")
_ENDS = ".;:!?/"
_SHORT = 2.0
"""What a line leaves free at its end, in heights of a line, where its paragraph ends there."""

Last = dict[tuple[str, str], str]
"""(name, style) → the last number of that kind."""


class _Head(msgspec.Struct):
    """The number of a head: its place among its page's words, and how it was read."""

    words: list[PageWord]
    at: int
    name: str
    core: str
    close: str

    @property
    def style(self) -> str:
        """ "" for what is no number."""
        if _ROMAN.fullmatch(self.core):
            return "roman"
        if _FIGURES.fullmatch(self.core):
            return "figures"
        return style_of(self.core) if len(self.core) == 1 and not self.name else ""


def mended_heads(pages: Iterable[list[PageWord]]) -> list[list[PageWord]]:
    """The words of each page's running text, in order of reading, numbers of heads mended."""
    made = [list(words) for words in pages]
    heads = [head for words in made for head in _heads(words)]
    last: Last = {}
    for index, head in enumerate(heads):
        number = _counted(head, heads[index + 1 :], last)
        if number != head.core:
            word = head.words[head.at]
            head.words[head.at] = msgspec.structs.replace(
                word, text=f"{number}{head.close}", read_as=word.read_as or word.text
            )
            head.core = number
        if head.style:
            last[head.name, head.style] = number
    return made


def _heads(words: list[PageWord]) -> Iterator[_Head]:
    """The numbers that open a paragraph, by themselves or behind the name of a kind of head."""
    places = {id(word): at for at, word in enumerate(words)}
    lines = lines_of(words)
    end = max((line.words[-1].x1 for line in lines), default=0.0)
    for index, line in enumerate(lines):
        if index and not _ends(lines[index - 1], end):
            continue
        first = line.words[0]
        name = fold(first.text) if first.text[0].isupper() and len(line.words) > 1 else ""
        name = name if name in _NAMES else ""
        word = line.words[1] if name else first
        found = _NUMBER.fullmatch(word.text)
        if found is not None and (name or (found["close"] and len(line.words) > 1)):
            yield _Head(words, places[id(word)], name, found["core"], found["close"])


def _ends(line: WordLine, end: float) -> bool:
    """Does a paragraph end with this line of a page whose lines reach so far?"""
    first = line.words[0]
    short = end - line.words[-1].x1 > _SHORT * (first.bottom - first.top)
    return short or line.text[-1] in _ENDS


def _counted(head: _Head, after: Sequence[_Head], last: Last) -> str:
    """The number that the count asks for where the one read is none or is proved wrong."""
    own, style = head.core, head.style
    before = last.get((head.name, style)) if style else None
    in_count = before is not None and own in following(before)
    letter = _letter(head, after, last)
    if in_count or letter or (style == "letters" and own not in _LIKE_NUMBERS):
        return letter if letter and not in_count else own
    coming = [one for one in _coming(head, after, last) if one != own]
    alike = [one for one in coming if _is_alike(own, one)]
    fits = [one for one in coming if one in alike or _is_near(own, one)]
    if not style and _ROMAN.fullmatch(own.translate(_STROKES)):
        fits.append(own.translate(_STROKES))  # beyond a gap that is the author's
    proved = [one for one in dict.fromkeys(fits) if _proves(head, after, one)]
    if len(proved) == 1 and not (style and _proves(head, after, own)):
        return proved[0]
    # A number that opens a count may stand anywhere; any other is out of count here.
    wrong = not style or (style == "figures" and own not in ("1", "1.1")) or style == "letters"
    opens = before is None and style
    return alike[0] if len(alike) == 1 and wrong and not opens else own


def _letter(head: _Head, after: Sequence[_Head], last: Last) -> str:
    """The letter that comes next, where a figure or another mark was read for it; else ""."""
    coming = [one for one in following(last.get((head.name, "letters"))) if one.islower()]
    if not coming or not head.close.startswith(")"):
        return ""
    shown = head.core.translate(_LIKE_LETTERS)
    fits = shown == coming[0] or fold(shown) == fold(coming[0])
    return coming[0] if fits and _proves(head, after, coming[0]) else ""


def _coming(head: _Head, after: Sequence[_Head], last: Last) -> list[str]:
    """What may stand here: what goes on from the numbers before, and what opens a count."""
    made = []
    own = {one.style for one in after if one.name == head.name and one.style}
    own |= {style for name, style in last if name == head.name}
    for style, opener in (("roman", "I"), ("figures", "1")):
        if head.name and own and style not in own:
            continue  # articles count in figures, parts as their own ones do
        before = last.get((head.name, style))
        made += [*following(before), *([opener] if before != opener else [])]
    return list(dict.fromkeys(made))


def _is_alike(own: str, other: str) -> bool:
    """The same strokes: "1II" and "III", "11" and "II", "13" and "1.3"."""
    if style_of(other) == "roman":
        return own.translate(_STROKES) == other
    return own.translate(_DIGITS) == other.replace(".", "")


def _is_near(own: str, other: str) -> bool:
    """Roman numbers, one with a stroke more at its end."""
    shown = own.translate(_STROKES)
    return bool(_ROMAN.fullmatch(shown)) and other in (f"{shown}I", shown.removesuffix("I"))


def _proves(head: _Head, after: Sequence[_Head], number: str) -> bool:
    """The next number of the kind goes on from this one."""
    style = style_of(number)
    for one in after:
        if one.name != head.name:
            continue
        core = one.core if one.style or style != "roman" else one.core.translate(_STROKES)
        if style_of(core) == style and (one.style in ("", style)):
            return core in following(number)
    return False
