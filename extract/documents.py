"""Where one document ends and the next begins, and what its frame says.

A source may hold a decision, the plan that it issues and the appendices of both. A new document
begins at a letterhead, or at a type line in capitals once the one before was signed or where a
caption "(Ban hành kèm theo …)" follows. An appendix belongs to the document before it.
"""

from __future__ import annotations

from extract.cells import TableBlock
from extract.document_draft import DocumentDraft, finished
from extract.document_title import dateline_behind, read_title
from extract.frame import (
    APPENDIX,
    CAPTION,
    PLACELESS_DATE,
    SYMBOL,
    is_capital,
    is_name,
    is_type,
    is_union,
    line_kind,
    names_place,
    opens_issuer,
    type_at_head,
    type_that_opens,
)
from extract.outline import heading_of
from extract.paragraphs import Paragraph, Piece
from extract.signatures import letterhead_ahead, name_in_tail, opens_signature, read_signature
from normalize.findings import Note
from normalize.fragment import Fragment, join
from normalize.patterns import pattern
from normalize.raw import RawDocument
from normalize.text import key

_EFFECT = pattern(
    r"(?i)(?:thông\s+tư(?:\s+liên\s+tịch)?|nghị\s+định|quy\s+chế|quy\s+định|hướng\s+dẫn|quyết\s+định|kế\s+hoạch|nghị\s+quyết|chỉ\s+thị|văn\s+bản|chương\s+trình|đề\s+án)\s+(?:này\s+)?có\s+"
    r"hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+ngày"
)
# The header of a table whose columns were lost when the text was poured together.
_FLAT_TABLE = pattern(
    r"\b(?:S?TT)\s+(?=\p{Lu})[^.:;]{6,300}?(?:chủ trì|thực hiện|phối hợp)[^.:;]{0,200}"
)
_CAPTION_END = 12


def read_documents(pieces: list[Piece], view: str) -> list[RawDocument]:
    """All documents of a source in order; at least one."""
    return _Reader(pieces, view).read()


class _Reader:
    def __init__(self, pieces: list[Piece], view: str) -> None:
        self.pieces = pieces
        self.view = view
        self.documents: list[DocumentDraft] = []
        first = next((p for p in pieces if isinstance(p, Paragraph)), None)
        self.current = DocumentDraft(first.words.start if first else 0)
        self.documents.append(self.current)

    def read(self) -> list[RawDocument]:
        index = 0
        while index < len(self.pieces):
            piece = self.pieces[index]
            if isinstance(piece, TableBlock):
                self._table(piece, index)
                index += 1
            else:
                index = self._paragraph(piece, index)
        made: list[RawDocument] = []
        for position, document in enumerate(self.documents):
            made.append(finished(document, self._parent(position), self.view))
        return made

    # --- tables -------------------------------------------------------------------------------

    def _table(self, table: TableBlock, index: int) -> None:
        document = self.current
        before = self.pieces[index - 1] if index else None
        above = before.text if isinstance(before, Paragraph) and len(before.text) < 120 else ""
        document.tables.add(table, above, self.view, document.outline.current)
        if document.state == "head" and not self._before_letterhead(index):
            document.state = "body"
        document.end = max(document.end, table.end)

    def _before_letterhead(self, index: int) -> bool:
        """A table of a portal's own above the letterhead ("Số hiệu: | … | Loại văn bản: | …")."""
        document = self.current
        begun = document.issuer or document.symbol or document.type_words or document.dateline
        return not begun and letterhead_ahead(self.pieces, index)

    # --- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, piece: Paragraph, index: int) -> int:
        kind = line_kind(piece.text)
        if kind in ("nation", "issuer", "type") and self._begins(piece, kind, index):
            self.current = DocumentDraft(piece.words.start)
            self.documents.append(self.current)
        document = self.current
        document.end = max(document.end, piece.words.end)
        if kind == "appendix" and self._is_appendix(piece, index):
            return self._appendix(piece, index)
        if document.state == "head":
            return self._head(piece, kind, index)
        if kind == "recipients":
            document.state = "tail"
            document.outline.close()
            return index + 1
        if opens_signature(self.pieces, index, in_tail=document.signed):
            if document.state != "appendix":
                document.state = "tail"
            document.outline.close()
            return read_signature(document, self.pieces, index)
        if document.state in ("tail", "appendix") and self._is_bare_appendix(index):
            return self._appendix(piece, index)
        if kind == "caption":
            self.current.appendix_references.append(piece.words)
            return index + 1
        if document.state == "tail":
            return self._tail(piece, index)
        return self._body(piece, kind, index)

    def _begins(self, piece: Paragraph, kind: str, index: int) -> bool:
        """Does a new document begin with this line?"""
        document = self.current
        if document.state == "head":
            return False
        if kind == "type":
            if not self._in_appendix_caption(index):
                caption = self._caption_ahead(index)
                return document.signed or caption
            return False
        if kind == "nation":
            return not self._letterhead_open(index)
        return document.signed and letterhead_ahead(self.pieces, index)

    def _letterhead_open(self, index: int) -> bool:
        """The issuer's lines right above the motto began the new document already."""
        return self.current.state == "head"

    def _in_appendix_caption(self, index: int) -> bool:
        """A type word in capitals right below "PHỤ LỤC" is the appendix's title."""
        for piece in reversed(self.pieces[max(0, index - 3) : index]):
            if isinstance(piece, TableBlock):
                return False
            if line_kind(piece.text) == "appendix":
                return True
        return False

    def _caption_ahead(self, index: int) -> bool:
        """A caption follows that names another type of document as the issuing one."""
        opening = self.pieces[index]
        found = type_at_head(opening.text) if isinstance(opening, Paragraph) else None
        for piece in self.pieces[index + 1 : index + 6]:
            if isinstance(piece, TableBlock):
                return False
            caption = CAPTION.match(piece.text)
            if caption:
                return found is not None and key(caption.group("type")) != key(found[0])
            if heading_of(piece.text):
                return False
        return False

    # --- the head -----------------------------------------------------------------------------

    def _head(self, piece: Paragraph, kind: str, index: int) -> int:
        document = self.current
        text = piece.text
        if kind == "nation" and not document.issuer and is_union(text):
            document.issuer.append(piece.words)
            return index + 1
        if kind in ("nation", "motto", "stamp"):
            return index + 1
        if kind == "symbol" and document.symbol is None and document.type_words is None:
            found = SYMBOL.match(text)
            assert found is not None
            document.symbol = piece.words.cut(*found.span("symbol"))
            return index + 1
        dated = dateline_behind(text) if document.type_words is None else 0
        if dated and document.symbol is None:  # "Số: 12/KH-UBND   Lào Cai, ngày …" in one line
            found = SYMBOL.match(text[:dated].rstrip())
            assert found is not None
            document.symbol = piece.words.cut(*found.span("symbol"))
            document.dateline = document.dateline or piece.words.cut(dated, len(text))
            return index + 1
        if document.dateline is None:
            # "*** | Vinh, ngày …": a rule of stars stands beside it
            behind = len(text) - len(text.lstrip("-*_ "))
            if line_kind(text[behind:]) == "dateline":
                document.dateline = piece.words.cut(behind, len(text))
                return index + 1
        if document.type_words is None and PLACELESS_DATE.match(text):
            document.placeless_date = document.placeless_date or piece.words
            return index + 1
        framed = document.symbol is not None or document.dateline is not None
        if document.type_words is None and (kind == "type" or (framed and is_type(text))):
            return read_title(document, self.pieces, piece, index)
        if kind == "caption":
            return self._caption(piece, index, document.references)
        if document.type_words is None:
            return self._above_type(piece, index)
        if kind == "issuer" and is_capital(text):
            # "ỦY BAN NHÂN DÂN TỈNH …" above the basis repeats the letterhead, or what it lost
            if len(document.issuer) == 1 and key(text).startswith(
                f"{key(document.issuer[0].text)} "
            ):
                document.issuer = [piece.words]
            return index + 1
        document.state = "body"
        return self._body(piece, kind, index)

    def _above_type(self, piece: Paragraph, index: int) -> int:
        """Lines before the type: the issuer in capitals; running text means there is no head."""
        document = self.current
        small = opens_issuer(piece.text) or (document.issuer and names_place(piece.text))
        small_issuer = bool(small) and letterhead_ahead(self.pieces, index)
        if small_issuer or (
            is_capital(piece.text) and len(piece.text) < 160 and not heading_of(piece.text)
        ):
            if document.symbol is None and document.dateline is None:
                document.issuer.append(piece.words)
            elif not self._type_ahead(index):
                document.title.append(piece.words)
            return index + 1
        if not document.title and index == 0 and self._is_page_title(piece):
            document.type_words, start = type_that_opens(piece.text) or (None, 0)
            document.title.append(piece.words.cut(start, len(piece.text)))
            document.state = "body"
            return index + 1
        if heading_of(piece.text) or (len(piece.text) > 100 and not self._type_ahead(index)):
            document.state = "body"
            return self._body(piece, "", index)
        return index + 1

    def _is_page_title(self, piece: Paragraph) -> bool:
        """A page's own headline where no frame of a document follows."""
        return (
            len(piece.text) < 250
            and not piece.text.endswith((".", ";", ":"))
            and not any(
                isinstance(p, Paragraph) and line_kind(p.text) in ("type", "nation", "appendix")
                for p in self.pieces[:60]
            )
        )

    def _type_ahead(self, index: int) -> bool:
        return any(
            isinstance(p, Paragraph) and line_kind(p.text) in ("type", "symbol", "nation")
            for p in self.pieces[index + 1 : index + 10]
        )

    def _caption(self, piece: Paragraph, index: int, into: list[Fragment]) -> int:
        """A caption in brackets, also over several lines."""
        words = [piece.words]
        index += 1
        if piece.text.startswith("("):
            while (
                index < len(self.pieces)
                and words[-1].text.count(")") == 0
                and len(words) < _CAPTION_END
            ):
                line = self.pieces[index]
                if isinstance(line, TableBlock) or heading_of(line.text):
                    break
                words.append(line.words)
                index += 1
        else:
            self._flat_table(piece)
            while index < len(self.pieces) and len(words) < 4:
                line = self.pieces[index]
                if isinstance(line, TableBlock) or line.gap or not line.text[:1].islower():
                    break
                words.append(line.words)
                index += 1
        into.append(join(words))
        self.current.end = max(self.current.end, words[-1].end)
        return index

    # --- body and tail ------------------------------------------------------------------------

    def _body(self, piece: Paragraph, kind: str, index: int) -> int:
        document = self.current
        if kind == "decides":
            return index + 1
        self._flat_table(piece)
        if _EFFECT.search(piece.text) and document.effective is None:
            document.effective = piece.words
        document.outline.add(piece, last=index == len(self.pieces) - 1)
        return index + 1

    def _flat_table(self, piece: Paragraph) -> None:
        found = _FLAT_TABLE.search(piece.text)
        if found and found.group().count(" ") > 6:
            start, end = piece.words.span(*found.span())
            words = found.group().strip()
            self.current.notes.append(Note("table.flattened", words, None, start, end))

    def _tail(self, piece: Paragraph, index: int) -> int:
        """Behind recipients and signature: their lines, until a heading begins anew."""
        document = self.current
        name = name_in_tail(document, piece)
        if name is not None:
            document.signer_name = name
            return index + 1
        heading = heading_of(piece.text)
        if heading is not None and (
            heading.scheme in ("roman", "part", "chapter")
            and is_capital(piece.text[heading.behind :])
        ):
            document.state = "body"
            return self._body(piece, "", index)
        return index + 1

    # --- appendices ---------------------------------------------------------------------------

    def _is_appendix(self, piece: Paragraph, index: int) -> bool:
        found = APPENDIX.match(piece.text)
        if found is None:
            return False
        rest = piece.text[found.end() :]
        return (
            not rest or is_capital(rest) or rest.startswith("(") or found.group("label").isupper()
        )

    def _is_bare_appendix(self, index: int) -> bool:
        """A title in capitals with a caption below it, behind the signature."""
        piece = self.pieces[index]
        if not isinstance(piece, Paragraph) or not is_capital(piece.text) or is_name(piece.text):
            return False
        for line in self.pieces[index + 1 : index + 5]:
            if isinstance(line, TableBlock):
                return len(piece.text) > 20
            if CAPTION.match(line.text):
                return True
            if not is_capital(line.text):
                return False
        return False

    def _appendix(self, piece: Paragraph, index: int) -> int:
        document = self.current
        found = APPENDIX.match(piece.text)
        start = piece.words.start
        title: list[Fragment] = []
        label = "Phụ lục"
        if found:
            number = found.group("number")
            label = f"Phụ lục {number}" if number else "Phụ lục"
            rest = piece.words.cut(found.end(), len(piece.text))
            if rest.text:
                title.append(rest)
        else:
            title.append(piece.words)
        if document.state == "head" and document.type_words is None:
            document.issuer = []
        document.state = "appendix"
        index += 1
        end = piece.words.end
        while index < len(self.pieces):
            line = self.pieces[index]
            if isinstance(line, TableBlock) or heading_of(line.text):
                break
            if line_kind(line.text) == "caption":
                before = index
                index = self._caption(line, index, document.appendix_references)
                last = self.pieces[index - 1]
                end = last.words.end if isinstance(last, Paragraph) else end
                if index == before:
                    break
                continue
            if not is_capital(line.text) and not (not title and len(line.text) < 200):
                break
            title.append(line.words)
            end = line.words.end
            index += 1
        document.outline.appendix(label, join(title) if title else None, start, end)
        return index

    # --- links --------------------------------------------------------------------------------

    def _parent(self, position: int) -> int | None:
        """The document before that this one says it was issued with."""
        document = self.documents[position]
        for words in document.references:
            found = CAPTION.match(words.text)
            if found is None:
                continue
            wanted = key(found.group("type"))
            for before in range(position - 1, -1, -1):
                other = key(self.documents[before].type_words or "")
                # "kèm theo Kế hoạch số …" also of a "KẾ HOẠCH HÀNH ĐỘNG"
                if other == wanted or other.startswith(wanted + " "):
                    return before
        return None
