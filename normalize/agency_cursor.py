"""Where a reader of an agency cell stands, and the questions it asks about the words there."""

from __future__ import annotations

import datetime

import msgspec

from normalize.agency_drafts import GROUP, Draft
from normalize.agency_levels import (
    CAP,
    is_capital,
    level_word,
    province_at,
)
from normalize.agency_registry import Entry, Match, Node, registry
from normalize.agency_words import (
    AND,
    DASHES,
    SEPARATORS,
    STRONG,
    Tokens,
    phrases,
)
from normalize.findings import Note
from normalize.text import tidy


class Cursor:
    """The tokens of one cell, what was read of them, and what the next words inherit."""

    def __init__(self, tokens: Tokens, on: datetime.date | None) -> None:
        self.tokens = tokens
        self.keys = tokens.keys
        self.on = on
        self.drafts: list[Draft] = []
        self.notes: list[Note] = []
        self.chain: list[Draft] = []
        self.head: tuple[str, ...] = ()
        self.head_text = ""
        self.head_is_strong = False
        self.head_is_old = False
        self.in_list = False
        self.level_stem: Entry | None = None
        self.heading: Entry | None = None
        self.level_text: tuple[int, int] | None = None
        self.role: str | None = None
        self.registry = registry()
        self.bulleted = bool(self.keys) and self.keys[0] in DASHES

    def _match(self, at: int, node: Node | None = None, plural: bool = False) -> Match | None:
        """The longest registered name at ``at``; none ends inside an abbreviation.

        Where two bodies bear it, "Cục Thuế" of the ministry and of a province, the day tells.
        """
        found = self.registry.match(self.keys, at, node, plural, self.tokens.starts)
        if found is None or self.on is None or found.whole is None or found.stem is None:
            return found
        if found.whole.was_on(self.on) or not found.stem.was_on(self.on):
            return found
        return msgspec.structs.replace(found, whole=found.stem)

    def _determiner(self, at: int) -> tuple[int, bool]:
        """Behind "các", "một số", "02", "hai" and whether that makes a plural."""
        keys = self.keys
        plural = False
        if at + 1 < len(keys) and keys[at].isdigit() and len(keys[at]) < 4:
            at += 2 if keys[at + 1] == "%" else 1
            plural = True
        else:
            counted = phrases("count").end(keys, at)
            if counted > at and self._is_head(counted):
                at = counted
                plural = True
        end = phrases("determiner").end(keys, at)
        while end > at:
            plural = True
            at = end
            end = phrases("determiner").end(keys, at)
        return at, plural

    def _is_head(self, at: int) -> bool:
        return bool(self._head_at(at))

    def _head_at(self, at: int) -> tuple[str, ...]:
        if phrases("other").end(self.keys, at) > at:
            return ()
        end = phrases("head").end(self.keys, at)
        return tuple(self.keys[at:end])

    def _is_boundary(self, at: int) -> bool:
        return at >= len(self.keys) or self.keys[at] in SEPARATORS or self.keys[at] in "():[]"

    def _starts_body(self, at: int) -> bool:
        """Does a body's name surely begin at ``at`` (in running words)?"""
        keys = self.keys
        here, plural = self._determiner(at)
        if here >= len(keys):
            return False
        leader = phrases("leader").end(keys, here)
        if leader > here:
            here, more = self._determiner(leader)
            plural = plural or more
            if here >= len(keys):
                return False
        found = self._match(here, plural=plural)
        if found is not None:
            entry = found.whole or found.stem
            if plural or is_capital(self.tokens, here) or found.end > here + 1:
                ends = self._is_boundary(found.end) or self._is_word_of_list(found.end)
                if ends or entry is None or entry.kind != GROUP or plural:
                    return ends or found.end > here + 1
        if plural:
            return self._is_head(here) or level_word(keys, here) is not None
        if keys[here] == CAP and level_word(keys, here + 1, cap=True) is not None:
            return True
        if self._is_head(here) and is_capital(self.tokens, here):
            head_end = phrases("head").end(keys, here)
            return not self._is_boundary(head_end) and is_capital(self.tokens, head_end)
        return False

    def _with_body(self, at: int) -> bool:
        return at < len(self.keys) and (self.keys[at] == ":" or self._starts_body(at))

    def _is_word_of_list(self, at: int, places: bool = True) -> bool:
        """A word that narrows, joins, places or describes: no part of a name."""
        keys = self.keys
        return (
            phrases("narrowing").end(keys, at) > at
            or phrases("opening").end(keys, at) > at
            or phrases("link").end(keys, at) > at
            or (self._is_lower(at) and phrases("describing").end(keys, at) > at)
            or phrases("ignored").end(keys, at) > at
            or level_word(keys, at) is not None
            or phrases("determiner").end(keys, at) > at
            or (places and province_at(self.tokens, at, self.on) is not None)
        )

    def _is_lower(self, at: int) -> bool:
        if not self.tokens.caps:
            return not is_capital(self.tokens, at)
        return province_at(self.tokens, at, self.on) is None  # "CẦN THƠ"

    def _is_region(self, at: int) -> bool:
        """ "khu vực 3", "khu vực Bến Tre": the branch of a region, no province's own."""
        end = phrases("region").end(self.keys, at)
        return end > at and is_capital(self.tokens, end)

    def _is_verb(self, at: int) -> bool:
        keys = self.keys
        if phrases("other").end(keys, at) > at:
            return False
        return phrases("doing").end(keys, at) > at or phrases("directing").end(keys, at) > at

    def _colon_before(self, at: int) -> bool:
        return at > 0 and self.keys[at - 1] in (":", "(")

    def _name_goes_on(self, mark: int, behind: int, long: bool, closed: bool = True) -> bool:
        """Is the mark at ``mark`` part of the name, or does it end it?

        ``long`` takes small letters behind a comma, and so does a head whose names are not all
        known (not ``closed``) where they neither narrow nor do anything.
        """
        keys = self.keys
        if behind >= len(keys) or self._starts_body(behind) or level_word(keys, behind):
            return False
        if keys[behind] in STRONG or keys[behind] in "():[]":
            return False
        key = keys[mark]
        if keys[behind].isdigit() and keys[mark - 1].isdigit():
            return False  # "Đội 1, 2 và 3"
        if key == "/" or key in DASHES:
            return is_capital(self.tokens, behind) or self._joined(mark) or not self.bulleted
        if key in (AND, "&") and behind == mark + 1:
            return phrases("with").end(keys, behind) == behind
        if key == ",":
            if self.in_list:
                return False  # "Các Cục: Thủy lợi, Chăn nuôi và Thú y"
            small = not is_capital(self.tokens, behind) and not self._is_head(behind)
            if small and not long and not closed and self._match(behind) is None:
                verb_end = phrases("doing").end(keys, behind)
                noun = verb_end > behind and self._is_boundary(verb_end)  # "…, giám sát"
                verb = self._is_verb(behind) and not noun
                long = not verb and not self._is_word_of_list(behind)
            return self._list_inside(behind) or (long and small)
        return False

    def _joined(self, mark: int) -> bool:
        """Does the mark touch the words on both sides ("các-bon")?"""
        tokens = self.tokens
        return tokens.ends[mark - 1] == tokens.starts[mark] and (
            mark + 1 < len(tokens.keys) and tokens.ends[mark] == tokens.starts[mark + 1]
        )

    def _list_inside(self, at: int) -> bool:
        """ "Văn hóa, Thể thao và Du lịch": after the comma comes "B và C", neither a body."""
        keys = self.keys
        while at < len(keys):
            key = keys[at]
            if key in (AND, "&"):
                return at + 1 < len(keys) and not self._starts_body(at + 1)
            if key == ",":
                if self._starts_body(at + 1):
                    return False
            elif key in SEPARATORS or key in "():[]":
                return False
            at += 1
        return False

    def _text(self, start: int, end: int) -> str:
        """The printed words of a token range."""
        if start >= end:
            return ""
        return tidy(self.tokens.text[self.tokens.starts[start] : self.tokens.ends[end - 1]])

    def _add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.chain.append(draft)
