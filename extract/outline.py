"""The section tree: headings and numbered clauses of one document.

Which scheme stands under which is read off the document itself: a scheme that is not open yet
opens a level, one that is open closes all below it. Letters count in Vietnamese order. Bullets
are text.
"""

from __future__ import annotations

import msgspec

from extract.frame import is_capital
from extract.paragraphs import Paragraph
from extract.repair import is_next, value_of
from normalize.fragment import Fragment, join
from normalize.patterns import pattern
from normalize.raw import RawSection
from normalize.text import key

_HEADING = pattern(
    r"(?P<part>(?i:phần)\s+(?:(?i:thứ)\s+)?(?P<part_no>[\p{L}\d]{1,6}))\s*[.:\-–]?(?=\s|$)"
    r"|(?P<chapter>(?i:chương)\s+(?P<chapter_no>[IVXLC]+|\d{1,2}))\s*[.:\-–]?(?=\s|$)"
    r"|(?P<division>(?:Mục|MỤC)\s+(?P<division_no>[IVXLC]+|\d{1,2}))\s*[.:\-–]?(?=\s|$)"
    r"|(?P<article>(?:Điều|ĐIỀU)\s+(?P<article_no>\d{1,3}[a-z]?))\s*[.:](?=\s|\p{Lu}|$)"
    r"|(?P<roman>[IVXLC]{1,6})\s?(?:[.)\-–]\s*(?=\S)|/(?:\s+(?=\S)|(?=\p{Lu})))"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,4})"
    r"(?:\s?[.)/]?\s*(?=[\p{L}\"“(]|\d+(?:,\d+)?\s?%)|[.)]\s+(?=\d{1,3}(?:\.\d{3})*\s+\p{L})"
    r"|\s?[.]?[-–]\s*(?=\p{Lu}))"
    r"|(?P<number>\d{1,2})"
    r"(?:\s?[.)/]\s*(?=[\p{L}\"“(]|\d+(?:,\d+)?\s?%)|[.)]\s+(?=\d{1,3}(?:\.\d{3})*\s+\p{L})"
    # "1- Mục đích" of the party's documents, not "18-CT/TW" at the head of a line.
    r"|\s?[.]?[-–]\s*(?=\p{Lu}\p{L}*[\s,:;]))"
    r"|(?P<letter>[a-zđ])(?:\s?[.)]\s*(?=[\p{L}\d\"“(])|\s?[/\-–]\s+(?=\p{Lu}))"
    r"|(?P<capital>[A-ZĐ])[.)]\s+(?=[\p{L}\"“(])"
)
_ORDINAL_WORDS = {
    key(word): value
    for value, word in enumerate(
        ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"), 1
    )
}
_LETTERS_LIKE_ROMANS = ("C", "L")  # "C. KINH PHÍ" follows B: no plan has a hundred parts
_NAMED_SCHEMES = ("part", "chapter", "division")
_ENDS = (".", ";", ",", "./", "…")
_MOST_TITLE_WORDS = 45


class Heading(msgspec.Struct, frozen=True):
    """A paragraph that opens a section: scheme, label as it stands in the path, text behind it."""

    scheme: str
    label: str
    value: int
    behind: int


class _Open(msgspec.Struct):
    scheme: str
    label: str
    value: int
    index: int


class Draft(msgspec.Struct):
    """A section while it is read."""

    label: str
    path: str
    level: int
    parent: int | None
    title: Fragment | None
    paragraphs: list[Fragment]
    start: int
    end: int
    maybe_title: bool = False
    wants_title: bool = False


def heading_of(text: str) -> Heading | None:
    """The number that opens a paragraph; None for running text and bullets."""
    if not text or text[0] in "-+•*–(":
        return None
    found = _HEADING.match(text)
    if found is None:
        return None
    scheme = found.lastgroup or ""
    if scheme.endswith("_no"):
        scheme = scheme.removesuffix("_no")
    for kind in ("part", "chapter", "division", "article"):
        if found.group(kind):
            number = found.group(f"{kind}_no")
            value = _ORDINAL_WORDS.get(key(number)) or (
                value_of(number) if number.isdigit() or number.isupper() else 0
            )
            if not value and kind != "article":
                return None
            return Heading(kind, " ".join(found.group(kind).split()), value, found.end())
    for kind in ("roman", "dotted", "number", "letter", "capital"):
        label = found.group(kind)
        if label and label in _LETTERS_LIKE_ROMANS:
            return Heading("capital", label, value_of(label.lower()), found.end())
        if label:
            return Heading(kind, label, value_of(label.split(".")[-1]), found.end())
    return None


class Outline:
    """Collects sections from paragraphs in order; ``preamble`` is what stands before the first."""

    def __init__(self) -> None:
        self.sections: list[Draft] = []
        self.preamble: list[Fragment] = []
        self._stack: list[_Open] = []
        self._paths: dict[str, int] = {}

    def add(self, paragraph: Paragraph, last: bool = False) -> None:
        """Takes the next paragraph: a new section or text of the one that is open."""
        words = paragraph.words
        heading = heading_of(words.text)
        if heading is not None and self._fits(heading, words.text):
            self._open(heading, words, last)
        elif self.sections:
            section = self.sections[-1]
            _decide(section)
            if section.wants_title and _is_title_below(words.text):
                parts = [part for part in (section.title, words) if part is not None]
                section.title = join(parts)
                section.end = words.end
                return
            section.wants_title = False
            section.paragraphs.append(words)
            section.end = words.end
        else:
            self.preamble.append(words)

    def appendix(self, label: str, title: Fragment | None, start: int, end: int) -> None:
        """Opens the level-1 section of an appendix."""
        self._stack.clear()
        self._push("appendix", label, 0, title, start, end)

    def close(self) -> None:
        """Ends the open sections, so that a following heading begins at the top."""
        self._stack.clear()

    @property
    def current(self) -> int | None:
        """The index of the section that is open."""
        return len(self.sections) - 1 if self.sections else None

    def finished(self) -> tuple[RawSection, ...]:
        """All sections in order."""
        return tuple(
            RawSection(
                label=draft.label,
                path=draft.path,
                level=draft.level,
                parent=draft.parent,
                title=draft.title,
                paragraphs=tuple(draft.paragraphs),
                start=draft.start,
                end=draft.end,
            )
            for draft in self.sections
        )

    def _fits(self, heading: Heading, text: str) -> bool:
        """Is this number plausible here: a first one, or one that goes on from an open level?"""
        if heading.scheme == "division" and len(text) <= heading.behind:
            # "Mục 1" alone is a head, its title below; "Mục 7" of another text is not.
            before = heading.value - 1
            return not before or any(
                level.scheme == "division" and level.value == before for level in self._stack
            )
        if heading.scheme in ("part", "chapter", "division", "article"):
            return True
        for level in reversed(self._stack):
            if level.scheme == heading.scheme and (
                heading.scheme != "dotted" or level.label.count(".") == heading.label.count(".")
            ):
                return True
        if heading.scheme == "letter":
            return heading.value == 1 or bool(self._stack)
        if heading.scheme == "roman":
            return heading.value <= 30
        return True

    def _open(self, heading: Heading, words: Fragment, last: bool) -> None:
        text = words.text
        behind = words.cut(heading.behind, len(text))
        title: Fragment | None = None
        own: list[Fragment] = []
        maybe = heading.scheme != "letter" and _may_be_title(behind.text)
        if not behind.text:
            pass
        elif is_title(behind.text, heading.scheme, last):
            title = behind.cut(0, len(behind.text.rstrip(" :.")))
        else:
            own = [behind]
        self._close_for(heading)
        self._push(heading.scheme, heading.label, heading.value, title, words.start, words.end)
        self.sections[-1].paragraphs = own
        self.sections[-1].maybe_title = maybe and title is None
        self.sections[-1].wants_title = not behind.text and heading.scheme in _NAMED_SCHEMES

    def _close_for(self, heading: Heading) -> None:
        """Closes the levels that this heading ends: its own scheme's and all below it."""
        stack = self._stack
        if heading.scheme == "dotted":
            head = heading.label.rsplit(".", 1)[0]
            for depth in range(len(stack) - 1, -1, -1):
                level = stack[depth]
                if level.label == head and level.scheme in ("number", "dotted"):
                    del stack[depth + 1 :]
                    return
                if level.scheme == "dotted" and level.label.count(".") == heading.label.count("."):
                    del stack[depth:]
                    return
        for depth in range(len(stack) - 1, -1, -1):
            level = stack[depth]
            if level.scheme == heading.scheme:
                if self._is_nested_restart(depth, heading):
                    return
                del stack[depth:]
                return
        if heading.scheme in ("part", "chapter", "division", "article"):
            order = ("appendix", "part", "chapter", "division", "article")
            mine = order.index(heading.scheme)
            while stack and (
                stack[-1].scheme not in order or order.index(stack[-1].scheme) >= mine
            ):
                stack.pop()

    def _is_nested_restart(self, depth: int, heading: Heading) -> bool:
        """ "1." below "a)" below "1.": a count that starts anew under a deeper level."""
        level = self._stack[depth]
        return (
            heading.value == 1
            and level.value >= 1
            and depth < len(self._stack) - 1
            and not is_next(level.label, heading.label)
            and heading.scheme in ("number", "letter")
        )

    def _push(
        self, scheme: str, label: str, value: int, title: Fragment | None, start: int, end: int
    ) -> None:
        parent = self._stack[-1].index if self._stack else None
        if parent is not None:
            _decide(self.sections[parent])
        above = f"{self.sections[parent].path}/" if parent is not None else ""
        path = above + label
        count = self._paths.get(path, 0) + 1
        self._paths[path] = count
        if count > 1:
            path = f"{path}-{count}"
        self.sections.append(
            Draft(label, path, len(self._stack) + 1, parent, title, [], start, end)
        )
        self._stack.append(_Open(scheme, label, value, len(self.sections) - 1))


def _is_title_below(text: str) -> bool:
    """The line below "Chương I": its title, in capitals or short and without an end."""
    return text[0] not in "-+•(" and (
        is_capital(text) or (len(text.split()) <= 20 and not text.endswith((*_ENDS, ":")))
    )


def _decide(section: Draft) -> None:
    """Words with a full stop ("2. Sở Du lịch.") are a title once text or a clause follows them."""
    if section.maybe_title:
        words = section.paragraphs[0]
        section.title = words.cut(0, len(words.text.rstrip(" .")))
        section.paragraphs = []
        section.maybe_title = False


def _may_be_title(text: str) -> bool:
    bare = text.rstrip()
    return (
        bare.endswith(".")
        and not bare.endswith("/.")
        and len(bare.split()) <= 12
        and not any(mark in bare[:-1] for mark in (". ", ";", ": "))
    )


def is_title(text: str, scheme: str, last: bool = False) -> bool:
    """A heading's words, as against a clause that runs on after its number.

    Capitals are a title. Small letters are one where they end without a full stop and are short;
    a last paragraph that breaks off is text.
    """
    bare = text.rstrip()
    if is_capital(bare) or is_capital(bare.split("(")[0]):
        return True
    if scheme == "article" and not bare.endswith(":"):
        return len(bare.split()) <= 20 and not bare.endswith((*_ENDS, ":"))
    words = len(bare.split())
    if bare.endswith(":"):
        return words <= 25 and ". " not in bare and "; " not in bare
    if bare.endswith(_ENDS):
        return False
    if ". " in bare or "; " in bare:
        return False
    return words <= (12 if last else _MOST_TITLE_WORDS)
