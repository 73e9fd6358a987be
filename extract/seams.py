"""What stood between two pieces of a cut cell: a paragraph's end, a blank, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

import regex

from extract.align import opens
from normalize.fragment import Fragment
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key, word_key

ITEM = pattern(r"[-+•*–]\s?\S|\d{1,2}[.)]\s*\S|[a-zđ]\)\s*\S")
_BLOCK_BEHIND = pattern(r" *</?(?:p|li|br|ul|ol|div)\b", regex.IGNORECASE)
_BLOCK_BEFORE = pattern(r"</?(?:p|li|br|ul|ol|div)\b[^<>]*> *\Z", regex.IGNORECASE)
_LAST_RUN = pattern(r"[\p{L}\p{M}]+\Z")
_FIRST_RUN = pattern(r"[\p{L}\p{M}]+")
_RUN = re.compile(r"[^\W_]+")
_LONG = 500_000
"""Characters from which on a text is looked through once for all words, not once for each."""
_PASSIVE = word_key("được")
_CUT_SYMBOL = pattern(r"[\p{L}\p{N}][-/]\Z")


def starts_small(text: str) -> bool:
    """The first letter is a small one (bullets do not count as a start)."""
    return bool(text) and text[0].islower()


def seam(before: Fragment, after: Fragment, view: str) -> str:
    """What stood between two pieces of a cut cell: a paragraph's end, a blank, or nothing."""
    left, right = before.text, after.text
    if ITEM.match(right) and (ITEM.match(left) or "\n" in left) and not starts_small(right):
        return "\n"
    if _parts_paragraphs(before, after, view):
        return "\n"
    if _CUT_SYMBOL.search(left) and right[:1].isalnum():
        return ""
    if left[-1:].isalnum() and right[:1] in "/-" and right[1:2].isalnum():
        return ""
    return "" if _is_cut_word(left, right, view) else " "


def is_connective(word: str) -> bool:
    """ "của", "và": never the last word of a paragraph."""
    return word_key(word) in _connectives()


@cache
def _connectives() -> frozenset[str]:
    return frozenset(
        word_key(word) for row in entries("connectives") for word in several(row["words"])
    )


@cache
def _issuing() -> frozenset[str]:
    return frozenset(
        key(words) for row in entries("issuing_verbs") for words in several(row["words"])
    )


def _parts_paragraphs(before: Fragment, after: Fragment, view: str) -> bool:
    """Both pieces are whole paragraphs of the markup, and the second opens like one of its own.

    A page break closes and reopens the paragraph that it cuts, so the tags alone prove nothing.
    """
    left, right = before.text, after.text
    if starts_small(right) or left.endswith((",", "-", "/")) or not opens(right):
        return False
    last = _LAST_RUN.search(left)
    if last is not None and is_connective(last.group()):
        return False
    tail = [word_key(word) for word in left.split()[-3:]]
    if " ".join(tail[-2:]) in _issuing() and _PASSIVE not in tail:
        return False  # "Quyết định phê duyệt" | "Kế hoạch …"; "đã được phê duyệt" is whole
    return (
        _BLOCK_BEHIND.match(view, before.end) is not None
        and _BLOCK_BEFORE.search(view, max(0, after.start - 80), after.start) is not None
    )


def _is_cut_word(left: str, right: str, view: str) -> bool:
    """The cut went through a word: together they are one, apart one of them is none."""
    from normalize.spelling import is_syllable

    head, tail = _LAST_RUN.search(left), _FIRST_RUN.match(right)
    if head is None or tail is None:
        return False
    first, second = head.group(), tail.group()
    whole = first + second
    if first.isupper() and len(first) > 1 and second.isupper():
        # An abbreviation: the document writes it whole elsewhere, the piece alone is none.
        return _stands(whole, view) and (len(second) == 1 or not _stands(first, view, beside=1))
    if not second.islower():
        return False
    if not is_syllable(whole):
        return False
    if is_syllable(first) and is_syllable(second):
        # "ho|ạch": the document writes the whole word, and the piece only here.
        return _stands(whole, view) and not _stands(second, view, beside=1)
    return True


@lru_cache(maxsize=1)
def _standing(view: str) -> Counter[str]:
    """How often each run of letters and figures stands in a text."""
    return Counter(_RUN.findall(view))


def _stands(word: str, view: str, beside: int = 0) -> bool:
    """The word stands more than ``beside`` times on its own in the text."""
    if len(view) > _LONG and word.isalnum():
        return _standing(view)[word] > beside
    count = 0
    at = view.find(word)
    while at >= 0:
        behind = view[at + len(word) : at + len(word) + 1]
        if not (at and view[at - 1].isalnum()) and not behind.isalnum():
            count += 1
            if count > beside:
                return True
        at = view.find(word, at + 1)
    return False
