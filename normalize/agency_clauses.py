"""What stands behind a body: brackets, narrowing words, what it does, what describes it."""

from __future__ import annotations

from functools import cache

from normalize.agency_cursor import Cursor
from normalize.agency_drafts import DESCRIBED, GROUP, ORGANIZATION, Draft
from normalize.agency_levels import (
    CAP,
    COMMUNES,
    DISTRICTS,
    is_capital,
    level_word,
    mend_levels,
    read_levels,
    skip_weak,
    under_centre,
)
from normalize.agency_words import (
    DASHES,
    SEPARATORS,
    STRONG,
    WEAK,
    phrases,
)
from normalize.text import slug

_CONCERNED = "co-quan-lien-quan"
_DEPARTMENTS, _DIVISIONS = "so-ban-nganh-tinh", "phong-ban"
_CENTRAL, _VERTICAL = "co-quan-trung-uong", "co-quan-nganh-doc"
_SEATED = frozenset(["đong4", "trên", "đưng4", "tai5"])
"""Opening words that say where a body sits: a central agency in a province is a branch there."""
_PASSIVE = frozenset(["đươc5", "đang"])


class Clauses(Cursor):
    """Reads the words behind a body (contract, "Bodies")."""

    def _after(self, draft: Draft) -> int:
        """Brackets and a clause behind a body; returns behind them."""
        keys = self.keys
        end = draft.end
        if draft.caption:
            return end
        if end < len(keys) and keys[end] == "(":
            end = self._brackets(draft, end)
        if end < len(keys) and keys[end] not in SEPARATORS and keys[end] not in "():[]":
            end = self._clause(draft, end)
        elif end < len(keys) - 1 and keys[end] == ":" and draft.kind == ORGANIZATION:
            end = self._task_after_colon(draft, end)
        elif end < len(keys) and keys[end] in DASHES and not self.bulleted:
            end = self._apposition(draft, end)
        if end < len(keys) and keys[end] == "(":
            end = self._brackets(draft, end)
        draft.end = max(draft.end, end)
        if self.role and draft.scope is None:
            draft.scope = self.role
        if draft.kind == GROUP and draft.scope and self._is_members(end):
            self.drafts.remove(draft)  # "Các doanh nghiệp viễn thông: A, B": only their caption
            self.chain.remove(draft)
            return end + 1
        return end

    def _is_members(self, at: int) -> bool:
        """Is there a colon with a body behind it?"""
        return at < len(self.keys) and self.keys[at] == ":" and self._starts_name(at + 1)

    def _task_after_colon(self, draft: Draft, at: int) -> int:
        """ "Sở Nội vụ: tổng hợp": lower-case words behind the colon say what it does."""
        if is_capital(self.tokens, at + 1) or self._starts_body(at + 1):
            return at
        end = self._clause_end(at + 1)
        draft.scope = self._text(at + 1, end)
        draft.doing = True
        return end

    def _brackets(self, draft: Draft, at: int) -> int:
        """ "(P3)" and "(nếu có)" say nothing; other words are the body's scope."""
        keys = self.keys
        close = at + 1
        while close < len(keys) and keys[close] != ")":
            close += 1
        inside = close - at - 1
        if inside <= 0:
            return min(close + 1, len(keys))
        if phrases("ignored").end(keys, at + 1) == close:
            return min(close + 1, len(keys))
        if inside == 1 and self._is_short_form(draft, self.tokens.shown[at + 1]):
            return min(close + 1, len(keys))
        text = self._text(at + 1, close)
        if self._is_short_form(draft, text):
            return min(close + 1, len(keys))
        draft.scope = text if not draft.doing else draft.scope
        return min(close + 1, len(keys))

    def _is_short_form(self, draft: Draft, word: str) -> bool:
        """Is the bracketed word an abbreviation of the name ("P3", "SNV")?"""
        if " " in word or len(word) > 12 or not word[:1].isupper():
            return False
        if any(char.isdigit() for char in word):
            return True
        if not word.isupper():
            return False
        if not draft.registered:
            return True
        initials = iter("".join(part[0] for part in slug(draft.agency).split("-") if part))
        return all(char in initials for char in slug(word).replace("-", ""))

    def _apposition(self, draft: Draft, at: int) -> int:
        """ "Sở Nội vụ - cơ quan thường trực": lower-case words after a dash that name no body."""
        behind = at + 1
        if behind >= len(self.keys):
            return at
        parent = self._parent(draft, behind)
        if parent > behind:
            draft.scope = self._text(behind, parent)
            return parent
        if is_capital(self.tokens, behind) or self._starts_body(behind):
            return at
        end = self._clause_end(behind)
        draft.scope = self._text(behind, end)
        return end

    def _parent(self, draft: Draft, at: int) -> int:
        """Behind the body that a unit belongs to ("Vụ Pháp chế - Bộ Tư pháp"), else ``at``."""
        if not self._is_unit(draft.start) or self._head_at(at) not in _parents():
            return at
        if self._bare_owner(at):
            return at + 1
        found = self._match(at)
        if found is None:
            return at
        levels = read_levels(self.tokens, found.end, self.on)
        end = levels[-1].end if levels else found.end
        return end if self._is_boundary(end) else at

    def _bare_owner(self, at: int) -> bool:
        """ "Vụ Pháp chế Bộ", "Phòng Tổ chức Sở": the unit's own ministry or department."""
        if not self._is_boundary(at + 1) or not is_capital(self.tokens, at):
            return False
        return "closed" in phrases("head").attributes.get(self._head_at(at), "")

    def _is_unit(self, at: int) -> bool:
        """Is the head at ``at`` that of a unit, which belongs to a body?"""
        return self._head_at(at) in _units()

    def _owner(self, draft: Draft, at: int) -> int:
        """Behind the body right behind its unit ("Đội Cảnh sát … Công an huyện"), else ``at``."""
        return self._parent(draft, at) if is_capital(self.tokens, at) else at

    def _clause(self, draft: Draft, at: int) -> int:
        """The words behind a body: they narrow it, say what it does, or describe it."""
        keys = self.keys
        if draft.agency_id == _CONCERNED and phrases("standing").end(keys, at) > at:
            end = self._clause_end(at)
            self._describe(draft, end)  # "Cơ quan thường trực Ban Chỉ đạo"
            return end
        owner = self._owner(draft, at)
        if owner > at:
            draft.scope = self._text(at, owner)
            return owner
        narrowed = self._own_level(draft, at)
        while (end := phrases("narrowing").end(keys, narrowed)) > narrowed:
            longer = phrases("opening").end(keys, narrowed)
            if longer > end:
                break
            narrowed = end
        ends = phrases("opening").end(keys, narrowed)
        if self._opens_twice(narrowed, ends) and draft.kind == GROUP:
            end = self._clause_end(ends + 1)
            self._narrow(draft, at, end)
            return end
        if ends > narrowed and draft.kind == GROUP and self._is_boundary(ends):
            self._narrow(draft, at, ends)  # "Các đơn vị trực thuộc"
            return ends
        if self._is_boundary(narrowed) or phrases("link").end(keys, narrowed) > narrowed:
            self._narrow(draft, at, narrowed)
            return narrowed
        if phrases("ignored").end(keys, narrowed) > narrowed:
            self._narrow(draft, at, narrowed)
            return narrowed
        if (end := phrases("with").end(keys, narrowed)) > narrowed and self._with_body(end):
            self._narrow(draft, at, narrowed)
            return narrowed
        if self._starts_body(narrowed) and not self._is_common_noun(draft, narrowed):
            self._narrow(draft, at, narrowed)
            return narrowed
        end = self._clause_end(narrowed)
        if draft.kind != ORGANIZATION and self._describes(narrowed, end):
            self._describe(draft, end)
        elif self._is_verb(narrowed):
            self._do(draft, at, end)
        elif draft.kind == GROUP:
            self._narrow(draft, at, end)
        else:
            draft.scope = self._text(at, end)
        return end

    def _opens_twice(self, at: int, end: int) -> bool:
        """ "thuộc, trực thuộc Sở": two opening words with a mark between them."""
        if end == at or end >= len(self.keys) or self.keys[end] not in WEAK:
            return False
        return phrases("opening").end(self.keys, end + 1) > end + 1

    def _starts_name(self, at: int) -> bool:
        """Does a body begin at ``at``, by its name or by a name that the registry holds?"""
        return at < len(self.keys) and (self._starts_body(at) or self._match(at) is not None)

    def _is_common_noun(self, draft: Draft, at: int) -> bool:
        """ "Doanh nghiệp viễn thông": a body's name in small letters right behind a group."""
        if draft.kind != GROUP or self.tokens.caps or is_capital(self.tokens, at):
            return False
        found = self._match(at)
        entry = (found.whole or found.stem) if found is not None else None
        return entry is not None and entry.kind == ORGANIZATION

    def _own_level(self, draft: Draft, at: int) -> int:
        """Behind "tỉnh", "cấp tỉnh", "Thành phố" right after a group, which narrow it."""
        if draft.kind != GROUP or draft.level in ("district", "commune"):
            return at
        found = read_levels(self.tokens, at, self.on)
        slip = not found and at < len(self.keys) and self._is_boundary(at + 1)
        if slip and mend_levels(self.tokens, at, at + 1):  # "các sở, ngành tinh"
            found = read_levels(self.tokens, at, self.on)
        if not found:
            return at
        draft.province = found[0].province
        return under_centre(self.keys, found[0].end)

    def _describes(self, at: int, end: int) -> bool:
        keys = self.keys
        if self._is_lower(at) and phrases("describing").end(keys, at) > at:
            return True
        behind = phrases("describing_object").end(keys, at)
        if behind > at and behind < end and keys[behind] not in SEPARATORS:
            return True
        return any(key in _PASSIVE for key in keys[at:end])

    def _narrow(self, draft: Draft, at: int, end: int) -> None:
        """The words narrow the group, and those that share its "các"."""
        if end == at:
            return
        words = self._text(at, end)
        if draft.agency_id == _CONCERNED:
            rest = at
            while (behind := phrases("narrowing").end(self.keys, rest)) > rest:
                rest = behind
            draft.scope = self._text(rest, end) if rest < end else None
            return
        draft.scope = words if draft.scope is None else f"{draft.scope} {words}"
        if draft.agency_id == _CENTRAL and self.keys[at] in _SEATED:
            draft.take(self.registry.by_id[_VERTICAL])
        if draft.kind != GROUP:
            return
        if draft.agency_id == _DEPARTMENTS and self._is_below_province(at):
            draft.take(self.registry.by_id[_DIVISIONS])
        shared = self._sharing(draft)
        if not self._is_narrowing(at):
            led = bool(shared) and shared[-1].plural
            if not led or phrases("opening").end(self.keys, at) == at:
                return  # "doanh nghiệp nhà nước, doanh nghiệp vận tải"
        for other in shared:
            if other.scope is None and other.agency_id != _CONCERNED:
                other.scope = words
                if other.agency_id == _DEPARTMENTS and self._is_below_province(at):
                    other.take(self.registry.by_id[_DIVISIONS])

    def _is_below_province(self, at: int) -> bool:
        """ "Các ban, ngành, đoàn thể xã": a district's or commune's own, no departments."""
        found = level_word(self.keys, at + (self.keys[at] == CAP))
        return found is not None and found[1] in (DISTRICTS, COMMUNES)

    def _is_narrowing(self, at: int) -> bool:
        """A word that only narrows ("liên quan") or a level ("tỉnh")."""
        keys = self.keys
        return (
            phrases("narrowing").end(keys, at) > at
            or level_word(keys, at) is not None
            or keys[at] == CAP
        )

    def _sharing(self, draft: Draft) -> list[Draft]:
        """Groups before ``draft`` that stand under the same "các"."""
        found: list[Draft] = []
        if draft not in self.chain or draft.plural:
            return found
        for other in reversed(self.chain[: self.chain.index(draft)]):
            if other.kind != GROUP or other.level in ("district", "commune"):
                break
            found.append(other)
            if other.plural:
                break
        return found

    def _do(self, draft: Draft, at: int, end: int) -> None:
        """What a body does, and what the bodies do that are listed before it."""
        words = self._text(at, end)
        draft.scope = words
        draft.doing = True
        for other in reversed(self.chain[:-1]):
            if other.doing:
                break
            other.scope = words
            other.doing = True

    def _describe(self, draft: Draft, end: int) -> None:
        """The words describe a body: it and the groups under its "các" are one, without an id."""
        start = draft.start
        for other in self._sharing(draft):
            start = other.start
            self.chain.remove(other)
            self.drafts.remove(other)
        draft.start = start
        draft.end = end
        draft.kind = DESCRIBED
        draft.agency_id = None
        draft.registered = False
        draft.level = None
        draft.local = True
        draft.scope = None
        draft.bare_stem = None

    def _clause_end(self, at: int) -> int:
        """Behind the clause that begins at ``at``: up to the next body or a strong mark."""
        keys = self.keys
        end = at
        directing = False
        while end < len(keys):
            key = keys[end]
            if key in STRONG or (key == ":" and self._starts_name(end + 1)):
                break
            if key == "(":
                while end < len(keys) and keys[end] != ")":
                    end += 1
                end = min(end + 1, len(keys))
                continue
            if key in WEAK:
                behind = skip_weak(keys, end)
                if behind >= len(keys) or keys[behind] in STRONG:
                    break
                if not directing and self._starts_body(behind):
                    break
                with_end = phrases("with").end(keys, behind)
                if with_end > behind and self._starts_body(with_end):
                    break
                end = behind
                continue
            verb = phrases("directing").end(keys, end)
            if verb > end:
                directing = directing or self._starts_body(verb)
                end = verb
                continue
            end += 1
        while end > at and keys[end - 1] in WEAK:
            end -= 1
        return self.tokens.outside(end)


@cache
def _units() -> frozenset[tuple[str, ...]]:
    return _heads_with("unit")


@cache
def _parents() -> frozenset[tuple[str, ...]]:
    return _heads_with("parent")


def _heads_with(attribute: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        head for head, given in phrases("head").attributes.items() if attribute in given.split()
    )
