"""Words that belong together, by the lexicons: no cell ends between "Sở" and "Tư pháp".

Where the words of two columns touch, or text is set to both edges, that tells where they part.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key

_TIME = pattern(r"(?i:quý|tháng|ngày)")
_TIME_FIGURE = pattern(
    r"(?:\d{1,2}/\d{1,4}|\d{1,2}/\d{1,2}/\d{4}|[IV]{1,3}(?:/(?:19|20)\d\d)?)[,;.]?"
)
_YEAR = pattern(r"(?:19|20)\d\d[,;.]?")


@lru_cache(maxsize=65_536)
def belong_together(before: str, after: str) -> bool:
    """Two words that stand side by side in a name, a compound or a date."""
    if before[-1:] in ".;:)":
        return False
    if _TIME.fullmatch(before):
        return _TIME_FIGURE.fullmatch(after) is not None
    if before.casefold() == "năm":
        return _YEAR.fullmatch(after) is not None
    return (key(before), key(after)) in _pairs()


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    made = {
        (key(row["first"]), key(second))
        for row in entries("compounds")
        for second in several(row["seconds"])
    }
    names = [
        name for row in entries("agencies") for name in (row["agency"], *several(row["aliases"]))
    ]
    for name in names:
        made.update(pair for pair in pairwise(key(name).split()) if key("và") not in pair)
    phrases = [phrase for row in entries("period_words") for phrase in several(row["phrases"])]
    phrases += [phrase for row in entries("cell_openers") for phrase in several(row["openers"])]
    loose = {key(word) for row in entries("connectives") for word in several(row["words"])}
    for phrase in phrases:
        made.update(pair for pair in pairwise(key(phrase).split()) if not loose & {*pair})
    return frozenset(made)
