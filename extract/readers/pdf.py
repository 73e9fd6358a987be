"""PDF files into a text with its tables and pages.

pypdfium2 gives the words with their places, pdfplumber the ruled cells of the pages that have
rules; a page without words that shows an image is read as a scan.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from extract.readers.encodings import from_text, vietnamese_share
from extract.readers.pages import Page, PageTable, print_pages
from extract.readers.pdf_boxes import without_signature_boxes
from extract.readers.pdf_shown import draw_notes, has_notes, is_hidden_layer
from extract.readers.pdf_words import UNKNOWN, PageWord, letters_on, read_words, stamped_words
from extract.readers.prose import letters_of, page_items, texts_of
from extract.readers.scan_page import ScannedPage
from extract.readers.scan_repair import settled
from extract.readers.unreadable import UnreadableError, missing_extra
from extract.source import Source, printed_source
from normalize.findings import Note
from normalize.spelling import is_syllable

SCAN_DPI = 300
_FEWEST_RULES = 4
_FEW_RULES = 12
"""Drawn paths from which on a page's tables have rules: two rows of three cells draw as many."""
_FOOT = 12
"""Letters of a page's number below its last table."""
_FEWEST_LETTERS = 12
"""A page with fewer letters that shows an image is a scan (a stamp or a number may be text)."""

_GOOD_LAYER = 0.85
"""Share of Vietnamese syllables from which on a text layer over a scan is taken as it is."""

_BAD_TEXT = 0.5
_ENOUGH_WORDS = 40
"""A page of so many words with a lesser share may show other letters than its file tells."""


def read_pdf(data: bytes, name: str, sha256: str) -> Source:
    """The source of a PDF file; raises UnreadableError for a locked, broken or empty one."""
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise missing_extra("tệp PDF", "pdf") from error
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _broken(str(error)) from error
    try:
        reader = _Reader(document, data)
        printed = print_pages(settled(reader.pages()), "pdf")
    finally:
        document.close()
    if not printed.text.strip():
        raise UnreadableError("tệp PDF không có chữ nào đọc được", "Kiểm tra lại tệp")
    notes = reader.notes
    notes += [Note("text.encoding_converted", "", name, 0, 0) for name in sorted(reader.encodings)]
    form = "pdf" if reader.has_text else "scan"
    return printed_source(printed, name=name, sha256=sha256, format=form, notes=notes)


def _broken(reason: str) -> UnreadableError:
    if "password" in reason.lower():
        return UnreadableError("tệp PDF có mật khẩu", "Bỏ mật khẩu rồi lưu lại tệp")
    return UnreadableError(
        f"tệp PDF bị hỏng hoặc bị cắt cụt ({reason})", "Tải lại hoặc xuất lại tệp"
    )


class _Reader:
    def __init__(self, document: Any, data: bytes) -> None:
        self.document = document
        self.data = data
        self.notes: list[Note] = []
        self.has_text = False
        self.encodings: set[str] = set()
        self._plumber: Any = None
        self._columns: tuple[float, ...] = ()
        """Column edges of the last page's last table, where no rules draw them."""
        self._running: tuple[float, ...] = ()
        """Those of the table that the last page ends with, if it ends with one."""

    def pages(self) -> Iterator[Page | ScannedPage]:
        """Every page in order; a damaged one is told and costs nothing but itself."""
        import pypdfium2 as pdfium

        if len(self.document) == 0:
            raise UnreadableError("tệp PDF không có trang nào", "Xuất lại tệp")
        try:
            for index in range(len(self.document)):
                try:
                    page = self.document[index]
                except pdfium.PdfiumError as error:
                    note = Note("page.unread", "", str(index + 1), 0, 0, str(error))
                    self.notes.append(note)
                    continue
                try:
                    rules = _rules(page)
                    words = read_words(page, self.encodings, even=rules < _FEW_RULES)
                    if has_notes(page):
                        letters = letters_on(page)
                        draw_notes(page)
                        page.close()
                        page = self.document[index]
                        words += stamped_words(page, words, letters)
                        rules = _rules(page)  # notes may draw some
                    yield self._page(page, index, words, rules)
                finally:
                    page.close()
        finally:
            if self._plumber is not None:
                self._plumber.close()

    def _page(self, page: Any, index: int, words: list[PageWord], rules: int) -> Page | ScannedPage:
        width, height = page.get_size()
        number = index + 1
        if _has_image(page):
            if sum(len(word.text) for word in words) < _FEWEST_LETTERS:
                return self._scanned(page, number, width, height)
            if is_hidden_layer(page):
                anew = self._recognized(page, words, number)
                if anew is not None:
                    return anew
        words = without_signature_boxes(self._unicode(words))
        if is_garbled := _is_garbled(words):
            anew = self._as_drawn(page, words, number)
            if anew is not None:
                return anew
        words = words if is_garbled else [word for word in words if word.text != UNKNOWN]
        self.has_text = self.has_text or bool(words)
        fewest = 1 if self._running else _FEWEST_RULES
        tables, left = self._tables(index, words, rules >= fewest)
        items = tuple(page_items(tables, left))
        lost = letters_of(word.text for word in words) - letters_of(texts_of(items))
        if lost > 0:
            note = Note("page.characters_lost", "", str(number), 0, 0, str(lost))
            self.notes.append(note)
        return Page(number, width, height, items)

    def _recognized(self, page: Any, words: list[PageWord], number: int) -> ScannedPage | None:
        """The page read from its image where the invisible text over it is poor or lies elsewhere.

        None where it is good.
        A poor layer is better than nothing where the image cannot be read here. Told either way.
        """
        read, kept = None, "dùng lớp chữ có sẵn"
        why = "kém" if _is_poor(words) else "lệch so với ảnh" if _is_misplaced(page, words) else ""
        if why:
            try:
                read = self._scanned(page, number, *page.get_size())
                kept = "nhận dạng lại từ ảnh"
            except UnreadableError as error:
                kept = f"dùng lớp chữ có sẵn dù {why}, vì {error.problem}. {error.remedy}"
        self.notes.append(Note("page.text_layer", "", str(number), 0, 0, kept))
        return read

    def _as_drawn(self, page: Any, words: list[PageWord], number: int) -> ScannedPage | None:
        """A page with text, read from what it draws: its file does not tell its letters right.

        None where that cannot be done here, or gives nothing better. Told where letters lack.
        """
        lost = sum(word.text.count(UNKNOWN) for word in words)
        try:
            read = self._scanned(page, number, *page.get_size())
        except UnreadableError as error:
            kept = f"không nhận dạng được từ ảnh, vì {error.problem}. {error.remedy}"
            self.notes.append(Note("page.letters_unknown", "", str(number), 0, 0, kept))
            return None
        if not lost and _syllables(texts_of(read.page().items)) <= _syllables(_texts(words)):
            return None
        kept = "nhận dạng lại từ ảnh"
        self.notes.append(Note("page.letters_unknown", "", str(number), 0, 0, kept))
        return read

    def _tables(
        self, index: int, words: list[PageWord], ruled: bool
    ) -> tuple[list[PageTable], list[PageWord]]:
        from extract.readers.pdf_tables import read_tables

        if not ruled:
            tables, left = read_tables(None, words, index + 1, self._columns, self._running)
        else:
            if self._plumber is None:
                import pdfplumber

                self._plumber = pdfplumber.open(io.BytesIO(self.data))
            drawn = self._plumber.pages[index]
            try:
                tables, left = read_tables(drawn, words, index + 1, self._columns, self._running)
            finally:
                drawn.close()  # a page keeps all its objects until it is closed
        last = max(tables, key=lambda table: table.bbox[1], default=None)
        self._columns = last.edges if last is not None and not last.open_below else ()
        low = last.bbox[3] if last is not None else 0.0
        ends = last is not None and sum(len(word.text) for word in left if word.top > low) < _FOOT
        self._running = last.edges if last is not None and ends else ()
        return tables, left

    def _scanned(self, page: Any, number: int, width: float, height: float) -> ScannedPage:
        from extract.readers.scan import check_size, read_scanned_page

        scale = SCAN_DPI / 72
        check_size((round(width * scale), round(height * scale)))
        try:
            import numpy as np

            from extract.readers.scan_stamps import without_stamps

            grey, lifted = without_stamps(page.render(scale=scale).to_pil().convert("RGB"))
            image = np.asarray(grey)
        except ImportError as error:
            raise missing_extra("ảnh quét", "scan") from error
        read = read_scanned_page(image, number, width, height, self._columns, lifted)
        self._columns, self._running = read.running, ()
        return read

    def _unicode(self, words: list[PageWord]) -> list[PageWord]:
        """Words of an old encoding as the letters that their font shows."""
        import msgspec

        found = from_text("\n".join(word.text for word in words))
        if found is None:
            return words
        texts = found[0].split("\n")
        self.encodings.add(found[1])
        return [
            msgspec.structs.replace(word, text=text)
            for word, text in zip(words, texts, strict=True)
        ]


def _is_poor(words: list[PageWord]) -> bool:
    """Are too few of the words Vietnamese?"""
    texts = _texts(words)
    return _syllables(texts) < _GOOD_LAYER or vietnamese_share(" ".join(texts)) < _GOOD_LAYER


def _is_misplaced(page: Any, words: list[PageWord]) -> bool:
    """Do the words lie beside the ink of the image? False where that cannot be told here."""
    try:
        import numpy as np

        from extract.readers.pdf_layer import SCALE, lies_on_ink

        return not lies_on_ink(np.asarray(page.render(scale=SCALE, grayscale=True).to_pil()), words)
    except ImportError:
        return False


def _is_garbled(words: list[PageWord]) -> bool:
    """Does the file not tell the page's letters, or tell others than it draws?

    A letter unknown by itself is a bullet of a font of signs.
    """
    if any(UNKNOWN in word.text and word.text.strip(UNKNOWN) for word in words):
        return True
    texts = _texts(words)
    many = sum(text.isalpha() and len(text) > 1 for text in texts) >= _ENOUGH_WORDS
    return many and _syllables(texts) < _BAD_TEXT


def _texts(words: list[PageWord]) -> list[str]:
    return [word.text for word in words]


def _syllables(texts: Iterable[str]) -> float:
    """The share of Vietnamese syllables among the words of letters alone."""
    words = [word.strip('.,;:()-“”"') for text in texts for word in text.split()]
    known = [is_syllable(word) for word in words if word.isalpha() and len(word) > 1]
    return sum(known) / max(len(known), 1)


def _rules(page: Any) -> int:
    """How many drawn paths the page has: rules are lines or thin boxes."""
    import pypdfium2.raw as raw

    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3))


def _has_image(page: Any) -> bool:
    import pypdfium2.raw as raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
