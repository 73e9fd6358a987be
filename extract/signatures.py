"""A document's signature: in whose name, the signer's titles, the name, on several lines or one.

Decree 30/2020/NĐ-CP, appendix I, prints authority and titles in capitals; offices also copy them
in small letters ("Giám đốc"), put "(Đã ký)" where the ink was, a rank or degree before the name,
and a further post of the signer below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extract.cells import TableBlock
from extract.document_draft import DocumentDraft, part_name
from extract.frame import (
    is_capital,
    is_name,
    line_kind,
    opens_issuer,
    signer_title,
    small_authority,
    titles_at_head,
)
from extract.outline import heading_of
from extract.paragraphs import Paragraph, Piece
from normalize.fragment import Fragment
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.signer_titles import misread_title, names_title
from normalize.text import key

_SIGNED = pattern(
    r"(?i)\W*(?:đã\s+)?(?:ký|kí)(?:\s+tên|\s+số|\s+điện\s+tử)?[\s,]*(?:và\s+)?(?:đóng\s+dấu)?\W*"
    r"|\[\w{2,8}\]"
)
_MOST_LINES = 8
_TO_NAME = 6
"""Lines between the first of a signature and the name."""
_TO_END = 10
"""Lines that may stand between a name that no recipients precede and the document's end."""
_LONGEST_TITLE = 70


@cache
def _ranks() -> regex.Pattern[str]:
    phrases = [
        r"[.\s]*".join(regex.escape(part) for part in phrase.split())
        for row in entries("name_ranks")
        for phrase in several(row["phrases"])
    ]
    options = "|".join(sorted(phrases, key=len, reverse=True))
    return pattern(rf"(?i)(?:(?:{options})(?:\.\s*|[\s,]+|$))+")


@cache
def _title_openers() -> frozenset[str]:
    """Keys of words that open titles and hardly ever a name."""
    return frozenset(
        key(phrase)
        for row in entries("frame_words")
        if row["kind"] == "title_opener"
        for phrase in several(row["phrases"])
    )


def person_in(text: str) -> int | None:
    """Where the person's name begins in a line that holds a name and nothing but its ranks.

    "Đại tá Trần Văn Mẫu", "PGS.TS. Trần Văn Mẫu"; None for any other line.
    """
    found = _ranks().match(text)
    start = found.end() if found is not None else 0
    name = text[start:]
    if not is_name(name) or titles_at_head(name) or signer_title(name) or opens_issuer(name):
        return None
    if names_title(name):
        return None  # "Pho Chủ Tịch": a scan lost its marks
    if name.isupper() and key(name.split()[0]) in _title_openers():
        return None  # "PHÓ TRƯỞNG …" of an office that the lexicon does not know
    return start


def opens_signature(pieces: Sequence[Piece], index: int, in_tail: bool) -> bool:
    """Does a signature begin with this line?

    In capitals its words tell. In small letters, or with words behind a title ("TRƯỞNG CÔNG AN
    XÃ"), a name must follow, and before the recipients nothing but the document's end behind it.
    """
    piece = pieces[index]
    if not isinstance(piece, Paragraph):
        return False
    text = piece.text
    if line_kind(text) == "authority" or (text[:2].isupper() and titles_at_head(text) == len(text)):
        return True
    if not _is_title(text):
        return False
    behind = _behind_name(pieces, index)
    return behind is not None and (in_tail or _ends(pieces, behind))


def _is_title(text: str) -> bool:
    """Titles in any letters and nothing else; in capitals also with the body behind them."""
    if not 0 < len(text) <= _LONGEST_TITLE:
        return False
    if small_authority(text) or signer_title(text) or misread_title(text):
        return True
    return titles_at_head(text) > 0 and is_capital(text) and not text.endswith((":", ";"))


def _behind_name(pieces: Sequence[Piece], index: int) -> int | None:
    """The index behind the name that the titles from here on lead to; None where none does."""
    for at in range(index + 1, min(index + 1 + _TO_NAME, len(pieces))):
        line = pieces[at]
        if isinstance(line, TableBlock):
            return None
        if person_in(line.text) is not None:
            return at + 1
        if not (_is_title(line.text) or _is_passed(line.text)):
            return None
    return None


def _is_passed(text: str) -> bool:
    """A mark for the ink, a rank on a line of its own, recipients beside the signature."""
    return (
        _SIGNED.fullmatch(text) is not None
        or _ranks().fullmatch(text) is not None
        or (text[:1] in "-–" and len(text) < 120)
    )


def _ends(pieces: Sequence[Piece], index: int) -> bool:
    """Nothing but recipients stands between here and the end, the next letterhead or appendix."""
    for at in range(index, min(index + _TO_END, len(pieces))):
        line = pieces[at]
        if isinstance(line, TableBlock):
            return False
        if line_kind(line.text) in ("nation", "appendix", "type", "recipients", "issuer"):
            return True
        if heading_of(line.text) or line.text.endswith("."):
            return False
    return index + _TO_END >= len(pieces)


def read_signature(document: DocumentDraft, pieces: Sequence[Piece], index: int) -> int:
    """Reads the signature that begins at ``index``; the index of the first line behind it."""
    first = pieces[index]
    assert isinstance(first, Paragraph)
    lines = [first.words]
    index += 1
    while index < len(pieces) and len(lines) < _MOST_LINES:
        line = pieces[index]
        if isinstance(line, TableBlock):
            break
        text = line.text
        kind = line_kind(text)
        titled = titles_at_head(lines[-1].text) > 0
        if kind == "nation" or (kind == "issuer" and titled and letterhead_ahead(pieces, index)):
            break  # nobody signed by name; the next letterhead begins
        person = person_in(text) if kind != "issuer" else None
        if document.signer_name is None and person is not None:
            document.signer_name = line.words.cut(person, len(text))
            index += 1
            break
        if kind in ("authority", "issuer") or titles_at_head(text) or _is_title(text):
            lines.append(line.words)
        elif not (document.state == "tail" and _is_passed(text)):
            break
        index += 1
    if not document.signer_lines:
        document.signer_lines = lines
        part_name(document)
    document.end = max(document.end, lines[-1].end)
    return index


def name_in_tail(document: DocumentDraft, piece: Paragraph) -> Fragment | None:
    """The words of a name that stands apart from the titles above it."""
    if not document.signer_lines or document.signer_name is not None:
        return None
    person = person_in(piece.text)
    return piece.words.cut(person, len(piece.text)) if person is not None else None


def letterhead_ahead(pieces: Sequence[Piece], index: int) -> bool:
    """The motto of a letterhead follows within the next lines."""
    return any(
        isinstance(p, Paragraph) and line_kind(p.text) == "nation"
        for p in pieces[index + 1 : index + 8]
    )
