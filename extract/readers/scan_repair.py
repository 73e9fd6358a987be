"""Words that the recognizer misread, mended where other words bear witness.

Tesseract loses or changes tone marks ("tỉnh giản" for "tinh giản", "hố sơ" for "hồ sơ"). What a
word should be is told by the words beside it: the same pair read with confidence elsewhere in
the document, or a pair of the lexicons. A word is only ever exchanged for one with the same bare
letters; one that its neighbours bear out stays. Every mended word keeps what was recognized.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from unicodedata import normalize

import msgspec

from extract.readers.pages import Page
from extract.readers.pdf_words import PageWord, lines_of
from extract.readers.scan_heads import mended_heads
from extract.readers.scan_numbers import Numbering
from extract.readers.scan_page import Cells, ScannedPage
from normalize.lexicon import entries, several
from normalize.spelling import is_syllable
from normalize.text import WORD, fold, nfc, word_key

SURE = 96.0
"""Confidence from which a word counts as read: Tesseract's ceiling is 97."""
_CERTAIN = 96.5
"""Confidence from which a word that stands nowhere else, in no lexicon either, counts as read."""
_MARKED = 0.2
"""Share of words with marks below which words stand without them on purpose ("KE HOACH NAM")."""
_EDGES = ".,;:()-–“”\"'/"
_LISTED = 3
"""Weight of a pair of the lexicon; a pair seen in the document weighs one a time, up to this."""
_ENOUGH, _PLENTY = 2, 4
"""Weight that a word must have beyond the one read: a doubtful one, a confident one."""
_NAMES = (
    ("agencies", "agency"),
    ("agencies", "aliases"),
    ("agency_words", "phrases"),
    ("areas", "phrases"),
    ("document_types", "name"),
    ("document_types", "aliases"),
    ("headers", "phrases"),
    ("period_words", "phrases"),
    ("provinces", "name"),
)
"""Lexicons and columns whose phrases bear witness beside the pairs of ``compounds``."""

_CAPPED_ACUTE, _CAPPED_HOOK = "\u0302\u0301", "\u0302\u0309"

Pair = tuple[str, str]


def settled(pages: Iterable[Page | ScannedPage]) -> Iterator[Page]:
    """Every page in order, scanned ones with their words mended by what all of them say."""
    read = list(pages)
    scanned = [page for page in read if isinstance(page, ScannedPage)]
    witnesses = Witnesses(_runs(scanned))
    numbering = Numbering()
    texts = iter(mended_heads([witnesses.mended(page.words) for page in scanned]))
    for page in read:
        if isinstance(page, ScannedPage):
            page.tables = [numbering.mended(witnesses.mended_cells(one)) for one in page.tables]
            page.loose = [numbering.mended(witnesses.mended_cells(one)) for one in page.loose]
            page.words = next(texts)
            yield page.page()
        else:
            yield page


def _runs(pages: Iterable[ScannedPage]) -> Iterator[list[PageWord]]:
    for page in pages:
        for cells in (*page.tables, *page.loose):
            yield from (words for words in cells.values() if words)
        yield page.words


class Witnesses:
    """The pairs of words that a document's confident words and the lexicons hold."""

    def __init__(self, runs: Iterable[list[PageWord]]) -> None:
        self.seen: Counter[Pair] = Counter()
        self.words: Counter[str] = Counter()
        self.forms: defaultdict[str, set[str]] = defaultdict(set)
        for run in runs:
            words = in_order(run)
            cores = [core(word.text) for word in words]
            self.words.update(one.lower() for one in cores)
            for index, word in enumerate(words):
                if not _is_sure(word, cores[index]):
                    continue
                self.forms[fold(cores[index])].add(cores[index].lower())
                if index and _is_sure(words[index - 1], cores[index - 1]):
                    if words[index - 1].text.endswith((".", ";", ":", ",")):
                        continue
                    self.seen[_pair(cores[index - 1], cores[index])] += 1

    def mended_cells(self, cells: Cells) -> Cells:
        """The cells of a table, each one's words mended."""
        return {box: self.mended(words) for box, words in cells.items()}

    def mended(self, run: list[PageWord]) -> list[PageWord]:
        """The words in the order of reading, misread ones mended."""
        words = in_order(run)
        if sum(not word.text.isascii() for word in words) < _MARKED * len(words):
            return words
        for index in range(len(words) - 1):
            for at, text in self._both(words, index):
                words[at] = msgspec.structs.replace(words[at], text=text, read_as=words[at].text)
        for index, word in enumerate(words):
            before = words[index - 1] if index else None
            after = words[index + 1] if index + 1 < len(words) else None
            better = self._better(word, before, after)
            if better is not None:
                words[index] = msgspec.structs.replace(word, text=better, read_as=word.text)
        return words

    def _better(
        self, word: PageWord, before: PageWord | None, after: PageWord | None
    ) -> str | None:
        own = core(word.text)
        hooked = _hooked(own)
        if hooked is not None:
            left, right = _beside(before, word, after)
            both = _pair(hooked, _hooked(right) or right) in listed_pairs()
            if (both or _is_listed(left, hooked, right)) and not _is_listed(left, own, right):
                return word.text.replace(own, hooked)
        need = self._need(word, own)
        if need is None or not own.isalpha() or len(own) < 2 or _is_initials(own):
            return None
        left, right = _beside(before, word, after)
        forms = (listed_forms().get(fold(own), frozenset()) | self.forms[fold(own)]) - {own.lower()}
        others = {word_key(form): form for form in sorted(forms)}
        others.pop(word_key(own), None)
        if not others or not (left or right):
            return None
        weights = {form: self._weight(left, form, right) for form in others.values()}
        best = max(weights, key=lambda form: weights[form])
        if sum(weight == weights[best] for weight in weights.values()) > 1:
            return None
        if weights[best] - self._weight(left, own, right) < need or _is_listed(left, own, right):
            return None
        return word.text.replace(own, _cased(best, own))

    def _both(self, words: list[PageWord], index: int) -> Iterator[tuple[int, str]]:
        """ "CHÍ SÔ": two doubtful words whose bare letters are those of one pair alone."""
        pair = words[index : index + 2]
        own = core(pair[0].text), core(pair[1].text)
        if any(self._need(word, one) != _ENOUGH for word, one in zip(pair, own, strict=True)):
            return
        if not all(one.isalpha() for one in own) or pair[0].text[-1] in ".;:,)":
            return
        found = listed_alike().get((fold(own[0]), fold(own[1])), ())
        if len(found) != 1 or _pair(*own) in self.seen:
            return
        for at, (word, one, form) in enumerate(zip(pair, own, found[0], strict=True), index):
            if word_key(one) != word_key(form):
                yield at, word.text.replace(one, _cased(form, one))

    def _need(self, word: PageWord, own: str) -> int | None:
        """The weight that another word must have beyond this one; None where this one was read.

        Authors slip too ("Số Nội vụ"): a word read with confidence stands as it is printed,
        unless it is none that the document or the lexicons hold.
        """
        confidence = word.confidence or 0.0
        if confidence < SURE or not is_syllable(own):
            return _ENOUGH
        listed = own.lower() in listed_forms().get(fold(own), frozenset())
        alone = not listed and self.words[own.lower()] == 1
        return _PLENTY if confidence < _CERTAIN and alone else None

    def _weight(self, left: str, own: str, right: str) -> int:
        return sum(
            _LISTED * (pair in listed_pairs()) + min(self.seen[pair], _LISTED)
            for pair in _pairs(left, own, right)
        )


def in_order(words: list[PageWord]) -> list[PageWord]:
    """The words line by line."""
    return [word for line in lines_of(words) for word in line.words]


def core(text: str) -> str:
    """The word without the marks around it."""
    return nfc(text).strip(_EDGES)


def _is_sure(word: PageWord, own: str) -> bool:
    return own.isalpha() and (word.confidence or 0.0) >= SURE and is_syllable(own)


def _beside(before: PageWord | None, word: PageWord, after: PageWord | None) -> tuple[str, str]:
    """The words to its left and right, none beyond a mark."""
    left = core(before.text) if before and before.text[-1] not in ".;:,)" else ""
    right = core(after.text) if after and word.text[-1] not in ".;:,)" else ""
    return left, right


def _hooked(own: str) -> str | None:
    """ "tổ" for "tố": an acute over a circumflex as the hook that Tesseract, sure of itself,

    takes for one in narrow print. None where there is none.
    """
    if not own.isalpha():
        return None
    parts = normalize("NFD", own)
    if _CAPPED_ACUTE not in parts:
        return None
    made = normalize("NFC", parts.replace(_CAPPED_ACUTE, _CAPPED_HOOK))
    return made if is_syllable(made) else None


def _is_initials(own: str) -> bool:
    """ "UBND": capitals that make no syllable."""
    return own.isupper() and own.isascii() and not is_syllable(own)


def _is_listed(left: str, own: str, right: str) -> bool:
    return any(pair in listed_pairs() for pair in _pairs(left, own, right))


def _pairs(left: str, own: str, right: str) -> Iterator[Pair]:
    if left:
        yield _pair(left, own)
    if right:
        yield _pair(own, right)


def _pair(left: str, right: str) -> Pair:
    return word_key(left), word_key(right)


def _cased(form: str, like: str) -> str:
    if like.isupper():
        return form.upper()
    return form.capitalize() if like[0].isupper() else form


@cache
def listed_pairs() -> frozenset[Pair]:
    """The keys of all neighbouring words of the lexicons' phrases."""
    return frozenset(_pair(*pair) for pair in _listed())


@cache
def listed_forms() -> dict[str, frozenset[str]]:
    """Bare letters → the words of the lexicons that have them."""
    made: defaultdict[str, set[str]] = defaultdict(set)
    for pair in _listed():
        for word in pair:
            made[fold(word)].add(word)
    return {bare: frozenset(words) for bare, words in made.items()}


@cache
def listed_alike() -> dict[Pair, tuple[Pair, ...]]:
    """Bare letters of two words → the pairs of the lexicons that have them."""
    made: defaultdict[Pair, dict[Pair, Pair]] = defaultdict(dict)
    for left, right in sorted(_listed()):
        made[fold(left), fold(right)].setdefault(_pair(left, right), (left, right))
    return {bare: tuple(pairs.values()) for bare, pairs in made.items()}


@cache
def _listed() -> frozenset[Pair]:
    made = {
        (row["first"], second) for row in entries("compounds") for second in several(row["seconds"])
    }
    for name, column in _NAMES:
        for row in entries(name):
            for phrase in several(row[column]):
                words = [nfc(word).lower() for word in WORD.findall(phrase)]
                for left, right in pairwise(words):
                    if is_syllable(left) and is_syllable(right):
                        made.add((left, right))
    return frozenset(pair for pair in made if not _loose().intersection(pair))


@cache
def _loose() -> frozenset[str]:
    """Words that stand beside any other ("các", "và"): they bear no witness."""
    return frozenset(word for row in entries("connectives") for word in several(row["words"]))
