"""The grammar of an agency cell: a list of bodies with what narrows them and what they do.

The reader goes through the tokens once. At the start of each list item it tries, in this order,
a registered name, a level ("cấp xã"), a person who stands for a body, a head that is given once
for several names ("Các sở: Tư pháp, Tài chính"), a name that opens with a known head, and a
repair. Behind a body it reads the rest of its name, brackets, and a clause. What remains is told.
"""

from __future__ import annotations

import datetime
from functools import cache

from normalize.agency_levels import (
    ALL,
    CAP,
    COMMUNES,
    DISTRICTS,
    OWN,
    PROVINCES,
    Level,
    is_capital,
    level_word,
    province_at,
    read_levels,
    skip_weak,
    under_centre,
)
from normalize.agency_registry import Entry, Match, registry
from normalize.agency_repair import repair
from normalize.agency_words import (
    AND,
    DASHES,
    SEPARATORS,
    STRONG,
    WEAK,
    Phrases,
    Tokens,
    level_text,
    name_of,
    phrases,
)
from normalize.findings import Note
from normalize.text import slug, tidy

_GROUP = "group"
_DESCRIBED = "described"
_ORGANIZATION = "organization"
_CONCERNED = "co-quan-lien-quan"
_COMMITTEE = "ubnd-tinh"
_COMMITTEES = ("UBND", "HĐND")
_MINISTRIES = "bo-nganh"
_CENTRAL, _VERTICAL = "co-quan-trung-uong", "co-quan-nganh-doc"
_LEVEL_NAMES = {OWN: "province", PROVINCES: "province", DISTRICTS: "district", COMMUNES: "commune"}
_GROUP_TAILS = {
    PROVINCES: "cấp tỉnh",
    DISTRICTS: "cấp huyện",
    COMMUNES: "cấp xã",
    ALL: "các cấp",
}
_CENTRAL_ENDINGS = ("việt nam", "quốc gia", "trung ương", "chính phủ")


class Draft:
    """A body while its words are being read; ``start``/``end`` are token positions."""

    __slots__ = (
        "agency",
        "agency_id",
        "bare_stem",
        "caption",
        "doing",
        "end",
        "kind",
        "level",
        "local",
        "plural",
        "province",
        "registered",
        "repaired",
        "scope",
        "start",
        "unfinished",
    )

    def __init__(self, start: int, end: int, agency: str, kind: str) -> None:
        self.start = start
        self.end = end
        self.agency = agency
        self.kind = kind
        self.agency_id: str | None = slug(agency)
        self.registered = False
        self.level: str | None = None
        self.local = True
        self.province: str | None = None
        self.scope: str | None = None
        self.plural = False
        self.doing = False
        self.caption = False
        self.bare_stem: Entry | None = None
        self.repaired: str | None = None
        self.unfinished: str | None = None

    def take(self, entry: Entry) -> None:
        """Becomes the registered body ``entry``."""
        self.agency_id = entry.agency_id
        self.agency = entry.agency
        self.kind = entry.kind
        self.level = entry.level
        self.local = entry.local and entry.agency_id != _MINISTRIES
        self.registered = True


class Reader:
    """Reads one cell; afterwards ``drafts`` and ``notes`` hold the result in text order."""

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
        self.level_stem: Entry | None = None
        self.level_text: tuple[int, int] | None = None
        self.role: str | None = None
        self.registry = registry()
        self._mark_numbers()
        self.bulleted = bool(self.keys) and self.keys[0] in DASHES

    # ---------------------------------------------------------------- the list

    def read(self) -> None:
        """The whole cell."""
        keys = self.keys
        at = 0
        while at < len(keys):
            at = self._between(at)
            if at < len(keys):
                at = self._item(at)
        self._share_tails()

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

    def name_at(self, at: int) -> Draft | None:
        """The registered body whose name begins at ``at``, without clause or brackets."""
        here, plural = self._determiner(at)
        found = self.registry.match(self.keys, here, plural=plural)
        if found is None:
            return None
        self._taken(found, at, here, plural)
        return self.drafts[0] if self.drafts else None

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
            elif (end := phrases("link").end(keys, at)) > at:
                at = end
            elif at + 1 < len(keys) and (end := self._label(at)) > at:
                at = end
            elif (end := phrases("lead_in").end(keys, at)) > at and self._starts_body(end):
                at = end
            else:
                return at
        return at

    def _with_body(self, at: int) -> bool:
        return at < len(self.keys) and (self.keys[at] == ":" or self._starts_body(at))

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
        self._share_tails()
        self.chain = []
        self.role = None
        self.head_is_old = True
        self.level_stem = None

    def _item(self, at: int) -> int:
        """One body or more from ``at`` on; returns behind what was read."""
        keys = self.keys
        start = at
        here, plural = self._determiner(at)
        if here >= len(keys) or keys[here] in SEPARATORS:
            return self._unread(start)
        end = self._registered(start, here, plural)
        if end is None:
            end = self._levels(start, here, plural)
        if end is None:
            end = self._person(start, here, plural)
        if end is None:
            end = self._spread_head(here, plural)
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

    def _determiner(self, at: int) -> tuple[int, bool]:
        """Behind "các", "một số", "02", "hai" and whether that makes a plural."""
        keys = self.keys
        plural = False
        if at + 1 < len(keys) and keys[at].isdigit() and len(keys[at]) < 4:
            at += 1
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

    # ---------------------------------------------------------------- names

    def _registered(self, start: int, at: int, plural: bool, leader: bool = False) -> int | None:
        """A registered name at ``at`` and everything that belongs to it."""
        found = self.registry.match(self.keys, at, plural=plural)
        if found is None:
            return None
        if found.whole is not None and found.whole.kind == _GROUP:
            caption = self._caption(found, at)
            if caption is not None:
                return caption
        if found.open and self._dangles(found.end):
            return self._described(start, found.end + 1)
        taken = self._taken(found, start, at, plural)
        if taken is None:
            return None
        return self._after(taken)

    def _dangles(self, at: int) -> bool:
        """Does the cell end with "và", where a longer name would go on?"""
        return at == len(self.keys) - 1 and self.keys[at] in (AND, "&")

    def _caption(self, found: Match, at: int) -> int | None:
        """A group whose members follow a colon is only their caption: "Các sở, ngành: …"."""
        keys = self.keys
        if found.end < len(keys) and keys[found.end] == ":" and found.end + 1 < len(keys):
            head = self._head_at(at)
            if head:
                self._inherit(head, at, strong=True)
            return found.end + 1
        return None

    def _taken(self, found: Match, start: int, at: int, plural: bool) -> Draft | None:
        """The draft of a trie match, its level or province read; None if the name goes on."""
        keys = self.keys
        end = found.end
        entry = found.whole
        if found.stem is not None:
            drafts = self._levelled(found.stem, start, at, end)
            if drafts:
                return drafts[-1]
            if entry is None:
                return self._cut_stem(found.stem, start, end)
        assert entry is not None
        if not self._may_end(found, at, plural):
            return None
        draft = Draft(start, end, entry.agency, entry.kind)
        draft.take(entry)
        draft.plural = plural
        if found.stem is not None and not self._has_own_level(found, at):
            draft.bare_stem = found.stem
        if entry.kind == _ORGANIZATION:
            self._province_tail(draft, entry)
            self._inherit(self._head_at(at), at, strong=plural)
        self._add(draft)
        return draft

    def _has_own_level(self, found: Match, at: int) -> bool:
        return found.whole is not None and level_word(self.keys, at) is not None

    def _may_end(self, found: Match, at: int, plural: bool) -> bool:
        """May the name end here, or do the next words show that it is another, longer one?"""
        keys = self.keys
        end = found.end
        entry = found.whole
        assert entry is not None
        if end >= len(keys) or keys[end] in SEPARATORS or keys[end] in "():[]":
            return True
        head_end = at + len(self._head_at(at))
        if entry.kind == _GROUP:
            if head_end > end:
                return False  # "các bộ môn"
            if phrases("narrowing").end(keys, end) > end:
                return True
            if self._opens_longer(at, end):
                return False  # "Trường Đại học Cần Thơ"
            return end > at + 1 or self._is_word_of_list(end) or head_end == at
        if self._is_word_of_list(end):
            return True
        bare = end == at + 1
        if head_end == end and self.registry.match(keys, end) is not None:
            return False  # "Thanh tra Sở Nội vụ": a unit and the body that it belongs to
        if is_capital(self.tokens, end) and not self.tokens.caps:
            return (
                phrases("doing").end(keys, end) > end
                or province_at(self.tokens, end, self.on) is not None
                or self._starts_body(end)
            )
        return not bare

    def _is_word_of_list(self, at: int) -> bool:
        """A word that narrows, joins, places or describes: no part of a name."""
        keys = self.keys
        return (
            phrases("narrowing").end(keys, at) > at
            or phrases("opening").end(keys, at) > at
            or phrases("link").end(keys, at) > at
            or phrases("describing").end(keys, at) > at
            or phrases("ignored").end(keys, at) > at
            or level_word(keys, at) is not None
            or phrases("determiner").end(keys, at) > at
            or province_at(self.tokens, at, self.on) is not None
        )

    def _opens_longer(self, at: int, end: int) -> bool:
        """ "Tổ chức hành nghề …": a group's word that opens a name with a capital behind it."""
        return is_capital(self.tokens, end) and not self.tokens.caps and self._is_head(at)

    def _levelled(self, stem: Entry, start: int, at: int, end: int) -> list[Draft]:
        """Bodies of the stem at the levels that follow ("UBND | cấp huyện, cấp xã")."""
        keys = self.keys
        of = phrases("opening").end(keys, end)
        here = of if of == end + 1 and keys[end] in _OF and level_word(keys, of) else end
        found = read_levels(self.tokens, here, self.on)
        if not found:
            province = province_at(self.tokens, end, self.on)
            if province is None:
                return []
            found = [Level(end, province[0], OWN, False, (), None, province[1])]
        return self._drafts_of(stem, start, at, end, found)

    def _drafts_of(
        self, stem: Entry, start: int, at: int, stem_end: int, found: list[Level]
    ) -> list[Draft]:
        made: list[Draft] = []
        stem_name = stem.agency.removesuffix(" tỉnh")
        for index, level in enumerate(found):
            begin = start if index == 0 else level.start
            draft = self._of_level(stem, stem_name, begin, level)
            draft.plural = level.plural
            self._add(draft)
            made.append(draft)
        self.level_stem = stem
        last = found[-1]
        if self._is_caption(last):
            self.drafts.pop()
            self.chain.pop()
            made[-1].end += 1
            made[-1].caption = True
        self.level_text = (last.end - 1, last.end)
        self.last_level = last
        return made

    def _is_caption(self, level: Level) -> bool:
        """ "UBND các xã: A, B": the group only heads the names that follow."""
        keys = self.keys
        at = level.end + 1
        if not level.plural or at >= len(keys) or keys[level.end] not in (":", "("):
            return False
        if not is_capital(self.tokens, at) or self._starts_body(at):
            return False
        if keys[level.end] == ":":
            return True
        while at < len(keys) and keys[at] != ")":
            name = keys[at] in WEAK or is_capital(self.tokens, at)
            if not name or (len(self.tokens.shown[at]) > 1 and self.tokens.shown[at].isupper()):
                return False
            at += 1
        return True

    def _of_level(self, stem: Entry, stem_name: str, start: int, level: Level) -> Draft:
        keys = self.keys
        end = level.end
        rank = level.rank
        behind = under_centre(keys, end)
        if behind > end:
            end = behind
            rank = PROVINCES if level.plural else rank
        if rank == OWN and level.name is None:
            draft = Draft(start, end, stem.agency, _ORGANIZATION)
            draft.take(stem)
            draft.province = level.province
            return draft
        word = level_text(level.word) if level.word else ""
        if level.name is not None:
            agency = f"{stem_name} {word} {name_of(self.tokens, *level.name)}"
        elif level.plural:
            agency = f"{stem_name} {_GROUP_TAILS[rank]}"
        else:
            agency = f"{stem_name} {word}"
        entry = self.registry.named(Tokens(agency).keys)
        kind = _GROUP if level.plural and level.name is None else _ORGANIZATION
        draft = Draft(start, end, agency, kind)
        draft.level = _LEVEL_NAMES.get(rank)
        draft.province = level.province
        if entry is not None:
            draft.take(entry)
        return draft

    def _cut_stem(self, stem: Entry, start: int, end: int) -> Draft:
        """A stem alone: the end of the name is missing ("UBND cấp") or comes with the next."""
        keys = self.keys
        if end < len(keys) and keys[end] == CAP:
            end += 1
        draft = Draft(start, end, "", _DESCRIBED)
        draft.agency_id = None
        draft.bare_stem = stem if end >= 1 and keys[end - 1] != CAP else None
        self._add(draft)
        return draft

    def _province_tail(self, draft: Draft, entry: Entry) -> None:
        """Reads "tỉnh Long An", "TP", "Hà Nội" or "các tỉnh" behind a registered name."""
        keys = self.keys
        end = draft.end
        if end >= len(keys) or not entry.local:
            return
        of = phrases("opening").end(keys, end)
        here = of if of == end + 1 and keys[end] in _OF and level_word(keys, of) else end
        found = read_levels(self.tokens, here, self.on)
        if found:
            draft.end = under_centre(keys, found[-1].end)
            draft.province = found[0].province
            draft.bare_stem = None
            if found[0].rank != OWN or found[0].plural:
                draft.scope = self._text(here, draft.end)
            return
        province = province_at(self.tokens, end, self.on)
        if province is not None and self._is_boundary(province[0]):
            draft.end, draft.province = province
            draft.bare_stem = None

    def _levels(self, start: int, at: int, plural: bool) -> int | None:
        """Levels alone: "các huyện, thị xã, thành phố", "cấp xã", "xã Bát Tràng"."""
        keys = self.keys
        found = read_levels(self.tokens, at, self.on, plural)
        if not found:
            return None
        own = found[0]
        stem = self.level_stem
        if own.rank == OWN and stem is None and len(found) == 1 and own.province is None:
            return None
        stem = stem or self.registry.by_id[_COMMITTEE]
        drafts = self._drafts_of(stem, start, at, at, found)
        return self._after(drafts[-1]) if keys else None

    def _person(self, start: int, at: int, plural: bool) -> int | None:
        """A leader stands for the body: "Giám đốc Sở Tài chính"."""
        end = phrases("leader").end(self.keys, at)
        if end == at:
            return None
        here, more = self._determiner(end)
        if here >= len(self.keys) or self.keys[here] in SEPARATORS:
            return None
        return (
            self._registered(start, here, more)
            or self._person(start, here, more)
            or self._levels(start, here, more)
            or self._open_name(start, here, more)
        )

    # ---------------------------------------------------------------- heads given once

    def _head_at(self, at: int) -> tuple[str, ...]:
        if phrases("other").end(self.keys, at) > at:
            return ()
        end = phrases("head").end(self.keys, at)
        return tuple(self.keys[at:end])

    def _inherit(self, head: tuple[str, ...], at: int, strong: bool) -> None:
        if not head:
            return
        if self.head_is_strong and head == self.head:
            return
        self.head = head
        self.head_text = self._text(at, at + len(head))
        self.head_is_strong = strong
        self.head_is_old = False

    def _spread_head(self, at: int, plural: bool) -> int | None:
        """ "Các sở: …", "Các Vụ: …", "UBND các xã: …": a head and a colon, the names follow."""
        keys = self.keys
        head = self._head_at(at)
        if not head or "spreads" not in phrases("head").attributes[head]:
            return None
        end = at + len(head)
        if end < len(keys) and keys[end] in (":", "("):
            self._inherit(head, at, strong=True)
            return end + 1
        return None

    def _inherited(self, start: int, at: int) -> int | None:
        """A name without its head, which stood before the first of the list."""
        level = self._inherited_level(start, at)
        if level is not None:
            return level
        if not self.head:
            return None
        node = self.registry.node(self.head)
        found = self.registry.match(self.keys, at, node) if node is not None else None
        if found is not None and found.whole is not None and self._ends_name(found.end):
            draft = Draft(start, found.end, found.whole.agency, found.whole.kind)
            draft.take(found.whole)
            self._province_tail(draft, found.whole)
            self._add(draft)
            return self._after(draft)
        attributes = phrases("head").attributes.get(self.head, "")
        if "spreads" not in attributes or not is_capital(self.tokens, at):
            return None
        if ("closed" in attributes or self.head_is_old) and not self.head_is_strong:
            return None
        if self._is_head(at):
            return None
        end = self._name_end(at, at, attributes)
        name = f"{self.head_text} {name_of(self.tokens, at, end)}"
        return self._after(self._unregistered(start, end, name, attributes, False))

    def _ends_name(self, end: int) -> bool:
        return (
            self._is_boundary(end) or self._is_word_of_list(end) or not is_capital(self.tokens, end)
        )

    def _inherited_level(self, start: int, at: int) -> int | None:
        """ "Trịnh Tường" after "UBND các xã Bát Xát"."""
        if self.level_stem is None or not is_capital(self.tokens, at):
            return None
        last = self.last_level
        if not last.word or (last.name is None and not self._colon_before(at)):
            return None
        if self.registry.match(self.keys, at) is not None or self._is_head(at):
            return None
        end = at
        keys = self.keys
        while end < len(keys) and is_capital(self.tokens, end) and keys[end] not in SEPARATORS:
            end += 1
        level = Level(at, end, last.rank, False, last.word, (at, end))
        drafts = self._drafts_of(self.level_stem, start, at, at, [level])
        return self._after(drafts[-1])

    def _colon_before(self, at: int) -> bool:
        return at > 0 and self.keys[at - 1] in (":", "(")

    # ---------------------------------------------------------------- names that are not known

    def _open_name(self, start: int, at: int, plural: bool) -> int | None:
        """A name that the registry lacks, from a known head to where it cannot go on."""
        keys = self.keys
        head = self._head_at(at)
        if not head:
            return None
        attributes = phrases("head").attributes[head]
        head_end = at + len(head)
        end = self._name_end(at, head_end, attributes)
        alone = end == head_end and not plural and "crowd" not in attributes
        if alone and not read_levels(self.tokens, end, self.on):
            behind = self._described(start, end)
            self.drafts[-1].unfinished = name_of(self.tokens, at, end)
            return behind
        cut = end >= len(keys) and self.registry.is_cut(keys, at, end)
        name = name_of(self.tokens, at, end)
        if cut and not plural:
            behind = self._described(start, end)
            self.drafts[-1].unfinished = name
            return behind
        draft = self._unregistered(start, end, name, attributes, plural)
        self._level_of_open(draft)
        if not draft.registered and not plural:
            draft.unfinished = name
        self._inherit(head, at, strong=plural and end > head_end)
        return self._after(draft)

    def _described(self, start: int, end: int) -> int:
        draft = Draft(start, end, "", _DESCRIBED)
        draft.agency_id = None
        self._add(draft)
        return self._after(draft)

    def _unregistered(
        self, start: int, end: int, name: str, attributes: str, plural: bool
    ) -> Draft:
        crowd = "crowd" in attributes
        draft = Draft(start, end, name, _GROUP if plural or crowd else _ORGANIZATION)
        draft.plural = plural
        for level in ("central", "province"):
            if level in attributes:
                draft.level = level
        if name.lower().endswith(_CENTRAL_ENDINGS):
            draft.level = "central"
        draft.local = draft.level != "central"
        if "keeps_place" not in attributes:
            self._place_of_name(draft, end)
        self._add(draft)
        return draft

    def _place_of_name(self, draft: Draft, end: int) -> None:
        """A province's name at the end becomes "tỉnh" (contract, "Bodies")."""
        for at in range(max(draft.start + 1, end - 5), end):
            if self.keys[at - 1] in DASHES:
                continue
            found = province_at(self.tokens, at, self.on)
            if found is not None and found[0] == end:
                start = at
                while level_word(self.keys, start - 1) or (
                    start - 2 > draft.start and level_word(self.keys, start - 2) == (start, 0)
                ):
                    start -= 1
                words = self._text(start, end)
                shown = self.tokens.shown[at]
                position = draft.agency.rfind(shown)
                if position > 0 and words:
                    head = draft.agency[:position].rstrip()
                    for tail in ("thành phố", "Thành phố", "tỉnh", "Tỉnh", "TP"):
                        head = head.removesuffix(" " + tail)
                    draft.agency = head + " tỉnh"
                    draft.agency_id = slug(draft.agency)
                    draft.province = found[1]
                    draft.level = draft.level or "province"
                    draft.local = True
                    entry = self.registry.named(Tokens(draft.agency).keys)
                    if entry is not None:
                        draft.take(entry)
                return

    def _level_of_open(self, draft: Draft) -> None:
        """ "… tỉnh", "… các huyện" behind an unregistered name: as behind a stem."""
        found = read_levels(self.tokens, draft.end, self.on)
        if not found:
            return
        level = found[0]
        draft.end = under_centre(self.keys, level.end)
        draft.province = level.province
        draft.level = draft.level or _LEVEL_NAMES.get(level.rank)
        word = level_text(level.word) if level.word else ""
        if level.name is not None:
            draft.agency += f" {word} {name_of(self.tokens, *level.name)}"
        elif level.rank == OWN:
            draft.agency += " tỉnh"
        elif level.plural:
            draft.agency += " " + _GROUP_TAILS[level.rank]
            draft.kind = _GROUP
        else:
            draft.agency += f" {word}"
        draft.agency_id = slug(draft.agency)
        entry = self.registry.named(Tokens(draft.agency).keys)
        if entry is not None:
            draft.take(entry)

    def _name_end(self, at: int, head_end: int, attributes: str) -> int:
        """Behind the last token of an unknown name that opens at ``at``."""
        keys = self.keys
        end = head_end
        long = "long" in attributes
        crowd = "crowd" in attributes
        while end < len(keys):
            key = keys[end]
            if key in STRONG or key in "():[]":
                break
            if key in WEAK:
                behind = skip_weak(keys, end)
                if not self._name_goes_on(end, behind, long):
                    break
                end = behind
                continue
            if self._ends_before(end, end - head_end, long, crowd):
                break
            end += 1
        while end > head_end and keys[end - 1] in WEAK:
            end -= 1
        return end

    def _ends_before(self, at: int, count: int, long: bool, crowd: bool) -> bool:
        """Do words that are no part of the name begin at ``at``?"""
        keys = self.keys
        if phrases("narrowing").end(keys, at) > at:
            return True
        lower = not is_capital(self.tokens, at)
        if not long:
            opening = phrases("opening").end(keys, at)
            if opening > at and lower and keys[at] != CAP:
                return True
            if lower and phrases("describing").end(keys, at) > at and (count > 0 or crowd):
                return True
            if lower and count > 1 and phrases("doing").end(keys, at) > at:
                return not self._noun_here(at)
        if phrases("determiner").end(keys, at) > at:
            return bool(read_levels(self.tokens, at, None))
        if keys[at] == CAP and level_word(keys, at + 1, cap=True):
            return True
        found = level_word(keys, at)
        if found is not None and count:
            return self._is_boundary(found[0]) or is_capital(self.tokens, found[0])
        return False

    def _noun_here(self, at: int) -> bool:
        """A verb-like word inside a name ("Trung tâm Dịch vụ tổng hợp"): nothing follows it."""
        end = phrases("doing").end(self.keys, at)
        return self._is_boundary(end)

    def _name_goes_on(self, mark: int, behind: int, long: bool) -> bool:
        """Is the mark at ``mark`` part of the name, or does it end it?"""
        keys = self.keys
        if behind >= len(keys) or self._starts_body(behind) or level_word(keys, behind):
            return False
        if keys[behind] in STRONG or keys[behind] in "():[]":
            return False
        key = keys[mark]
        if key == "/" or key in DASHES:
            return is_capital(self.tokens, behind) or self._joined(mark)
        if key in (AND, "&") and behind == mark + 1:
            return phrases("with").end(keys, behind) == behind
        if key == ",":
            return self._list_inside(behind) or (long and not is_capital(self.tokens, behind))
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

    def _code(self, start: int, at: int) -> int | None:
        """A body that is only given by letters and figures ("P3", "BCN")."""
        word = self.tokens.shown[at]
        if self.tokens.caps and not any(char.isdigit() for char in word) and len(self.keys) > 1:
            return None
        if len(word) < 2 or not word[0].isalpha() or not word.isupper():
            return None
        draft = self._unregistered(start, at + 1, word, "", False)
        self._level_of_open(draft)
        return self._after(draft)

    # ---------------------------------------------------------------- behind a body

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
        elif end < len(keys) and keys[end] in DASHES and not self.bulleted:
            end = self._apposition(draft, end)
        if end < len(keys) and keys[end] == "(":
            end = self._brackets(draft, end)
        draft.end = max(draft.end, end)
        if self.role and draft.scope is None:
            draft.scope = self.role
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
            return close + 1
        if inside == 1 and self._is_short_form(draft, self.tokens.shown[at + 1]):
            return close + 1
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
        keys = self.keys
        if self._head_at(draft.start) not in _units() or self._head_at(at) not in _parents():
            return at
        found = self.registry.match(keys, at)
        return found.end if found is not None and self._is_boundary(found.end) else at

    def _clause(self, draft: Draft, at: int) -> int:
        """The words behind a body: they narrow it, say what it does, or describe it."""
        keys = self.keys
        narrowed = self._own_level(draft, at)
        while (end := phrases("narrowing").end(keys, narrowed)) > narrowed:
            longer = phrases("opening").end(keys, narrowed)
            if longer > end:
                break
            narrowed = end
        if self._is_boundary(narrowed) or phrases("link").end(keys, narrowed) > narrowed:
            self._narrow(draft, at, narrowed)
            return narrowed
        if phrases("ignored").end(keys, narrowed) > narrowed:
            self._narrow(draft, at, narrowed)
            return narrowed
        if (end := phrases("with").end(keys, narrowed)) > narrowed and self._with_body(end):
            self._narrow(draft, at, narrowed)
            return narrowed
        if self._starts_body(narrowed):
            self._narrow(draft, at, narrowed)
            return narrowed
        end = self._clause_end(narrowed)
        if draft.kind != _ORGANIZATION and self._describes(narrowed, end):
            self._describe(draft, end)
        elif phrases("doing").end(keys, narrowed) > narrowed:
            self._do(draft, at, end)
        elif draft.kind == _GROUP:
            self._narrow(draft, at, end)
        else:
            draft.scope = self._text(at, end)
        return end

    def _own_level(self, draft: Draft, at: int) -> int:
        """Behind "tỉnh", "cấp tỉnh", "Thành phố" right after a group, which narrow it."""
        if draft.kind != _GROUP or draft.level in ("district", "commune"):
            return at
        found = read_levels(self.tokens, at, self.on)
        if not found:
            return at
        draft.province = found[0].province
        return under_centre(self.keys, found[0].end)

    def _describes(self, at: int, end: int) -> bool:
        keys = self.keys
        lower = self.tokens.caps or not is_capital(self.tokens, at)
        if lower and phrases("describing").end(keys, at) > at:
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
        if draft.kind != _GROUP:
            return
        for other in self._sharing(draft):
            if other.scope is None and other.agency_id != _CONCERNED:
                other.scope = words

    def _sharing(self, draft: Draft) -> list[Draft]:
        """Groups before ``draft`` that stand under the same "các"."""
        found: list[Draft] = []
        if draft not in self.chain or draft.plural:
            return found
        for other in reversed(self.chain[: self.chain.index(draft)]):
            if other.kind != _GROUP or other.level in ("district", "commune"):
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
        draft.kind = _DESCRIBED
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
            if key in STRONG:
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
        return end

    # ---------------------------------------------------------------- questions

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
        found = self.registry.match(keys, here, plural=plural)
        if found is not None:
            entry = found.whole or found.stem
            if plural or is_capital(self.tokens, here) or found.end > here + 1:
                if entry is not None and entry.kind == _GROUP and not plural:
                    return self._is_boundary(found.end) or self._is_word_of_list(found.end)
                return (
                    found.end > here + 1
                    or self._is_boundary(found.end)
                    or self._is_word_of_list(found.end)
                )
        if plural:
            return self._is_head(here) or level_word(keys, here) is not None
        if keys[here] == CAP and level_word(keys, here + 1, cap=True) is not None:
            return True
        if self._is_head(here) and is_capital(self.tokens, here):
            head_end = phrases("head").end(keys, here)
            return not self._is_boundary(head_end) and is_capital(self.tokens, head_end)
        return False

    def _text(self, start: int, end: int) -> str:
        """The printed words of a token range."""
        if start >= end:
            return ""
        return tidy(self.tokens.text[self.tokens.starts[start] : self.tokens.ends[end - 1]])

    def _add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.chain.append(draft)

    # ---------------------------------------------------------------- what is left

    def _repaired(self, start: int, at: int, plural: bool) -> int | None:
        """A slip of the scan in a registered name."""
        found = repair(self.tokens, at, self._item_end(at))
        if found is None:
            return None
        match = found.match
        taken = self._taken(match, start, at, plural) if match.whole else None
        if taken is None and match.stem is not None:
            drafts = self._levelled(match.stem, start, at, match.end)
            taken = drafts[-1] if drafts else None
        if taken is None:
            return None
        taken.repaired = taken.agency
        return self._after(taken)

    def _item_end(self, at: int) -> int:
        keys = self.keys
        while at < len(keys) and keys[at] not in STRONG and keys[at] not in "():[]":
            at += 1
        return at

    def _unread(self, start: int) -> int:
        """Words that name no body, up to the next mark: told, nothing guessed."""
        keys = self.keys
        end = self._unread_end(start)
        raw = self._text(start, end)
        first, last = self.tokens.starts[start], self.tokens.ends[end - 1]
        self.notes.append(Note("agency.unresolved", raw=raw, start=first, end=last))
        return end

    def _unread_end(self, start: int) -> int:
        """Behind the words that name no body: up to a mark with a body behind it."""
        keys = self.keys
        end = start + 1
        while end < len(keys) and keys[end] not in STRONG:
            if keys[end] in WEAK and self._starts_body(skip_weak(keys, end)):
                break
            end += 1
        while end > start + 1 and keys[end - 1] in WEAK:
            end -= 1
        return end

    def _share_tails(self) -> None:
        """ "HĐND, UBND tỉnh": a stem without its level takes that of the next one."""
        following: Draft | None = None
        for draft in reversed(self.chain):
            if following is not None:
                if draft.bare_stem is not None:
                    self._lend(draft, following)
                elif draft.unfinished is not None:
                    self._complete(draft, following)
            if draft.bare_stem is None and draft.unfinished is None:
                following = draft
        for draft in self.chain:
            draft.bare_stem = None
            draft.unfinished = None

    def _complete(self, draft: Draft, following: Draft) -> None:
        """ "Ban Tổ chức, Ban Dân vận Tỉnh ủy": the next name's last words end this one too."""
        words = following.agency.split(" ")
        for count in range(1, len(words)):
            name = f"{draft.unfinished} {' '.join(words[-count:])}"
            entry = self.registry.named(Tokens(name).keys)
            if entry is not None:
                draft.take(entry)
                draft.province = following.province
                return

    def _lend(self, draft: Draft, following: Draft) -> None:
        stem = draft.bare_stem
        assert stem is not None
        if draft.registered and following.agency.startswith(_COMMITTEES):
            return  # "Thanh tra, UBND cấp xã": whole names are not completed by a committee's level
        tail = _tail_of(following.agency)
        if tail is None:
            return
        agency = f"{stem.agency.removesuffix(' tỉnh')} {tail}"
        entry = self.registry.named(Tokens(agency).keys)
        draft.agency = agency
        draft.agency_id = slug(agency)
        draft.kind = following.kind
        draft.level = following.level
        draft.province = following.province
        draft.registered = False
        if entry is not None:
            draft.take(entry)


_OF = frozenset(["cua2", "thuôc5"])
_SEATED = frozenset(["đong4", "trên", "đưng4", "tai5"])
"""Opening words that say where a body sits: a central agency in a province is a branch there."""
_PASSIVE = frozenset(["đươc5", "đang"])


def _tail_of(agency: str) -> str | None:
    """The level words at the end of a canonical name: "tỉnh", "cấp huyện", "xã Bát Tràng"."""
    keys = Tokens(agency)
    for at in range(1, len(keys.keys)):
        if keys.keys[at] == CAP or (
            keys.keys[at] == "cac4" and at + 1 < len(keys.keys) and keys.keys[at + 1] == CAP
        ):
            return agency[keys.starts[at] :]
        found = level_word(keys.keys, at)
        if found is not None and (found[0] == len(keys.keys) or is_capital(keys, found[0])):
            return agency[keys.starts[at] :]
    return None


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
