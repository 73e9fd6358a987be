"""Registered names and levels: "Sở Nội vụ tỉnh Long An", "UBND cấp huyện, cấp xã"."""

from __future__ import annotations

from normalize.agency_clauses import Clauses
from normalize.agency_drafts import DESCRIBED, GROUP, GROUP_TAILS, LEVEL_NAMES, ORGANIZATION, Draft
from normalize.agency_levels import (
    CAP,
    OWN,
    PROVINCES,
    Level,
    is_capital,
    level_word,
    mend_levels,
    province_at,
    read_levels,
    under_centre,
)
from normalize.agency_registry import Entry, Match
from normalize.agency_words import (
    AND,
    WEAK,
    Tokens,
    is_vowelless,
    level_text,
    phrases,
    proper_name,
)

_COMMITTEE = "ubnd-tinh"
_LONGEST_CUT = 6
_REGION = ("khu", "vưc5")
_PARTY_COMMITTEE = ("đang2", "uy2")
_OF = frozenset(["cua2", "thuôc5"])


def _stem_name(entry: Entry) -> str:
    """The name without its level: "Công an" of "Công an tỉnh".

    "Tỉnh đoàn" has its level inside; there the first alias that ends in "tỉnh" tells the stem.
    """
    names = [name for name in (entry.agency, *entry.aliases) if name.endswith(" tỉnh")]
    return names[0].removesuffix(" tỉnh") if names else entry.agency


class Names(Clauses):
    """Reads names that the registry knows and the levels behind them."""

    def name_at(self, at: int) -> Draft | None:
        """The registered body whose name begins at ``at``, without clause or brackets."""
        here, plural = self._determiner(at)
        found = self._match(here, plural=plural)
        leader = phrases("leader").end(self.keys, here)
        while found is None and leader > here:
            here, plural = self._determiner(leader)
            found = self._match(here, plural=plural)
            leader = phrases("leader").end(self.keys, here)
        if found is None:
            return None
        self._taken(found, at, here, plural, anyhow=True)
        return self.drafts[0] if self.drafts else None

    def _registered(self, start: int, at: int, plural: bool, leader: bool = False) -> int | None:
        """A registered name at ``at`` and everything that belongs to it."""
        found = self._match(at, plural=plural)
        if found is None:
            return None
        if found.whole is not None and found.whole.kind == GROUP:
            caption = self._caption(found, at)
            if caption is not None:
                return caption
        if self._heads_levels(found):
            self.level_stem = found.stem
            return found.end + 1
        if found.open and self._dangles(found.end):
            return self._described(start, found.end + 1)
        count = len(self.keys)
        if (
            found.end < count <= found.end + _LONGEST_CUT
            and level_word(self.keys, found.end) is None
            and phrases("opening").end(self.keys, found.end) != count
            and self.registry.is_cut(self.keys, at, count)
        ):
            return self._described(start, count)  # "Sở Giao thông vận"
        taken = self._taken(found, start, at, plural)
        if taken is None:
            return None
        return self._after(taken)

    def _heads_levels(self, found: Match) -> bool:
        """ "UBND: thành phố A, huyện B": a name given once for the places behind the colon."""
        end = found.end
        if found.stem is None or end >= len(self.keys) or self.keys[end] != ":":
            return False
        return bool(read_levels(self.tokens, end + 1, self.on))

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

    def _taken(
        self, found: Match, start: int, at: int, plural: bool, anyhow: bool = False
    ) -> Draft | None:
        """The draft of a trie match, its level or province read; None if the name goes on.

        ``anyhow`` takes it even then (a name in running text ends where it ends).
        """
        end = found.end
        entry = found.whole
        if found.stem is not None:
            drafts = self._levelled(found.stem, start, at, end, entry is not None)
            if drafts:
                return drafts[-1]
            if entry is None:
                if not anyhow and self._opens_another(at, end):
                    return None
                return self._cut_stem(found.stem, start, end)
        assert entry is not None
        if not anyhow and not self._may_end(found, at, plural):
            return None
        draft = Draft(start, end, entry.agency, entry.kind)
        draft.take(entry)
        draft.plural = plural
        if found.stem is not None and not self._has_own_level(found, at):
            draft.bare_stem = found.stem
        if entry.kind == ORGANIZATION:
            self._province_tail(draft, entry)
            self._inherit(self._head_at(at), at, strong=plural)
        self._add(draft)
        return draft

    def _opens_another(self, at: int, end: int) -> bool:
        """ "Trung tâm Truyền thông TN&MT": no level but a name goes on behind an open head."""
        head = self._head_at(at)
        if at + len(head) > end:
            return True  # "Thuế cơ sở 3"
        if head and self._is_region(end):
            return True  # "Bệnh viện Đa khoa khu vực Cam Ranh"
        attributes = phrases("head").attributes.get(head)
        return (
            attributes is not None
            and "closed" not in attributes
            and not self._is_boundary(end)
            and is_capital(self.tokens, end)
            and not self.tokens.caps
            and not self._is_word_of_list(end)
            and not self._starts_body(end)
        )

    def _has_own_level(self, found: Match, at: int) -> bool:
        return found.whole is not None and level_word(self.keys, at) is not None

    def _may_end(self, found: Match, at: int, plural: bool) -> bool:
        """May the name end here, or do the next words show that it is another, longer one?"""
        keys = self.keys
        end = found.end
        entry = found.whole
        assert entry is not None
        head_end = at + len(self._head_at(at))
        if head_end > at and self._is_code_joined(end):
            return False  # "Phòng KT&ĐBCLGD"
        if self._is_boundary(end):
            attributes = phrases("head").attributes.get(self._head_at(at), "spreads")
            longer = not plural and head_end > at
            longer = longer and (entry.kind == GROUP or "spreads" not in attributes)
            if not longer and not plural and "closed" not in attributes:
                longer = not self._shares_head(at, end)  # "Vụ Pháp chế và Quản lý khoa học"
            return not (longer and self._goes_on_with_and(end))
        if tuple(keys[end - 2 : end]) == _REGION and is_capital(self.tokens, end):
            return self._is_word_of_list(end)  # "CHI CỤC THUẾ KHU VỰC BẮC HÀ - SI MA CAI"
        if self._is_unit(at) and self._bare_owner(end):
            return True
        if entry.kind == GROUP:
            if head_end > end:
                return False  # "các bộ môn"
            if self._is_word_of_list(end, places=False):
                return True
            if self._opens_longer(at, end):
                return False  # "Trường Đại học Cần Thơ"
            if plural or head_end == at or any(key in WEAK for key in keys[at:end]):
                return end > at + 1 or self._is_word_of_list(end) or head_end == at
            return self._is_word_of_list(end) or self._is_verb(end)
        if tuple(keys[end - 2 : end]) == _PARTY_COMMITTEE and self._starts_body(end):
            return False  # "Ban Thường vụ Đảng ủy UBND tỉnh": whose committee it is
        if self._is_word_of_list(end):
            return True
        bare = end == at + 1 or (found.stem is not None and found.whole is found.stem)
        if head_end == end and self._match(end) is not None:
            return False  # "Thanh tra Sở Nội vụ": a unit and the body that it belongs to
        if is_capital(self.tokens, end) and not self.tokens.caps:
            return (
                (self._is_verb(end) and not bare)
                or province_at(self.tokens, end, self.on) is not None
                or self._starts_body(end)
            )
        return not bare or self._is_verb(end)

    def _is_code_joined(self, at: int) -> bool:
        """Do capitals that stand for words touch the mark at ``at`` on both sides?"""
        tokens = self.tokens
        if at + 1 >= len(self.keys) or self.keys[at] not in ("&", "-") or not self._joined(at):
            return False
        words = [tokens.text[tokens.starts[side] : tokens.ends[side]] for side in (at - 1, at + 1)]
        if not all(len(word) > 1 and word.isupper() for word in words):
            return False
        if tokens.caps and not all(is_vowelless(word) for word in words):
            return False
        return not self._starts_body(at + 1)

    def _goes_on_with_and(self, at: int) -> bool:
        """ "Viện Nghiên cứu và Phát triển …": a capital behind "và" that begins no body."""
        keys = self.keys
        if at >= len(keys) or keys[at] not in (AND, "&"):
            return False
        return is_capital(self.tokens, at + 1) and self._name_goes_on(at, at + 1, False)

    def _shares_head(self, at: int, end: int) -> bool:
        """ "Phòng Nội vụ và Tư pháp": a registered name begins with the head and what follows."""
        head = self._head_at(at)
        node = self.registry.node(head) if head else None
        found = self._match(end + 1, node) if node is not None else None
        return node is None or found is not None

    def _opens_longer(self, at: int, end: int) -> bool:
        """ "Tổ chức hành nghề …": a group's word that opens a name with a capital behind it."""
        return is_capital(self.tokens, end) and self._is_head(at)

    def _levelled(
        self, stem: Entry, start: int, at: int, end: int, stands_alone: bool
    ) -> list[Draft]:
        """Bodies of the stem at the levels that follow ("UBND | cấp huyện, cấp xã")."""
        keys = self.keys
        of = phrases("opening").end(keys, end)
        here = of if of == end + 1 and keys[end] in _OF and level_word(keys, of) else end
        found = read_levels(self.tokens, here, self.on)
        if (
            not found
            and not stands_alone
            and not self._is_boundary(here)
            and mend_levels(self.tokens, here)
        ):
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
        stem_name = _stem_name(stem)
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
            self.heading = stem if made[-1].level == LEVEL_NAMES[PROVINCES] else None
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
            draft = Draft(start, end, stem.agency, ORGANIZATION)
            draft.take(stem)
            draft.province = level.province
            return draft
        word = level_text(level.word) if level.word else ""
        if level.name is not None:
            agency = f"{stem_name} {word} {proper_name(self.tokens, *level.name)}"
        elif level.plural:
            agency = f"{stem_name} {GROUP_TAILS[rank]}"
        else:
            agency = f"{stem_name} {word}"
        entry = self.registry.named(Tokens(agency).keys)
        kind = GROUP if level.plural and level.name is None else ORGANIZATION
        draft = Draft(start, end, agency, kind)
        draft.level = LEVEL_NAMES.get(rank)
        draft.province = level.province
        if entry is not None:
            draft.take(entry)
        return draft

    def _cut_stem(self, stem: Entry, start: int, end: int) -> Draft:
        """A stem alone: the end of the name is missing ("UBND cấp") or comes with the next."""
        keys = self.keys
        if end < len(keys) and keys[end] == CAP:
            end += 1
        draft = Draft(start, end, "", DESCRIBED)
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
            draft.of_provinces = found[0].plural and found[0].rank in (OWN, PROVINCES)
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

    def _described(self, start: int, end: int) -> int:
        draft = Draft(start, end, "", DESCRIBED)
        draft.agency_id = None
        self._add(draft)
        return self._after(draft)

    def _inherit(self, head: tuple[str, ...], at: int, strong: bool) -> None:
        if not head:
            return
        if self.head_is_strong and head == self.head:
            return
        self.head = head
        self.head_text = self._text(at, at + len(head))
        self.head_is_strong = strong
        self.head_is_old = False
