"""The grammar of a schedule cell: tokens into drafts, with what it did not understand.

One pass from left to right. At each token the reader tries to read a part (a dated series, a
frequency, a duration, a condition, "đã hoàn thành"); what begins no part is description, kept as an
unread run, and a run that names a body where a time should stand becomes an ``unresolved`` draft.
"""

from __future__ import annotations

from collections.abc import Callable

from normalize.period_dated import Read
from normalize.period_drafts import Draft
from normalize.period_events import OWN, PART_STARTS, EventReader
from normalize.period_points import NUMERALS

_CONTENT = frozenset(
    "word body action number count cited roman filler percent ordinal times working".split()
)
_FIGURES = frozenset(["number", "roman", "comma", "and", "break"])


class Grammar(EventReader):
    """Reads one cell; ``drafts`` holds the parts in order."""

    def __init__(self, text: str, century_year: int) -> None:
        super().__init__(text, century_year)
        self._special: dict[str, Callable[[int], Read | None]] = {
            "condition": self._condition,
            "done": self._done,
            "school": self._school,
            "vision": self._vision,
            "onwards": self._onwards,
            "adhoc": self._adhoc,
            "assembly": self._assembly,
        }
        self._assembled: int | None = None

    def read(self) -> list[Draft]:
        """All drafts of the cell."""
        i, count = 0, len(self.tokens)
        while i < count:
            role = self.roles[i]
            if role == "break":
                self._close_run(i)
                self._drop_pending()
                self.segment += 1
                i += 1
                continue
            found = None
            if role in PART_STARTS:
                special = self._special.get(role)
                found = special(i) if special is not None else None
                if found is None:
                    found = self.part(i) or self._broken(i)
            if found is None:
                if role in _CONTENT or role in PART_STARTS:
                    if self.run is None:
                        self.run = i
                    self.loose = True
                i += 1
                continue
            self._add(found[0], i)
            i = found[1]
        self._close_run(count)
        self._drop_pending()
        return self.drafts

    def _add(self, drafts: list[Draft], i: int) -> None:
        if not drafts:
            return
        self._close_run(i, at_end=False)
        if drafts[0].kind in ("conditional", "unresolved"):
            self._drop_pending()
        for draft in drafts:
            draft.tight = not self.loose and bool(self.drafts)
            draft.segment = self.segment
            self.loose = False
            if self.pending is not None and draft.kind not in ("conditional", "unresolved"):
                start, end, raw_start = self.pending
                self.pending = None
                draft.condition = draft.condition or (start, end)
                draft.start = min(raw_start, draft.start)
            self._spread_each_year(draft)
            self.drafts.append(draft)

    def _spread_each_year(self, draft: Draft) -> None:
        """ "Tháng 6, tháng 12 hằng năm": each member of the list recurs."""
        if draft.each != "suffix" or not draft.tight:
            return
        for earlier in reversed(self.drafts):
            if earlier.kind == "recurring" or not self._each([earlier], draft.unit, None):
                return
            earlier.each = ""
            if not earlier.tight:
                return

    def _close_run(self, i: int, at_end: bool = True) -> None:
        """Ends a run of unread words; a body's name or mere figures are no description."""
        start, self.run = self.run, None
        if start is None:
            return
        head = self.tokens[start]
        bare = all(role in _FIGURES for role in self.roles[start:i])
        if bare and at_end and self.roles[start - 1] != "open":
            self._unread(start, i)
            return
        if head.role != "body" or not head.text[0].isupper() or self.pending is not None:
            return
        if self._assembled == self.segment:
            return  # whose session it is
        end = i
        while end > start and self.roles[end - 1] in ("break", "comma", "stop", "open", "dash"):
            end -= 1
        roles = self.roles[start:end]
        if "action" in roles or "filler" in roles:
            return
        if not any(token.text[:2].isupper() for token in self.tokens[start:end]) and not any(
            token.text[0].isupper() for token in self.tokens[start + 1 : end]
        ):
            return
        self._unread(start, end)

    def _unread(self, start: int, end: int) -> None:
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        self.drafts.append(Draft("unresolved", first, last, segment=self.segment))
        self.loose = False

    def _drop_pending(self) -> None:
        """A condition that no date followed stands alone."""
        if self.pending is None:
            return
        start, end, raw_start = self.pending
        self.pending = None
        self.drafts.append(
            Draft("conditional", raw_start, end, condition=(start, end), segment=self.segment)
        )

    # --- parts --------------------------------------------------------------------------------

    def part(self, i: int, strong: bool = False) -> Read | None:
        """A dated series, a frequency or a duration; ``strong``: no bare list of units."""
        k, relation, clocked, whole = self._prefix(i)
        role = self.roles[k]
        if k > i and self._all_of(k - 1):
            found = self._recurring(i, k - 1, strong)
            if found is not None:
                return found
        if role in ("each", "periodic", "continuous") or (
            role == "weekday" and self.weekdays(k) is not None
        ):
            if relation == "":
                return self._recurring(i, k, strong)
            return self._dated(i, k, relation, clocked, whole)
        behind = self.round_the_clock(k) if relation == "" else 0
        if behind:
            start, end = self.tokens[i].start, self.tokens[behind - 1].end
            return self._behind_recurring([Draft("continuous", start, end)], behind)
        if role in ("number", "count") or role == "within" or role == "until":
            found = self._duration(i, k, relation)
            if found is not None:
                return found
        if relation == "" and role in ("number", "count", "month", "quarter", "year"):
            found = self._first_months(k) or self._recurring(i, k, strong)
            if found is not None:
                found[0][0].start = self.tokens[i].start
                return found
        if relation == "from" and role in OWN:
            found = self._from_own(i, k)
            if found is not None:
                return found
        found = self._dated(i, k, relation, clocked, whole)
        governs = ("word", "action", "body", "own_document", "working", "number")
        if (
            found is None
            and relation in ("before", "after")
            and not strong
            and (self.roles[k] in governs)
        ):
            j = k - 1
            while self.roles[j] not in ("before", "after"):
                j -= 1
            return self._condition(j)
        return found

    def _adhoc(self, i: int) -> Read:
        """ "Đột xuất" alone hangs on an event that it does not name."""
        token = self.tokens[i]
        j = i + 1
        if self.roles[j] in ("comma", "and") and self.roles[j + 1] == "periodic":
            found = self._recurring(i, j + 1, False)
            if found is not None:
                return found
        if self.roles[j] == "condition":
            found = self._condition(j)
            if found is not None and found[0]:
                found[0][0].start = token.start
                return found
        draft = Draft("conditional", token.start, token.end, condition=(token.start, token.end))
        previous = self.drafts[-1] if self.drafts else None
        if (
            previous is not None
            and previous.kind in ("recurring", "continuous")
            and previous.segment == self.segment
            and not self.loose
        ):
            previous.end = token.end
            return [], j
        return [draft], j

    def _assembly(self, i: int) -> Read | None:
        """A session of a council: an event, unless the words say when it is held."""
        if self.roles[i - 1] == "open" and self.drafts and self.drafts[-1].segment == self.segment:
            self._assembled = self.segment
            return None  # in brackets behind its date
        j = i
        while j < len(self.tokens) and self.roles[j] not in ("break", "close"):
            if self.roles[j] in (
                "month",
                "month_short",
                "quarter",
                "quarter_short",
                "year",
                "slash",
            ):
                self._assembled = self.segment
                return None
            j += 1
        start = self.tokens[self.run if self.run is not None else i].start
        self.run = None
        end = self.tokens[j - 1].end
        return [Draft("conditional", start, end, condition=(start, end))], j

    def _done(self, i: int) -> Read:
        """ "Đã hoàn thành", with its subject before and its date behind it."""
        start = self.tokens[self.run if self.run is not None else i].start
        self.run = None
        draft = Draft("done", start, self.tokens[i].end)
        j = i + 1
        if self.roles[j] in PART_STARTS and self.roles[j] not in self._special:
            k, relation, _, whole = self._prefix(j)
            read = self.series(k, whole) if relation in ("", "before", "until") else None
            if read is not None and len(read[0]) == 1:
                made = self._drafts(read[0], relation, self.tokens[j].start)[0]
                draft.a, draft.b, draft.bound = made.a, made.b, made.kind
                j = read[1]
                draft.end = self.tokens[j - 1].end
        return [draft], j

    def _school(self, i: int) -> Read:
        """A school year or term: its days are not in the words."""
        j = i + 1
        while self.roles[j] in ("number", "roman", "dash", "slash", "school", "until"):
            j += 1
        return [Draft("unresolved", self.tokens[i].start, self.tokens[j - 1].end)], j

    def _vision(self, i: int) -> Read | None:
        """ "tầm nhìn đến năm 2050" is an outlook."""
        k, _, _, whole = self._prefix(i + 1)
        read = self.series(k, whole)
        if read is None:
            return None
        previous = self.drafts[-1] if self.drafts else None
        if previous is not None and previous.segment == self.segment and not self.loose:
            previous.end = self.tokens[read[1] - 1].end
        return [], read[1]

    def _onwards(self, i: int) -> Read:
        """ "… và các năm tiếp theo" away from its year: open from the year after the last named."""
        token = self.tokens[i]
        return [Draft("onwards", token.start, token.end)], i + 1

    def _broken(self, i: int) -> Read | None:
        """A unit with a figure that it cannot have ("tháng 13/2021"), figures that are no date."""
        found = self.unit_at(i) if self.roles[i] != "number" else None
        if self.roles[i] == "week" and self.roles[i + 1] in ("number", "roman"):
            found = "week", i + 1
        if found is not None:
            j = found[1]
            if self.roles[j] not in NUMERALS or self.roles[j] == "count":
                return None
            j += 1
        elif (
            self.roles[i] in ("number", "roman")
            and self.roles[i + 1] == "slash"
            and (
                self.is_year(i + 2)
                or (self.roles[i + 2] == "number" and self.roles[i + 3] == "slash")
            )
        ):
            j = i + 1
        else:
            return None
        while self.roles[j] in ("slash", "dash") and self.roles[j + 1] in NUMERALS:
            j += 2
        return [Draft("unresolved", self.tokens[i].start, self.tokens[j - 1].end)], j
