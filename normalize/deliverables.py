"""The products of a task: one a bullet, paragraph or cell, each with the document types it names.

Contract, "Tasks": "A và B", "A, B", "A/B", "A hoặc B" stay one product with several type codes;
parts between semicolons count when each names a product of its own. A code names the product, not
what it is about: "Quyết định phê duyệt kế hoạch" is a decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from normalize.items import split_items
from normalize.patterns import pattern
from normalize.phrases import Phrases, phrases
from normalize.symbols import document_type_at, product_words, type_of_words
from normalize.text import Word, key, tidy, words

_TAIL = " .,;\n\t"
_SEPARATOR = pattern(r"[,/;:+&|]|[.!]\s|\s[-–—]\s|\n")
_HARD = pattern(r"[;:]|[.!]\s|\n")
_PARENTHESIS = pattern(r"\([^()]*\)")
_AND = frozenset(key(word) for word in ("và", "hoặc", "hay", "cùng", "kèm", "với"))


class Deliverable(msgspec.Struct, frozen=True, gc=False):
    """One product: its words as printed without final punctuation, its types, its range."""

    text: str
    type_codes: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=4096)
def read_deliverables(text: str) -> tuple[Deliverable, ...]:
    """The products of a cell in order; offsets are half-open ranges of the text."""
    made = []
    for first, last in split_items(text):
        for start, end in _parts(text, first, last):
            kept = text[start:end].rstrip(_TAIL)
            said = tidy(kept)
            if said and any(char.isalnum() for char in said) and key(said) not in _role("none"):
                made.append(Deliverable(said, type_codes(said), start, start + len(kept)))
    return tuple(made)


# --- parts between semicolons -------------------------------------------------------------------


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The item, cut at the semicolons behind which a product of its own is named."""
    cuts = [start]
    ends: list[int] = []
    before = start
    depth = 0
    at = text.find(";", start, end)
    while at >= 0:
        depth += text.count("(", before, at) - text.count(")", before, at)
        before = at + 1
        following = text.find(";", before, end)
        if depth <= 0 and _names_product(text[before : following if following >= 0 else end]):
            ends.append(at)
            cuts.append(before)
            depth = 0
        at = following
    parts = []
    for first, last in zip(cuts, [*ends, end], strict=True):
        while first < last and text[first].isspace():
            first += 1
        parts.append((first, last))
    return parts


def _names_product(part: str) -> bool:
    """Neither a body nor words that go on with what stands before the semicolon."""
    found = words(part)
    if not found:
        return False
    keys = [word.key for word in found]
    if _role("body").length(keys, 0):
        # "Báo cáo …; Sở …" lists bodies, but "Bộ tiêu chí" and "Ban hành …" are none.
        return bool(_role("maker").length(keys, 0) or _role("set").length(keys, 0))
    if document_type_at(keys, 0, product_words()):
        return True
    small = part.lstrip()[:1].islower()
    return not (small and _role("not_product").length(keys, 0))


# --- type codes ---------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def type_codes(text: str) -> tuple[str, ...]:
    """The codes of the document types that the product's words name, in order, each once."""
    blank = _PARENTHESIS.sub(lambda found: " " * len(found.group()), text)
    found = words(blank)
    codes = _TypeReader(blank, found).read()
    if not codes and _is_generic([word.key for word in found]) and len(blank) == len(text):
        # "Văn bản của UBND tỉnh (Kế hoạch/Công văn)": the bracket says of which type.
        for inner in _PARENTHESIS.findall(text):
            codes += _TypeReader(inner[1:-1], words(inner[1:-1])).read()
    return tuple(dict.fromkeys(codes))


def _is_generic(keys: Sequence[str]) -> bool:
    first = 0
    while step := _role("determiner").length(keys, first):
        first += step
    return bool(_role("generic").length(keys, first))


class _TypeReader:
    """Reads the heads of the parts that commas, slashes and conjunctions join."""

    def __init__(self, text: str, found: list[Word]) -> None:
        self.text = text
        self.words = found
        self.keys = [word.key for word in found]
        self.codes: list[str] = []
        self.generic = False
        self.object: int | None = None  # where the last object that is a type stands

    def read(self) -> list[str]:
        at = 0
        separator = ""
        while at < len(self.words):
            if self.keys[at] in _AND:
                separator = separator if _HARD.search(separator) else "và"
                at += 1
                continue
            at = self._part(at, separator)
            separator = self._before(at)
        return self.codes

    def _before(self, at: int) -> str:
        """What stands between the word at ``at`` and the one before it."""
        if at >= len(self.words) or not at:
            return ""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def _part(self, first: int, separator: str) -> int:
        """Reads the part that begins at ``first``; returns the index behind it."""
        if _HARD.search(separator):
            self.object = None
        at = self._past_determiners(first)
        step = self._head(at, separator) if at < len(self.words) else 0
        at += step or (at == first)
        while at < len(self.words):
            if self.keys[at] in _AND or _SEPARATOR.search(self._before(at)):
                return at
            masked = _role("masked").length(self.keys, at)
            if not masked and document_type_at(self.keys, at, product_words()):
                self.object = at if self.object is None else self.object
            at += masked or 1
        return at

    def _past_determiners(self, at: int) -> int:
        while at < len(self.words):
            step = _role("determiner").length(self.keys, at)
            if not step and self.keys[at].isdigit():
                step = 1
            if not step or document_type_at(self.keys, at, product_words()):
                break
            at += step
        return at

    def _head(self, at: int, separator: str) -> int:
        """Takes the type that the part begins with; returns how many words it has."""
        masked = _role("masked").length(self.keys, at)
        if masked:
            return masked
        generic = _role("generic").length(self.keys, at)
        if generic and not document_type_at(self.keys, at, product_words()):
            self.generic = True
            known = document_type_at(self.keys, at + generic, product_words())
            barred = _role("generic_not").length(self.keys, at + generic)
            if known is None or barred:
                return generic
            self.codes.append(known[0])
            return generic + known[1]
        known = document_type_at(self.keys, at, product_words())
        if known is not None:
            if self._is_product(at, known[1], separator):
                self.codes.append(known[0])
            return known[1]
        short = self._abbreviated(at)
        if short is not None:
            self.codes.append(short)
            return 1
        return self._made(at)

    def _abbreviated(self, at: int) -> str | None:
        """The type that capital letters stand for ("QĐ của UBND tỉnh"), not those of "KH&CN"."""
        word = self.words[at]
        printed = self.text[word.start : word.end]
        if not _role("abbreviation").length(self.keys, at) or not printed[:2].isupper():
            return None
        if self.text[word.end : word.end + 1] in ("&", "-"):
            return None
        return type_of_words(printed)

    def _made(self, at: int) -> int:
        """ "Ban hành Kế hoạch", "UBND tỉnh ban hành Quyết định": what is made is the product."""
        body = _role("body").length(self.keys, at)
        if not body and not _role("maker").length(self.keys, at):
            return 0
        behind = at
        while behind < len(self.words):
            if behind > at and _SEPARATOR.search(self._before(behind)):
                return 0
            step = _role("maker").length(self.keys, behind)
            if step:
                head = self._past_determiners(behind + step)
                known = document_type_at(self.keys, head, product_words())
                if known is not None and not _role("masked").length(self.keys, head):
                    self.codes.append(known[0])
                    return head + known[1] - at
                short = self._abbreviated(head) if head < len(self.words) else None
                if short is not None:
                    self.codes.append(short)
                    return head + 1 - at
            behind += step or 1
        return 0

    def _is_product(self, at: int, length: int, separator: str) -> bool:
        """The type at the head of a part is a product, not one more object of the one before."""
        phrase = " ".join(self.keys[at : at + length])
        capital = self.text[self.words[at].start].isupper()
        behind = bool(separator) and not _HARD.search(separator)
        if behind and phrase in _role("verb") and not capital:
            return bool(self.codes) or self.generic
        if self.object is None or not behind:
            return True
        if _role("closing").length(self.keys, at):
            return True
        return capital and not self.text[self.words[self.object].start].isupper()


def _role(role: str) -> Phrases:
    return phrases("product_words", role)
