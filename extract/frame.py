"""The fixed lines of an administrative document: what each line of its frame is.

Layout and wording follow Decree 30/2020/NĐ-CP, appendix I: issuer and motto, number, place and
date, type and title, basis, recipients, authority, signature.
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.signer_titles import signer_titles
from normalize.text import key

SYMBOL = pattern(
    r"(?i:số|sô)\s*[:.]?\s*(?P<symbol>(?:[\d.…_\s]*|[\dlIO]{2,6}\s*)(?:[-/]\s*|(?<=\d\s)(?=(?:KH|CTr|QĐ|HD|TB)\s?[-/]))[\p{Lu}Đ][\p{L}\d&().\s/-]*|\d[\d.…\s]*/\d{4}\s*/[\p{Lu}][\p{L}&\d\s/-]*)$"
)
DATELINE = pattern(
    r"(?P<place>\p{Lu}[\p{L}\s.\-–]{1,40}?(?:\s\d{1,2})?)\s*,?\s*(?i:ngày)\s*(?:(?:[\d.…_\s]*)\s*(?i:tháng)\s*(?:[\d.…_\s]*)\s*(?i:n[ăã]m)\s*[\d.…]*\.?"
    r"|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\.?)$"
)
PLACELESS_DATE = pattern(r"[,\s]*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d\s*\.?$")
"""A date line that has lost its place; a stamp writes "Ngày …"."""
AUTHORITY = pattern(
    r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.|(?:T/M|K/T|T/L)\.?|(?:TM|KT|TL|TUQ)(?=\s))\s*(?=\p{Lu}{2})"
)
ANY_AUTHORITY = pattern(
    r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.|(?:T/M|K/T|T/L)\.?|(?:TM|KT|TL|TUQ)(?=\s))\s*(?=\p{Lu})"
)
CAPTION = pattern(
    r"\(?\s*(?:(?i:ban\s+hành)\s+)?(?i:(?:đính\s+)?kèm\s+theo)\s+(?P<type>\p{L}[\p{L}\s]{3,24}?)\s*(?i:số)\b"
)
APPENDIX = pattern(
    r"(?P<label>(?:PHỤ\s+LỤC|Phụ\s+lục|PHỤ\s+BIỂU|BIỂU)(?:\s+(?:số\s*|SỐ\s*)?(?P<number>\d{1,2}|[IVX]{1,5}|[A-Z])(?![\p{L}\d]))?)\s*[:.\-–]?\s*(?=\p{Lu}|\(|$)"
)
RECIPIENTS = pattern(r"(?i)nơi\s+nhận\s*:?")
NAME = pattern(r"(?:\p{Lu}[\p{Ll}\p{M}]*)(?:\s+\p{Lu}[\p{Ll}\p{M}]*){1,5}$")
_LETTERS = pattern(r"[\p{L}\p{M}]+")
_BASIS = pattern(r"(?:Căn cứ|CĂN CỨ|Theo đề nghị|Xét đề nghị)\s")
_PLACE_LINE = pattern(
    r"(?i:tỉnh|thành\s+phố|huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu)\s+[\p{Lu}\d]"
)
_SET_APART = pattern(r"\p{Lu}(?:\s+\p{Lu}){4,30}\s*")
_ACTING = pattern(r"QUYỀN\s+(?=\p{Lu})")
_CAPS_NAME = pattern(r"\p{Lu}+(?:\s+\p{Lu}+){1,4}$")


@cache
def frame_words() -> frozenset[str]:
    """Keys of every fixed phrase of the frame."""
    return frozenset(
        key(phrase) for row in entries("frame_words") for phrase in several(row["phrases"])
    )


@cache
def _types() -> dict[str, str]:
    return {
        key(phrase): row["meaning"]
        for row in entries("frame_words")
        if row["kind"] == "type"
        for phrase in several(row["phrases"])
    }


@cache
def _types_joined() -> dict[str, str]:
    """Type words without blanks → in capitals as they are printed."""
    return {
        phrase.replace(" ", ""): phrase.upper()
        for row in entries("frame_words")
        if row["kind"] == "type"
        for phrase in several(row["phrases"])
    }


@cache
def _keys_of(kind: str) -> tuple[str, ...]:
    """Keys of the frame's phrases of one kind ("issuer", "party")."""
    return tuple(
        key(phrase)
        for row in entries("frame_words")
        if row["kind"] == kind
        for phrase in several(row["phrases"])
    )


@cache
def _titles() -> dict[str, str]:
    return signer_titles()


@cache
def _enactor() -> regex.Pattern[str]:
    phrases = [
        phrase.upper()
        for row in entries("frame_words")
        if row["kind"] == "enactor"
        for phrase in several(row["phrases"])
    ]
    options = "|".join(regex.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return pattern(rf"(?<=\S)\s+(?:{options})(?=\s|$)")


def enactor_in(title: str) -> int:
    """Where the line of who decides begins behind a title in capitals; 0 where there is none."""
    if not is_capital(title):
        return 0
    at = 0
    for found in _enactor().finditer(title):
        before = key(title[: found.start()]).split(" ")[-1]
        if before not in ("cua2", "do", "bơi2", "va1", "vê1"):
            at = found.start()
    return at


def is_capital(text: str) -> bool:
    """Written in capitals, but for a quotation or a bracket."""
    small = sum(map(str.islower, text))
    return (
        len(text) - small > 2
        and text[:2] != text[:2].lower()
        and (small == 0 or small * 10 <= sum(map(str.isalpha, text)))
    )


@lru_cache(maxsize=4096)
def line_kind(text: str) -> str:
    """What a line of the frame is; "" for running text.

    ``nation``, ``motto``, ``symbol``, ``dateline``, ``type``, ``decides``, ``appendix``,
    ``caption``, ``recipients``, ``authority``, ``issuer``, ``basis``, ``stamp``.
    """
    first = text[:1]
    if not first or not (first.isupper() or first == "("):
        # Bullets, numbers and small letters open running text, but for a caption's or a number's.
        return _small_kind(text)
    if len(text) > 400:
        return "basis" if _BASIS.match(text) else ""
    if first == "(":
        return "caption" if CAPTION.match(text) else ""
    if first in "CĐ":
        words = key(text[:90])
        if words.startswith(("công5 hoa1 xa3 hôi5 chu2", "công5 hoa1 xhcn")):
            return "nation"
        if words.startswith("đôc5 lâp5 tư5 do"):
            return "motto"
        if words in (*_keys_of("party"), *_keys_of("union")) and is_capital(text):
            return "nation"
    if first == "S" and SYMBOL.match(text):
        return "symbol"
    if len(text) < 90 and "ng" in text.lower() and DATELINE.match(text):
        return "dateline"
    if first == "N" and RECIPIENTS.match(text):
        return "recipients"
    if first in "TKQ" and AUTHORITY.match(text):
        return "authority"
    if first in "BKĐ" and CAPTION.match(text):
        return "caption"
    if first in "PB" and len(text) < 300 and (found := APPENDIX.match(text)):
        # "BIỂU PHÂN CÔNG NHIỆM VỤ" without a number is the title of a table.
        return "" if first == "B" and not found.group("number") else "appendix"
    if first in "CTX" and _BASIS.match(text):
        return "basis"
    if len(text) < 120 and _is_stamp(text):
        return "stamp"
    if not text[:2].isupper() and text[1:2] not in " .\u00a0":
        return ""
    if type_at_head(text) is not None:
        return "decides" if text.rstrip().endswith(":") else "type"
    if is_capital(text) and any(
        words == head or words.startswith(head + " ")
        for words in (key(text[:90]),)
        for head in _keys_of("issuer")
    ):
        return "issuer"
    return ""


def is_union(text: str) -> bool:
    """A union's name: in the motto's place, or as the superior above the issuer."""
    return key(text[:90]) in _keys_of("union")


def _is_stamp(text: str) -> bool:
    """ "CÔNG VĂN ĐẾN Số: 45 Ngày …", "HỎA TỐC", "Độ mật: Mật": no line of the document's own."""
    words = key(text[:60])
    if any(words.startswith(head + " ") for head in _keys_of("stamp_opens")):
        return text[:7].isupper() or len(text) < 40
    return words in _keys_of("stamp") and is_capital(text)


def cuts_frame(above: str, below: str) -> bool:
    """Did a line end cut the motto, or the issuer's name, in two?"""
    if not 1 < len(above) < 60 or not 1 < len(below) < 80 or not below[:2].isupper():
        return False
    if line_kind(above) != "nation" and line_kind(f"{above} {below}") == "nation":
        return line_kind(below) != "nation"
    bare = AUTHORITY.sub("", above)
    own, whole = key(bare), key(f"{bare} {below}")
    return is_capital(bare) and any(
        head.startswith(own + " ") and (whole + " ").startswith(head + " ")
        for head in _keys_of("issuer")
    )


def opens_issuer(text: str) -> bool:
    """The words of a short line, in any letters, begin like an issuer's ("Ủy ban nhân dân …")."""
    words = key(text[:90])
    return (
        len(text) < 90
        and text[:1].isupper()
        and text[-1] not in ".;:,"
        and any(words == head or words.startswith(head + " ") for head in _keys_of("issuer"))
    )


def _small_kind(text: str) -> str:
    if len(text) > 400:
        return ""
    if text.startswith(("số", "sô")) and SYMBOL.match(text):
        return "symbol"
    if text.startswith("nơi nhận"):
        return "recipients"
    return (
        "caption" if text.startswith(("kèm theo", "ban hành kèm")) and CAPTION.match(text) else ""
    )


def type_at_head(text: str) -> tuple[str, int] | None:
    """The document type in capitals that opens the line and the offset behind its words.

    Letters set apart ("K Ế  H O Ạ C H") are one line of their own.
    """
    if text[1:2].isspace() and _SET_APART.fullmatch(text):
        words = _types_joined().get("".join(text.split()).casefold())
        return (words, len(text)) if words is not None else None
    best: tuple[str, int] | None = None
    for count, found in enumerate(_LETTERS.finditer(text, 0, 60)):
        if count > 3 or not found.group().isupper():
            break
        if key(text[: found.end()]) in _types():
            best = (text[: found.end()], found.end())
    return best


def type_that_opens(text: str) -> tuple[str, int] | None:
    """The document type, in any letters, that opens a headline, and the offset behind it."""
    best: tuple[str, int] | None = None
    for count, found in enumerate(_LETTERS.finditer(text, 0, 60)):
        if count > 3:
            break
        if key(text[: found.end()]) in _types():
            best = (text[: found.end()], found.end())
    return best


def is_type(text: str) -> bool:
    """The line is a document type and nothing else, in any letters."""
    found = type_that_opens(text)
    return found is not None and not text[found[1] :].strip(" .:*")


def names_place(text: str) -> bool:
    """The line names where an issuer above it sits ("tỉnh Thừa Thiên Huế")."""
    return len(text) < 60 and _PLACE_LINE.match(text) is not None


def is_delegation(authority: str) -> bool:
    """ "KT.", "TL.", "TUQ.": the title behind is another's, the signer's own follows."""
    return authority.lstrip().startswith(("KT", "K/T", "TL", "T/L", "TUQ"))


def signer_title(text: str) -> str | None:
    """The proper spelling of a title in a signature ("PHÓ CHỦ TỊCH" → "Phó Chủ tịch")."""
    words = key(_ACTING.sub("", ANY_AUTHORITY.sub("", text)))
    return _titles().get(words)


def small_authority(text: str) -> bool:
    """ "TM. Ủy ban nhân dân", "KT. Giám đốc": who is signed for, in any letters."""
    found = ANY_AUTHORITY.match(text)
    if found is None:
        return False
    rest = text[found.end() :]
    return opens_issuer(rest) or signer_title(rest) is not None


def titles_at_head(text: str) -> int:
    """The length of the longest signer's title in capitals that opens the text; 0 for none.

    A line that is a title and nothing else counts in small letters too ("Phó Giám đốc").
    """
    if not text[:2].isupper():
        return len(text) if len(text) <= 40 and text[:1].isupper() and signer_title(text) else 0
    best = 0
    start = _ACTING.match(text)
    first = start.end() if start is not None else 0
    for count, found in enumerate(_LETTERS.finditer(text, first, first + 80)):
        if count > 7 or not found.group().isupper():
            break
        if key(text[first : found.end()]) in _titles():
            best = found.end()
    return best


def is_name(text: str) -> bool:
    """Two to six capitalised words and nothing else."""
    return (
        len(text) <= 45
        and (NAME.match(text) is not None or _CAPS_NAME.match(text) is not None)
        and "," not in text
    )
