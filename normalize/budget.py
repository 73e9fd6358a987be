"""What a budget cell says: an amount in đồng, or who pays by which rule.

Statuses are those of the contract; the words are in ``lexicon/budget_words.csv``. Where several
stand in one cell the stronger statement wins: a body that finds the money itself before the state
budget, that before an approved plan, that before "theo quy định". Words that fit nothing are
``unresolved``, with a note.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

import msgspec
import regex

from normalize.findings import Note
from normalize.money import Figure, figures, leaves_unread, unit_of
from normalize.patterns import pattern
from normalize.phrases import Phrases, phrases
from normalize.text import Word, key, tidy, words

Span = tuple[int, int]

_BLANK = pattern(r"[\s.…_\-–—/]*")
_CLAUSE_END = pattern(r"[;\n]|[.:](?=\s|$)|(?:^|\s)[-–—+•*](?=\s)")
_RATE_BEFORE = pattern(
    r"(?i)(?:\d\s*(?:\p{L}+\s*){0,3}[x×*]|mỗi\s+(?:\p{L}+\s*){1,3}:?|bình\s+quân)\s*$"
)
_YEAR_LABEL = pattern(
    r"(?i)[\s;,.+\n–-]*(?:kinh\s+phí\s+)?(?:năm\s+)?(?P<year>(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)"
    r"\s*(?::|là|khoảng|dự\s+kiến|\(|–|-|=)?\s*"
)
_SOURCE_END = pattern(r"[();:.]|\s[-–—]\s")
_RANKED = ("self_funded", "state_budget", "per_approved_plan", "per_regulation")
_LONGEST_LABEL = 16
_OF = key("của")
_BUDGET = frozenset((key("sách"), "nsnn", "ns", "vốn"))
_MARK = pattern(r"[;:,(\n+/]|\s[-–—]\s")
_STOPS = frozenset(
    key(word)
    for word in "theo để trong năm khoảng dự là được bố tự đã và hoặc cấp hỗ chi từ".split()
)
_FARTHEST_DENIAL = 7
_FARTHEST_MARK = 40
_DENIED_THROUGH = frozenset(key(word) for word in "nguồn kinh phí từ vốn tiền của".split())
_SOURCE_STOPS = _STOPS - {key("và"), key("cấp"), key("từ"), key("chi")}


class Budget(msgspec.Struct, frozen=True, gc=False):
    """The reading of one budget cell; spans are half-open ranges of its text.

    ``amount`` is in đồng and exact. ``funder_spans`` hold the words for the bodies that pay,
    ``source_spans`` those for where the money comes from ("NSNN").
    """

    amount: int | None
    status: str
    funder_spans: tuple[Span, ...] = ()
    source_spans: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()


@lru_cache(maxsize=4096)
def read_budget(text: str | None, unit: str | None, has_column: bool = True) -> Budget:
    """Reads a cell under a head that names ``unit`` ("triệu đồng"; None where it names none).

    ``no_column`` without a column, ``unstated`` for an empty cell or a dash; "Không" is 0 đồng.
    """
    if text is None or not has_column:
        return Budget(None, "no_column")
    if _BLANK.fullmatch(text):
        return Budget(None, "unstated")
    return _Cell(text).read(unit_of(unit))


@lru_cache(maxsize=256)
def read_total(text: str, unit: str | None) -> int | None:
    """The sum in đồng that a total row's cell states; None where it states none for certain."""
    return None if _BLANK.fullmatch(text) else _Cell(text).amount(figures(text, unit_of(unit)))


@lru_cache(maxsize=1024)
def is_total_label(text: str) -> bool:
    """The label of a total row: "Tổng cộng", "CỘNG:", "Tổng kinh phí thực hiện (I + II)"."""
    keys = [word.key for word in words(text.split("(")[0].split(":")[0])]
    if not keys:
        return False
    label = " ".join(keys)
    if label in _role("total") or label in _role("total_alone"):
        return True
    length = _role("total").length(keys, 0)
    money = key("phí") in keys[:length] or key("cộng") in keys[:length]
    return length > 1 and money and len(keys) <= _LONGEST_LABEL


class _Cell:
    """The words of a cell and what they say of money."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = words(text)
        self.keys = [word.key for word in self.words]

    def read(self, column: int | None) -> Budget:
        found = figures(self.text, column)
        notes = list(self._slips())
        if not found and " ".join(self.keys) in _role("zero"):
            return Budget(0, "amount")
        amount = self.amount(found)
        if amount is not None:
            status = "amount"
            if len(found) > 1 and self._sum_of_years(found) == amount:
                raw = tidy(self.text)
                notes.append(Note("budget.summed", raw, str(amount), 0, len(self.text)))
        else:
            status = "unresolved" if found else self._status(bool(notes))
        if found:
            notes.extend(self._unit_slips())
        if status == "unresolved":
            notes.append(Note("budget.unresolved", tidy(self.text), None, 0, len(self.text)))
        return Budget(amount, status, self._funders(), self._sources(), tuple(notes))

    # --- amounts --------------------------------------------------------------------------------

    def amount(self, found: Sequence[Figure]) -> int | None:
        """The cell's one amount: alone, called the sum, or stated before its parts."""
        if not found or _role("foreign").anywhere(self.keys):
            return None
        totals = [figure for figure in found if self._is_called_total(figure.start)]
        if totals:
            return totals[0].value if len(totals) == 1 else None
        first = found[0]
        if self._is_rate(first.start) or leaves_unread(self.text, list(found)):
            return None
        if all(self._is_part(first.end, figure.start) for figure in found[1:]):
            return first.value
        by_source = self._sum_of_sources(found)
        return by_source if by_source is not None else self._sum_of_years(found)

    def _is_rate(self, start: int) -> bool:
        """ "5 lớp x 20 triệu", "mỗi lớp 50 triệu": the price of one is not what all cost."""
        return _RATE_BEFORE.search(self.text, max(0, start - _FARTHEST_MARK), start) is not None

    def _sum_of_years(self, found: Sequence[Figure]) -> int | None:
        """ "Năm 2022: 500 triệu; năm 2023: 700 triệu": every part with a year of its own."""
        seen: set[str] = set()
        total = 0
        behind = 0
        for figure in found:
            label = _YEAR_LABEL.fullmatch(self.text[behind : figure.start])
            if figure.value is None or label is None or label.group("year") in seen:
                return None
            seen.add(label.group("year"))
            total += figure.value
            behind = figure.end
        return total if len(seen) > 1 and not self.text[behind:].strip(" .)") else None

    def _sum_of_sources(self, found: Sequence[Figure]) -> int | None:
        """ "NSTW: 200 triệu; NSĐP: 300 triệu": every part with the source that it comes from."""
        total = 0
        behind = 0
        named = 0
        for figure in found:
            label = self.text[behind : figure.start]
            keys = self._keys_between(behind, figure.start)
            known = _role("source").anywhere(keys) or " ".join(keys) in _role("other_source")
            if figure.value is None or not keys or not (known or label.rstrip().endswith(":")):
                return None
            if _role("time").anywhere(keys):
                return None
            named += known
            total += figure.value
            behind = figure.end
        return total if named else None

    def _is_called_total(self, start: int) -> bool:
        """Words or "=" right before the figure make it the sum ("Tổng cộng: 50", "2 x 5 = 10")."""
        if self.text[max(0, start - 4) : start].rstrip().endswith("="):
            return True
        behind = bisect_right(self.words, start, key=attrgetter("end"))
        total = _role("total")
        return any(
            total.length(self.keys, at) == behind - at for at in range(max(0, behind - 6), behind)
        )

    def _is_part(self, behind: int, start: int) -> bool:
        """The figure at ``start`` is a part of the one that ends at ``behind``."""
        between = self.text[behind:start]
        if between.count("(") > between.count(")"):
            return True
        return _role("part").anywhere(self._keys_between(behind, start))

    def _keys_between(self, behind: int, start: int) -> list[str]:
        """Keys of the words that begin in that stretch of the cell."""
        first, last = (
            bisect_left(self.words, at, key=attrgetter("start")) for at in (behind, start)
        )
        return [word.key for word in self.words[first:last]]

    # --- words ----------------------------------------------------------------------------------

    def _status(self, repaired: bool) -> str:
        """The status that the words stand for; a repaired slip is a body's own money."""
        if _role("unsettled").anywhere(self.keys):
            return "unresolved"
        if repaired:
            return "self_funded"
        for status in _RANKED:
            if self._says(status):
                return status
        if _role("bare_provider").anywhere(self.keys) and self._funders():
            return "self_funded"
        return "unresolved"

    def _says(self, status: str) -> bool:
        """The words of a status stand in the cell, and no word denies the budget's."""
        known = _role(status)
        if status != "state_budget":
            return any(
                known.length(self.keys, at) and not self._is_negated(at)
                for at in range(len(self.keys))
            )
        return any(
            known.length(self.keys, at) and not self._is_denied(at) for at in range(len(self.keys))
        )

    def _is_negated(self, at: int) -> bool:
        """ "Không (giao) tự chủ": a phrase of the state's budget covers the word."""
        known = _role("state_budget")
        return any(
            known.length(self.keys, first) > at - first
            for first in range(max(0, at - _FARTHEST_DENIAL), at)
        )

    def _is_named_only(self, at: int) -> bool:
        """ "Luật Ngân sách nhà nước": the words are a law's name and pay nothing."""
        known = _role("no_source")
        return any(
            known.length(self.keys, first) > at - first for first in range(max(0, at - 3), at)
        )

    def _is_denied(self, at: int) -> bool:
        """ "Không sử dụng (nguồn kinh phí từ) ngân sách": in the same clause, right before it."""
        if self._is_named_only(at):
            return True
        denial = _role("denial")
        for first in range(max(0, at - _FARTHEST_DENIAL), at):
            length = denial.length(self.keys, first)
            if not length or any(self._gap_has(_CLAUSE_END, i) for i in range(first + 1, at + 1)):
                continue
            between = self.keys[first + length : at]
            if all(key in _DENIED_THROUGH for key in between):
                return True
        return False

    def _slips(self) -> list[Note]:
        """A note for each slip of the scan in words that decide ("dự trừ kinh phí riêng")."""
        known = _role("slip")
        notes = []
        for at in range(len(self.keys)):
            length = known.length(self.keys, at)
            if length:
                start, end = self.words[at].start, self.words[at + length - 1].end
                right = known.values[" ".join(self.keys[at : at + length])]
                notes.append(Note("text.repaired", self.text[start:end], right, start, end))
        return notes

    def _unit_slips(self) -> list[Note]:
        """A note for each slip in a unit of money behind a figure ("10 triêu đồng")."""
        known, units = _role("unit_slip"), _role("unit")
        notes = []
        for at in range(1, len(self.keys)):
            length = known.length(self.keys, at)
            before = self.keys[at - 1]
            if length and (
                (before[-1].isdigit() and before[0].isdigit()) or units.length([before], 0)
            ):
                start, end = self.words[at].start, self.words[at + length - 1].end
                right = known.values[" ".join(self.keys[at : at + length])]
                notes.append(Note("text.repaired", self.text[start:end], right, start, end))
        return notes

    def _funders(self) -> tuple[Span, ...]:
        """The words for the bodies that pay, clause by clause: before the verb or behind "của"."""
        made: list[Span] = []
        first = 0
        while first < len(self.words):
            behind = first + 1
            while behind < len(self.words) and not self._gap_has(_CLAUSE_END, behind):
                behind += 1
            span = self._subject(first, behind) or self._owner(first, behind)
            if span is not None:
                made.append(span)
            first = behind
        return tuple(made)

    def _gap(self, at: int) -> str:
        """What stands between the word at ``at`` and the one before it."""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def _gap_has(self, pattern: regex.Pattern[str], at: int) -> bool:
        return pattern.search(self._gap(at)) is not None

    def _subject(self, first: int, behind: int) -> Span | None:
        """ "Sở Nội vụ dự trù kinh phí riêng", "Sở X tham mưu UBND tỉnh bố trí kinh phí"."""
        while first < behind and (step := _role("preface").length(self.keys, first)):
            first += step
        if not _role("body").length(self.keys, first):
            return None
        for at in range(first + 1, behind):
            step = _role("advising").length(self.keys, at)
            if step and _role("body").length(self.keys, at + step):
                return self._subject(at + step, behind)
            if _role("verb").length(self.keys, at):
                return self.words[first].start, self.words[at - 1].end
        return None

    def _owner(self, first: int, behind: int) -> Span | None:
        """ "kinh phí được giao của đơn vị": the body behind "của", unless a budget is its own."""
        for at in range(first, behind - 1):
            if self.keys[at] != _OF or not _role("body").length(self.keys, at + 1):
                continue
            if not _BUDGET.isdisjoint(self.keys[max(first, at - 2) : at]) and not (
                _role("enterprise").length(self.keys, at + 1)
            ):
                continue
            end = at + 2
            while (
                end < behind
                and self.keys[end] not in _STOPS
                and not (self._gap_has(_SOURCE_END, end))
            ):
                end += 1
            return self.words[at + 1].start, self.words[end - 1].end
        return None

    def _sources(self) -> tuple[Span, ...]:
        """From each word for a source of money to the end of the words that go with it.

        Further sources count where a figure or a mark stands before them ("NSTW: 800; NSĐP: 400").
        """
        known = _role("source")
        made: list[Span] = []
        seen: set[str] = set()
        at = behind = depth = looked = 0
        while at < len(self.keys):
            length = known.length(self.keys, at)
            if length and made:
                # In brackets behind the first ("NSNN 50 (chi thường xuyên)"): more of that one.
                between = self.text[looked : self.words[at].start]
                depth += between.count("(") - between.count(")")
                looked = self.words[at].start
            further = not made or (depth <= 0 and self._begins(behind, at))
            if not length or self._is_denied(at) or not further:
                at += 1
                continue
            end = at + length
            while end < len(self.words) and not self._source_ends(end):
                end += 1
            name = " ".join(self.keys[at:end])
            if name not in seen:
                made.append((self.words[at].start, self.words[end - 1].end))
                seen.add(name)
            if len(made) == 1:
                looked = made[0][1]
            at = behind = end
        return tuple(made)

    def _begins(self, behind: int, at: int) -> bool:
        """Stands a figure or a mark between the last source and this word?"""
        first = max(behind, 1, at - _FARTHEST_MARK)
        return any(self.keys[i].isdigit() or self._gap_has(_MARK, i) for i in range(first, at + 1))

    def _source_ends(self, at: int) -> bool:
        if self.keys[at].isdigit() or self.keys[at] in _SOURCE_STOPS:
            return True
        if _role("time").length(self.keys, at):
            return True
        if self._gap_has(_SOURCE_END, at):
            return True
        if _role("source_level").length(self.keys, at):
            return False  # "Ngân sách huyện, xã"
        return "," in self._gap(at) and not _role("source").length(self.keys, at)


def _role(role: str) -> Phrases:
    return phrases("budget_words", role)
