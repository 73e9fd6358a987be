"""The grammar of an agency cell: a list of bodies with what narrows them and what they do.

The reader goes through the tokens once. At the start of each list item it tries, in this order,
a registered name, a level ("cấp xã"), a person who stands for a body, a head that is given once
for several names ("Các sở: Tư pháp, Tài chính"), a name that opens with a known head, and a
repair. Behind a body it reads the rest of its name, brackets, and a clause. What remains is told.
"""

from __future__ import annotations

from normalize.agency_drafts import ORGANIZATION, Draft
from normalize.agency_levels import (
    is_capital,
    level_word,
    province_at,
    skip_weak,
)
from normalize.agency_open_names import OpenNames
from normalize.agency_registry import Match
from normalize.agency_repair import repair
from normalize.agency_sharing import share_tails
from normalize.agency_words import (
    SEPARATORS,
    STRONG,
    WEAK,
    Tokens,
    phrases,
)
from normalize.findings import Note
from normalize.text import word_key

_SURE = 97.0
"""Likeness of names that differ by their accents alone."""
_COMRADE = [word_key("đồng"), word_key("chí")]
_LONGEST_PERSON = 5
"""Words of a person's name."""


class Reader(OpenNames):
    """Reads one cell; afterwards ``drafts`` and ``notes`` hold the result in text order."""

    def read(self) -> None:
        """The whole cell."""
        self._mark_numbers()
        keys = self.keys
        at = 0
        while at < len(keys):
            at = self._between(at)
            if at < len(keys):
                at = self._item(at)
        share_tails(self.chain)

    def _mark_numbers(self) -> None:
        """ "Sở A 2. Sở B": a number with a full stop between two items is a mark."""
        keys = self.keys
        for at in range(1, len(keys) - 2):
            if (
                keys[at + 1] in (".", ")")
                and keys[at].isdigit()
                and len(keys[at]) < 3
                and is_capital(self.tokens, at + 2)
                and keys[at - 1] not in ("(", "vưc5")
                and level_word(keys, at - 1) is None
            ):
                keys[at] = keys[at + 1] = "\n"

    def _between(self, at: int) -> int:
        """Behind marks, numbers of a list and joining words; a strong mark ends the chain."""
        keys = self.keys
        while at < len(keys):
            key = keys[at]
            if key in STRONG:
                self._close_chain()
                at += 1
            elif key in WEAK or key in "():[]":
                at += 1
            elif (end := self._numbering(at)) > at or (
                end := phrases("ignored").end(keys, at)
            ) > at:
                at = end
            elif (end := phrases("with").end(keys, at)) > at and self._with_body(end):
                if self.drafts:
                    self.role = phrases("with").attribute(keys, at, end) or None
                at = end
            elif (end := self._joining(at)) > at:
                at = end
            else:
                return at
        return at

    def _joining(self, at: int) -> int:
        """Behind "cùng với", "Chủ trì:" or "Đề nghị" where a body follows; else ``at``."""
        end = phrases("link").end(self.keys, at)
        if end == at:
            end = self._label(at)
        if end == at:
            end = phrases("lead_in").end(self.keys, at)
            if end > at and not self._starts_body(end):
                return at
        return end

    def _label(self, at: int) -> int:
        """Behind "Chủ trì:" and the like: words that end in a colon and name no body."""
        end = phrases("describing_object").end(self.keys, at)
        if end > at and end < len(self.keys) and self.keys[end] == ":":
            return end + 1
        return at

    def _numbering(self, at: int) -> int:
        """Behind "1.", "2)", "a)" at the start of an item."""
        keys = self.keys
        if at + 1 < len(keys) and keys[at + 1] in (".", ")", "/"):
            key = keys[at]
            if (key.isdigit() and len(key) < 3) or (len(key) == 1 and keys[at + 1] == ")"):
                return at + 2
        return at

    def _close_chain(self) -> None:
        share_tails(self.chain)
        self.chain = []
        self.role = None
        self.head_is_old = True
        self.level_stem = None

    def _item(self, at: int) -> int:
        """One body or more from ``at`` on; returns behind what was read."""
        keys = self.keys
        start = at
        numbered = self._next_number(at)
        if numbered is not None:
            return numbered
        here, plural = self._determiner(at)
        if here >= len(keys) or keys[here] in SEPARATORS:
            return self._unread(start)
        end = self._further_province(start)
        if end is None:
            end = self._longer_inherited(start, here)
        if end is None:
            end = self._longer_mended(start, here, plural)
        if end is None:
            end = self._registered(start, here, plural)
        if end is None:
            end = self._levels(start, here, plural)
        if end is None and self._names_person(start):
            end = self._named_person(start)
        if end is None:
            end = self._person(start, here, plural)
        if end is None:
            end = self._spread_head(here, plural)
        if end is None:
            end = self._longer(start, here, plural)
        if end is None and any(char.isdigit() for char in self.tokens.shown[here]):
            end = self._code(start, here)
        if end is None:
            end = self._inherited(start, here)
        if end is None:
            end = self._repaired(start, here, plural)
        if end is None:
            end = self._open_name(start, here, plural)
        if end is None:
            end = self._code(start, here)
        if end is None:
            end = self._unread(start)
        return end

    def _further_province(self, start: int) -> int | None:
        """ "Sở Y tế các tỉnh Bắc Kạn, Cao Bằng": a province alone is the body before it, there."""
        found = province_at(self.tokens, start, self.on)
        if found is None or not self._is_boundary(found[0]):
            return None
        stands = self.heading if start and self.keys[start - 1] in ":(" else None
        if stands is None:
            last = self.chain[-1] if self.chain else None
            if last is None or not (last.registered and last.local and last.kind == ORGANIZATION):
                return None
            if last.province is None and last.of_provinces:
                # "Sở Y tế các tỉnh: Bắc Kạn": the words before only head the names.
                last.province, last.end, last.scope = found[1], found[0], None
                return self._after(last)
            name = self.keys[start : found[0]]
            if last.province is None or self.keys[last.end - len(name) : last.end] == name:
                return None
            stands = self.registry.by_id[str(last.agency_id)]
        draft = Draft(start, found[0], "", ORGANIZATION)
        draft.take(stands)
        draft.province = found[1]
        self._add(draft)
        return self._after(draft)

    def _person(self, start: int, at: int, plural: bool) -> int | None:
        """A leader stands for the body: "Giám đốc Sở Tài chính"."""
        end = phrases("leader").end(self.keys, at)
        if end == at:
            return None
        here, more = self._determiner(end)
        if self._is_boundary(here):
            return self._described(start, end)
        return (
            self._registered(start, here, more)
            or self._person(start, here, more)
            or self._levels(start, here, more)
            or self._open_name(start, here, more)
            or self._described(start, end)
        )

    def _repaired(self, start: int, at: int, plural: bool, beyond: int = 0) -> int | None:
        """A slip of the scan in a registered name that reaches ``beyond`` a token."""
        found = repair(self.tokens, at, self._item_end(at), beyond)
        if found is None or found.match.end <= beyond:
            return None
        match = found.match
        taken = self._taken(match, start, at, plural) if match.whole else None
        if taken is None and match.stem is not None:
            drafts = self._levelled(match.stem, start, at, match.end, False)
            whole = self.registry.named(Tokens(match.stem.agency.removesuffix(" tỉnh")).keys)
            if drafts:
                taken = drafts[-1]
            elif whole is match.stem and found.ratio >= _SURE and self._ends_name(match.end):
                # A name that stands without its level too.
                taken = self._taken(Match(match.end, whole, None), start, at, plural)
        if taken is None:
            return None
        taken.repaired = taken.agency
        return self._after(taken)

    def _longer_mended(self, start: int, at: int, plural: bool) -> int | None:
        """A slip behind a name that is whole by itself ("Sở Giáo dục và Đào tao")."""
        keys = self.keys
        found = self._match(at, plural=plural)
        if found is None or not found.open or found.end >= len(keys):
            return None
        if keys[found.end] != keys[found.end - 1]:
            behind = skip_weak(keys, found.end)
            if behind == found.end or behind >= len(keys) or self._begins_another(at, behind):
                return None
        return self._repaired(start, at, plural, found.end)

    def _begins_another(self, at: int, behind: int) -> bool:
        """Does a body of its own begin behind a mark, or one that takes the head of the first?"""
        keys = self.keys
        if keys[behind] in SEPARATORS or keys[behind] in "():[]" or self._starts_body(behind):
            return True
        if self._match(behind) is not None or self._is_word_of_list(behind):
            return True
        node = self.registry.node(self._head_at(at)) if self._is_head(at) else None
        return node is not None and self._match(behind, node) is not None

    def _item_end(self, at: int) -> int:
        keys = self.keys
        while at < len(keys) and keys[at] not in STRONG and keys[at] not in "():[]":
            at += 1
        return at

    def _unread(self, start: int) -> int:
        """Words that name no body, up to the next mark: told, nothing guessed."""
        if phrases("family_name").end(self.keys, start) > start and self._names_person(start):
            return self._named_person(start)
        end = self._unread_end(start)
        raw = self._text(start, end)
        first, last = self.tokens.starts[start], self.tokens.ends[end - 1]
        self.notes.append(Note("agency.unresolved", raw=raw, start=first, end=last))
        return end

    def _names_person(self, start: int) -> bool:
        """Capitalised words up to a mark: two behind "Đ/c" or "Ông", else three and a surname."""
        keys = self.keys
        at = phrases("address").end(keys, start)
        if at == start and phrases("family_name").end(keys, start) == start:
            return False
        end = at
        while end < len(keys) and not self._is_boundary(end):
            if not is_capital(self.tokens, end):
                return False
            end += 1
        fewest = 1 if self.keys[start : start + 2] == _COMRADE else 2  # "Đ/c Hải"
        return (fewest if at > start else 3) <= end - at <= _LONGEST_PERSON

    def _named_person(self, start: int) -> int:
        """A person by name is described; a title behind it ("- Phó Giám đốc") is the scope."""
        keys = self.keys
        end = phrases("address").end(keys, start)
        while end < len(keys) and not self._is_boundary(end):
            end += 1
        end = self._described(start, self.tokens.outside(end))
        if end < len(keys) and keys[end] in WEAK:
            title = phrases("leader").end(keys, end + 1)
            if title > end + 1 and self._is_boundary(title):
                self.drafts[-1].scope = self._text(end + 1, title)
                self.drafts[-1].end = end = title
        return end

    def _unread_end(self, start: int) -> int:
        """Behind the words that name no body: up to a mark with a body behind it."""
        keys = self.keys
        end = start + 1
        while end < len(keys) and keys[end] not in STRONG:
            if keys[end] in WEAK:
                behind = skip_weak(keys, end)
                if self._starts_body(behind):
                    break
                end = behind
            else:
                end += 1
        while end > start + 1 and keys[end - 1] in WEAK:
            end -= 1
        return self.tokens.outside(end)
