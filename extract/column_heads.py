"""Heads of columns: what the words of a head mean, through the lexicon of the words in use.

``lexicon/headers.csv`` names a role for each phrase; the phrase with the highest rank that stands
in a head decides.
"""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from normalize.fragment import Fragment
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key

BODY_ROLES = ("lead", "coordinating", "lead_and_coordinating")
PARENTHESES = pattern(r"\([^()]*\)?")
_MOST_HEAD_WORDS = 16
# A head that is a time itself: "Quý I", "Q2", "Năm 2022", "2023", "Tháng 3", "T3".
PERIOD_HEAD = pattern(
    r"(?i)(?:(?:quý|q\s*\.?)\s*(?:[IV]{1,3}|[1-4])|(?:tháng|t)\s*\.?\s*\d{1,2}"
    r"|(?:năm\s*)?(?:19|20)\d\d|6\s+tháng\s+(?:đầu|cuối)\s+năm)(?:\s*[/\s-]\s*(?:năm\s+)?(?:19|20)\d\d)?"
)
TICK = pattern(r"[xX×✓✔√v+*●■]|\([xX]\)")


class Column(msgspec.Struct, frozen=True):
    """One column: its role (``other`` where the tables hold no such thing), rank and head."""

    role: str
    rank: int
    head: Fragment


@cache
def _phrases() -> dict[str, tuple[str, int]]:
    """Phrase key → (role, rank); the file's order decides between equals."""
    found: dict[str, tuple[str, int]] = {}
    for row in entries("headers"):
        for phrase in several(row["phrases"]):
            known = found.get(key(phrase))
            if known is None or known[1] < int(row["rank"]):
                found[key(phrase)] = (row["role"], int(row["rank"]))
    return found


@cache
def _totals() -> frozenset[str]:
    return frozenset(
        key(phrase)
        for row in entries("headers")
        if row["role"] == "total"
        for phrase in several(row["phrases"])
    )


_ALONE = "_alone"
"""Ends the role of words that are a head by themselves only."""


@lru_cache(maxsize=4096)
def role_of(head: str) -> tuple[str, int] | None:
    """(role, rank) of a column head's words, None where the lexicon knows none of them."""
    words = key(PARENTHESES.sub(" ", head)).split()
    if not words or len(words) > _MOST_HEAD_WORDS:
        return None
    known = _phrases()
    best: tuple[int, int, str] | None = None
    for start in range(len(words)):
        for end in range(min(len(words), start + 5), start, -1):
            hit = known.get(" ".join(words[start:end]))
            if hit is None or hit[0] == "total":
                continue
            role, rank = hit
            if role == "number" and len(words) > 2:
                continue
            if role.endswith(_ALONE):
                if end - start < len(words):
                    continue
                role = role.removesuffix(_ALONE)
            if 4 * (end - start) < len(words):
                continue
            if best is None or (rank, end - start) > best[:2]:
                best = (rank, end - start, role)
    return (best[2], best[0]) if best else None


def is_total(label: str) -> bool:
    """A row label such as "Tổng cộng", "Cộng (I+II)", "TỔNG KINH PHÍ NĂM 2024"."""
    if label[:1] not in _TOTAL_INITIALS:
        return False
    words = key(PARENTHESES.sub(" ", label)).split()
    totals = _totals()
    for length in range(min(len(words), 6), 0, -1):
        if " ".join(words[:length]) in totals:
            return all(word in _total_tail() or word.isdigit() for word in words[length:])
    return False


_TOTAL_INITIALS = frozenset("TtCc*")


@cache
def _total_tail() -> frozenset[str]:
    """What may stand behind "Tổng" in a total's label."""
    return frozenset(
        key("kinh phí thực hiện năm dự kiến nhu cầu vốn toàn tỉnh i ii iii iv v").split()
    )
