"""The title of a document below its type, and the number and date that share a line with others."""

from __future__ import annotations

from collections.abc import Sequence

from extract.cells import TableBlock
from extract.document_draft import DocumentDraft
from extract.frame import (
    SYMBOL,
    enactor_in,
    is_capital,
    line_kind,
    type_at_head,
    type_that_opens,
)
from extract.outline import heading_of
from extract.paragraphs import Paragraph, Piece
from normalize.fragment import Fragment
from normalize.patterns import pattern

_BLANK = pattern(r"\s+(?=\p{Lu})")


def read_title(
    document: DocumentDraft, pieces: Sequence[Piece], piece: Paragraph, index: int
) -> int:
    """Reads the type line and the lines of the title below it; the index behind them."""
    found = type_at_head(piece.text) or type_that_opens(piece.text)
    assert found is not None
    document.type_words = found[0]
    rest = _without_enactor(piece.words.cut(found[1], len(piece.text)))
    symbol = SYMBOL.match(rest.text)
    if symbol is not None and document.symbol is None:  # "KẾ HOẠCH SỐ 12/KH-UBND"
        document.symbol = rest.cut(*symbol.span("symbol"))
        rest = rest.cut(len(rest.text), len(rest.text))
    if rest.text.strip(" .:*"):
        document.title.append(rest)
    index += 1
    while index < len(pieces):
        line = pieces[index]
        if isinstance(line, TableBlock):
            break
        kind = line_kind(line.text)
        stops = kind in (
            "caption",
            "basis",
            "decides",
            "nation",
            "symbol",
            "recipients",
            "appendix",
        )
        if kind == "issuer" and document.title:
            stops = (
                stops
                or line.gap
                or not is_capital(document.title[-1].text)
                or enactor_in(f"{document.title[-1].text} {line.text}") > 0
            )
        if kind == "dateline":
            if document.dateline is None:
                document.dateline = line.words
            index += 1
            continue
        if not any(map(str.isalnum, line.text)):
            index += 1  # a rule below the title
            continue
        if stops or heading_of(line.text) or not _may_be_title(line, document.title):
            break
        document.title.append(line.words)
        document.end = max(document.end, line.words.end)
        index += 1
    return index


def dateline_behind(text: str) -> int:
    """Where place and date begin behind the number on one line; 0 where they do not stand there."""
    if text[:1] not in "Ss" or "ng" not in text:
        return 0
    for blank in _BLANK.finditer(text, 0, 120):
        dated = line_kind(text[blank.end() :]) == "dateline"
        if dated and SYMBOL.match(text[: blank.start()]) is not None:
            return blank.end()
    return 0


def _without_enactor(title: Fragment) -> Fragment:
    """A title run that goes on into the line of who decides ("… BỘ TRƯỞNG BỘ …") ends before it."""
    found = enactor_in(title.text)
    return title.cut(0, found) if found else title


def _may_be_title(line: Paragraph, title: list[Fragment]) -> bool:
    text = line.text
    if len(text) > 420:
        return False
    if not title:
        return not text.endswith((";",))
    if line.gap and not is_capital(text):
        return False
    return not text.endswith((".", ";", ":")) or is_capital(text)
