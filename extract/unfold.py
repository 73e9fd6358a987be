"""A plan poured into one block of text, unfolded into its paragraphs.

Portals hand out plans in which letterhead, headings, bullets, recipients and signature follow
each other without a line end. Headings are found by the unbroken count of their numbers, by runs
of capital letters and by the fixed words of an administrative document.
"""

from __future__ import annotations

from functools import cache

import regex

from extract.repair import is_next
from normalize.fragment import Fragment
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key

_MOTTO = pattern(r"(?i)độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc")
_CAPS_WORD = r"[\p{Lu}\d]++(?:[-/.][\p{Lu}\d]++)*+(?![\p{L}/-])"
_FIXED = pattern(
    r"(?P<nation>CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI(?:\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM\b)?)"
    r"|(?P<motto>Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc)"
    r"|(?P<number>(?<=[\s\-])Số\s*:\s*(?:[\d.…]*\s*[/-]))"
    r"|(?P<date>(?<!\p{L})(?:(?:Thành phố|Tỉnh|TP\.?)\s+)?(?:\p{Lu}\p{Ll}+\s+){0,3}\p{Lu}\p{Ll}+"
    r"\s?,\s*ngày\s*[\d.…]*\s*tháng\s*[\d.…]*\s*năm\s*\d{4})"
    r"|(?P<basis>(?:Căn cứ|Theo đề nghị|Xét đề nghị|Thực hiện)\s)"
    r"|(?P<decides>(?:QUYẾT\s+ĐỊNH|QUYẾT\s+NGHỊ|CHỈ\s+THỊ)\s*:)"
    r"|(?P<recipients>Nơi nhận\s*:)"
    r"|(?P<authority>(?:TM|KT|TL|TUQ|Q)\s*\.\s*(?=\p{Lu}{2}))"
    r"|(?P<caption>\(?(?:Ban hành kèm theo|Kèm theo)\s+"
    r"(?:Quyết định|Kế hoạch|Nghị quyết|Chỉ thị|Chương trình|Thông báo|Văn bản|Công văn)\s+số)"
    r"|(?P<appendix>PHỤ\s+LỤC\b)"
    r"|(?P<rule>[-–_=*]{3,})"
)
_HEADING = pattern(
    r"(?<![\p{L}\d/.,(\-–])(?:(?P<article>Điều\s+\d{1,3})\s?\.|(?P<part>(?:PHẦN|CHƯƠNG|MỤC|Phần|Chương)\s+(?:[IVX]+|\d+|THỨ\s+\S+|thứ\s+\S+))\b"
    r"|(?P<roman>[IVX]{1,6})\s?[.)/]|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})\s?\.?|(?P<number>\d{1,2})\s?[.)/]"
    r"|(?P<letter>[a-zđ])\s?\)|(?P<dash>[-–+•])(?=\s)(?!(?<=[\d%]\s.)\s*\d))\s*+(?=[\"“‘']?(?:\p{L}|\d+(?:,\d+)?\s?%))"
)
_CAPS_RUN = pattern(
    rf"(?<![\p{{L}}\d/-])[“\"(]?(?=\p{{Lu}}){_CAPS_WORD}(?:[\s,;:–“”\"()&-]+{_CAPS_WORD})*+[”\")]*"
)
_CAPS_WORDS = pattern(r"\p{Lu}{2,}")
_RECIPIENT = pattern(r"(?<=[;:.])\s*[-–]\s")
_TWO_LETTERS = pattern(r"\p{L}{2}")
_NUMBER_OR_DATE = pattern(r"Số\s*:|ngày")
_QUOTATION = pattern(r"\s*[“\"][^“”\"]{3,120}[”\"]")
_AUTHORITY_BEFORE = pattern(r"(?:^|\s)(?:TM|KT|TL|TUQ|Q)\s*\.$")
_REFERENCE = frozenset(
    key(word)
    for word in ("khoản điểm điều số mục tháng ngày quý lục chương và tại phần kỳ".split())
)
_NUMBER_BEFORE = pattern(
    r"(?:^|\s)(?:[IVX]{1,6}|\d{1,2}(?:\.\d{1,2})*|[A-Z]|(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+\S+)"
    r"\s?[.):/-]$"
)
_BREAK_MARK = (".", ";", ":", "!", "?", ")", "”", ",")


def is_poured(lines: list[Fragment]) -> bool:
    """The motto shares its paragraph with what follows: the line ends are gone."""
    for index, line in enumerate(lines[:12]):
        found = _MOTTO.search(line.text)
        if found:
            behind = line.text[found.end() :].strip(" -–_*=")
            return _TWO_LETTERS.search(behind) is not None
        # A motto cut by the wrap ("… Hạnh" / "phúc --- Số: …") counts too.
        if index and _MOTTO.search(lines[index - 1].text + " " + line.text):
            return _NUMBER_OR_DATE.search(line.text) is not None
    return False


def unfold(words: Fragment, frame: bool = False) -> list[Fragment]:
    """The paragraphs of a poured text in order; ``frame`` for a letterhead or signature cell."""
    text = words.text
    cuts: set[int] = {0}
    drops: list[tuple[int, int]] = []
    for found in _FIXED.finditer(text):
        kind = found.lastgroup
        if kind == "rule":
            drops.append(found.span())
            cuts.update(found.span())
        elif kind in ("number", "authority", "caption", "recipients", "appendix"):
            cuts.add(found.start())
        elif kind in ("nation", "motto", "date", "decides"):
            cuts.update(found.span())
        elif kind == "basis" and _begins_sentence(text, found.start()):
            cuts.add(found.start())
    cuts.update(at for at, char in enumerate(text, 1) if char == "\n")
    _cut_capitals(text, cuts)
    if not frame:
        _cut_captions(text, cuts)
        _cut_headings(text, cuts)
    edges = sorted(cuts)
    made = []
    for low, high in zip(edges, [*edges[1:], len(text)], strict=True):
        part = words.cut(low, high)
        if part.text and not any(start <= low < end for start, end in drops):
            made.append(part)
    return _recipient_items(made)


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return (
        not before or before.endswith(_BREAK_MARK) or before[-1].isupper() or before[-1].isdigit()
    )


def _cut_capitals(text: str, cuts: set[int]) -> None:
    """A run of words in capitals is a line of its own; two words only if the frame knows them."""
    for run in _CAPS_RUN.finditer(text):
        words = _CAPS_WORDS.findall(run.group())
        if len(words) < 2 or sum(len(word) for word in words) < 7:
            continue
        if len(words) == 2 and not _is_frame_words(run.group()):
            continue
        start, end = run.span()
        if _stands_alone(text, start):
            cuts.add(start)
        tail = text[end:].lstrip()
        quoted = _QUOTATION.match(text, end)
        if quoted and "“" not in run.group():
            cuts.add(quoted.end())  # the name of a campaign ends the title
        elif not tail.startswith((",", ";", ")", "/", ".", ":")):
            cuts.add(end)


def _is_frame_words(run: str) -> bool:
    from extract.frame import frame_words

    return key(run) in frame_words()


def _stands_alone(text: str, at: int) -> bool:
    """No number stands before the run: "I. MỤC TIÊU" is cut before its number, not after."""
    before = text[:at].rstrip()
    return _NUMBER_BEFORE.search(before) is None and _AUTHORITY_BEFORE.search(before) is None


def _cut_captions(text: str, cuts: set[int]) -> None:
    """Behind the bracket that closes a caption "(Ban hành kèm theo …)" a new paragraph begins."""
    for found in _FIXED.finditer(text):
        if found.lastgroup == "caption" and found.group().startswith("("):
            end = text.find(")", found.end())
            if 0 < end - found.start() < 400:
                cuts.add(end + 1)


def _cut_headings(text: str, cuts: set[int]) -> None:
    """Numbered headings in unbroken count, articles, and bullets after a sentence's end."""
    open_numbers: dict[str, str] = {}
    last_heading = 0
    for found in _HEADING.finditer(text):
        kind = found.lastgroup or ""
        at = found.start()
        before = text[max(0, at - 40) : at].rstrip()
        word = key(before.split(" ")[-1]) if before else ""
        if kind == "dash":
            if before.endswith((".", ";", ":", "./.")) or (
                last_heading and at - last_heading < 90 and ":" not in text[last_heading:at]
            ):
                cuts.add(at)
                last_heading = 0
            continue
        if word in _REFERENCE:
            continue
        number = found.group(kind)
        if kind == "article" or kind == "part":
            if before.endswith(_BREAK_MARK) or not before or before[-1].isupper():
                cuts.add(at)
                open_numbers = (
                    {kind: number, "roman": open_numbers.get("roman", "")}
                    if kind == "part"
                    else {kind: number}
                )
                last_heading = found.end()
            continue
        if not _counts_on(kind, number, open_numbers):
            continue
        if (
            text[found.end() : found.end() + 1].islower()
            and kind != "letter"
            and not before.endswith((".", ";", ":"))
        ):
            continue
        for deeper in _DEEPER[kind]:
            open_numbers.pop(deeper, None)
        open_numbers[kind] = number
        cuts.add(at)
        last_heading = found.end()
        title = _known_title(text, found.end())
        if title:
            cuts.add(title)


@cache
def _titles() -> regex.Pattern[str]:
    phrases = [p for row in entries("section_titles") for p in several(row["phrases"])]
    options = "|".join(regex.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return pattern(rf"(?i:{options})\s*:?\s+(?=\p{{Lu}}\p{{Ll}})")


def _known_title(text: str, at: int) -> int:
    """Where a heading that every plan has ("Mục đích", "Yêu cầu") ends and its text begins."""
    found = _titles().match(text, at)
    return found.end() if found and text[at].isupper() else 0


_DEEPER = {
    "roman": ("number", "dotted", "letter"),
    "number": ("dotted", "letter"),
    "dotted": ("letter",),
    "letter": (),
}


def _counts_on(kind: str, number: str, open_numbers: dict[str, str]) -> bool:
    last = open_numbers.get(kind)
    if kind == "dotted":
        if last is not None and (is_next(last, number) or number == f"{last}.1"):
            return True
        parts = number.split(".")
        if last is not None and parts[-1] == "1" and len(parts) <= last.count(".") + 1:
            return True
        head = ".".join(parts[:-1])
        if last is not None and is_next(".".join(last.split(".")[: len(parts)]), number):
            return True
        return parts[-1] == "1" and (head == open_numbers.get("number") or last is None)
    first = {"roman": "I", "number": "1", "letter": "a"}[kind]
    if last is None:
        return number == first
    return is_next(last, number)


def _recipient_items(parts: list[Fragment]) -> list[Fragment]:
    """The bullets behind "Nơi nhận:" as lines of their own."""
    made: list[Fragment] = []
    for part in parts:
        if not part.text.startswith("Nơi nhận"):
            made.append(part)
            continue
        edges = [0, *(m.start() for m in _RECIPIENT.finditer(part.text))]
        made += [
            piece
            for low, high in zip(edges, [*edges[1:], len(part.text)], strict=True)
            if (piece := part.cut(low, high)).text
        ]
    return made
