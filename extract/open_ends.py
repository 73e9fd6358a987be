"""Words that no cell and no line ends with: what is cut behind them goes on elsewhere."""

from __future__ import annotations

from functools import cache

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key, word_key

_FIGURE = pattern(r"(?:\d{1,2}(?:\s?/\s?(?:19|20)\d\d)?|(?:19|20)\d\d)[\s.,;)]*")
"""What a time may have lost: a month, a month and its year, a year; a whole date is a time."""


def ends_open(text: str) -> bool:
    """The last word, or the last two, ask for another (``lexicon/open_ends.csv``)."""
    words = [word_key(word) for word in text.rsplit(None, 2)[-2:]]
    return bool(words) and (words[-1] in _open_ends() or " ".join(words) in _open_ends())


def lacks_figure(before: str, after: str) -> bool:
    """ "6 tháng đầu năm" above "2022": a word of time, and the figure that it may have lost."""
    return _FIGURE.fullmatch(after) is not None and word_key(
        before.rsplit(None, 1)[-1]
    ) in _open_ends("figure")


@cache
def _open_ends(role: str = "any") -> frozenset[str]:
    """Keys of the words behind which a cell goes on: in any case, or where a figure follows."""
    return frozenset(
        key(words)
        for row in entries("open_ends")
        if row["role"] == role
        for words in several(row["words"])
    )
