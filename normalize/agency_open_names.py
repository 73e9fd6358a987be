"""Names that the registry lacks, and heads that are given once for several names."""

from __future__ import annotations

from normalize.agency_drafts import GROUP, GROUP_TAILS, LEVEL_NAMES, ORGANIZATION, Draft
from normalize.agency_levels import (
    CAP,
    OWN,
    Level,
    is_capital,
    level_word,
    province_at,
    read_levels,
    skip_weak,
    under_centre,
)
from normalize.agency_names import Names
from normalize.agency_words import (
    DASHES,
    SEPARATORS,
    STRONG,
    WEAK,
    Tokens,
    level_text,
    name_of,
    phrases,
    proper_name,
)
from normalize.text import slug, word_key

_VERB = 2
"""Words of a verb that may open a name ("Quản lý")."""
_PASSIVE = word_key("được")
_SCHOOL = (word_key("trường"),)
_CENTRAL_ENDINGS = ("việt nam", "quốc gia", "trung ương", "chính phủ")


class OpenNames(Names):
    """Reads names that open with a known head and end where no name goes on."""

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
        found = self._match(at, node) if node is not None else None
        if found is not None and found.whole is not None and self._ends_name(found.end):
            draft = Draft(start, found.end, found.whole.agency, found.whole.kind)
            draft.take(found.whole)
            self._province_tail(draft, found.whole)
            self._add(draft)
            return self._after(draft)
        school = self._inherited_school(start, at)
        if school is not None:
            return school
        attributes = phrases("head").attributes.get(self.head, "")
        if "spreads" not in attributes or not is_capital(self.tokens, at):
            return None
        if ("closed" in attributes or self.head_is_old) and not self.head_is_strong:
            return None
        if self._is_head(at):
            return None
        self.in_list = self.head_is_strong
        end = self._name_end(at, at, attributes)
        self.in_list = False
        head = self.head_text[:1].upper() + self.head_text[1:]
        name = f"{head} {name_of(self.tokens, at, end)}"
        return self._after(self._unregistered(start, end, name, attributes, False))

    def _inherited_school(self, start: int, at: int) -> int | None:
        """ "Các trường mầm non, tiểu học": further levels of school behind the first."""
        end = phrases("school").end(self.keys, at)
        before = self.chain[-1] if self.chain else None
        if end == at or before is None or before.kind != GROUP or not self.head_is_school():
            return None
        name = (
            f"Trường {name_of(self.tokens, at, end)[:1].lower()}{name_of(self.tokens, at, end)[1:]}"
        )
        return self._after(self._unregistered(start, end, name, "", True))

    def head_is_school(self) -> bool:
        """Was the last head "trường", with or without a level behind it?"""
        return self.head[:1] == _SCHOOL

    def _school_list(self, at: int) -> bool:
        """ "Trường TH, THCS": levels of school follow, so that the first is a group too."""
        keys = self.keys
        behind = skip_weak(keys, at)
        return at < behind < len(keys) and phrases("school").end(keys, behind) > behind

    def _longer_inherited(self, start: int, at: int) -> int | None:
        """ "Các Vụ: …, Tổ chức cán bộ": with its head a longer name than "tổ chức" alone.

        So too behind a head that is given once for two ("Vụ Pháp chế và Tổ chức cán bộ").
        """
        if not self.head or self.level_stem is not None:
            return None
        if self.head_is_old and not self.head_is_strong:
            return None
        node = self.registry.node(self.head)
        found = self._match(at, node) if node is not None else None
        if found is None or found.whole is None:
            return None
        alone = self._match(at)
        if alone is None or alone.end >= found.end:
            return None
        return self._inherited(start, at)

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
        if self._match(at) is not None or self._is_head(at):
            return None
        end = at
        keys = self.keys
        while end < len(keys) and is_capital(self.tokens, end) and keys[end] not in SEPARATORS:
            end += 1
        end = self.tokens.outside(end)
        level = Level(at, end, last.rank, False, last.word, (at, end))
        drafts = self._drafts_of(self.level_stem, start, at, at, [level])
        return self._after(drafts[-1])

    def _next_number(self, at: int) -> int | None:
        """ "Tổ 1, 2, 3": a number alone is the body before it, with that number."""
        if not self.chain or not self.keys[at].isdigit() or not self._is_boundary(at + 1):
            return None
        before = self.chain[-1]
        name, _, last = before.agency.rpartition(" ")
        if not name or not last.isdigit() or before.agency_id is None:
            return None
        draft = Draft(at, at + 1, f"{name} {self.keys[at]}", before.kind)
        draft.level, draft.local, draft.province = before.level, before.local, before.province
        self._add(draft)
        return self._after(draft)

    def _open_name(self, start: int, at: int, plural: bool) -> int | None:
        """A name that the registry lacks, from a known head to where it cannot go on."""
        keys = self.keys
        head = self._head_at(at)
        if not head:
            return None
        attributes = phrases("head").attributes[head]
        head_end = at + len(head)
        end = self._name_end(at, head_end, attributes)
        if self.chain and self.chain[-1].plural and self.chain[-1].kind == GROUP:
            behind = phrases("opening").end(keys, end)  # "các khoa, bộ môn trực thuộc"
            plural = plural or (end == head_end and (self._is_boundary(end) or behind > end))
        if head[:1] == _SCHOOL and end == head_end and self._school_list(end):
            plural = True
        alone = end == head_end and not plural and "crowd" not in attributes
        if alone and not read_levels(self.tokens, end, self.on):
            behind = self._described(start, end)
            self.drafts[-1].unfinished = name_of(self.tokens, at, end)
            return behind
        cut = end >= len(keys) and self._is_cut(at, head_end, end, attributes)
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

    def _is_cut(self, at: int, head_end: int, end: int, attributes: str) -> bool:
        """Does the text break off inside a registered name?

        Behind a head whose names are all known any beginning of one is cut ("Sở Giao thông").
        Others bear ordinary names that begin like a longer one ("Ban An toàn"): cut are those that
        end inside a word, and words have two syllables ("Kho bạc Nhà", "Trung tâm Y tế dự").
        """
        if not self.registry.is_cut(self.keys, at, end, "closed" in attributes):
            return False
        syllables = sum(1 for key in self.keys[head_end:end] if key not in WEAK)
        return "closed" in attributes or syllables % 2 == 1

    def _longer(self, start: int, at: int, plural: bool) -> int | None:
        """A registered name that goes on: "Bảo hiểm xã hội khu vực XXVI" is a body of its own."""
        found = self._match(at, plural=plural)
        if found is None or self._is_boundary(found.end):
            return None
        if self._head_at(at) and not self._is_region(found.end):
            return None
        end = self._name_end(at, found.end, "")
        if end == found.end or found.end == at + 1:
            return None
        named = self._before_province(at, end) if self._is_region(found.end) else end
        draft = self._unregistered(start, named, name_of(self.tokens, at, named), "", plural)
        if named < end:
            draft.end = end
            place = province_at(self.tokens, named + 1, self.on)
            draft.province = place[1] if place is not None else None
        entry = found.whole or found.stem
        if entry is not None and draft.level is None:
            draft.level = entry.level
            draft.local = entry.local
        self._level_of_open(draft)
        return self._after(draft)

    def _before_province(self, at: int, end: int) -> int:
        """Where the name ends before its province ("… khu vực 3 - Đồng Tháp")."""
        for dash in range(at + 1, end - 1):
            if self.keys[dash] in DASHES:
                found = province_at(self.tokens, dash + 1, self.on)
                if found is not None and found[0] == end:
                    return dash
        return end

    def _unregistered(
        self, start: int, end: int, name: str, attributes: str, plural: bool
    ) -> Draft:
        crowd = "crowd" in attributes
        draft = Draft(start, end, name, GROUP if plural or crowd else ORGANIZATION)
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
        if draft.level in (None, "central"):  # "Ban Chỉ đạo … quốc gia các cấp" is no central one
            draft.level = LEVEL_NAMES.get(level.rank, "province" if level.rank == OWN else None)
            draft.local = True
        word = level_text(level.word) if level.word else ""
        if level.name is not None:
            draft.agency += f" {word} {proper_name(self.tokens, *level.name)}"
        elif level.rank == OWN:
            if "branch" not in phrases("head").attributes.get(self._head_at(draft.start), ""):
                draft.agency += " tỉnh"  # not "Thuế cơ sở 3 tỉnh Đồng Nai"
        elif level.plural:
            draft.agency += " " + GROUP_TAILS[level.rank]
            draft.kind = GROUP
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
        loose = long or not attributes
        crowd = "crowd" in attributes
        while end < len(keys):
            key = keys[end]
            if key in STRONG or key in "():[]":
                break
            if (tail := phrases("tail").end(keys, end)) > end:
                end = tail
                continue
            if key in WEAK:
                behind = skip_weak(keys, end)
                if not self._name_goes_on(end, behind, loose, "closed" in attributes):
                    break
                end = behind
                continue
            if self._ends_before(end, end - head_end, long, crowd):
                break
            if end > head_end and self._bare_owner(end) and self._is_unit(at):
                break
            end += 1
        while end > head_end and keys[end - 1] in WEAK:
            end -= 1
        return self.tokens.outside(end)

    def _ends_before(self, at: int, count: int, long: bool, crowd: bool) -> bool:
        """Do words that are no part of the name begin at ``at``?"""
        keys = self.keys
        if (narrowed := phrases("narrowing").end(keys, at)) > at:
            # "Viện Vệ sinh dịch tễ Trung ương": with a capital at its end, part of the name.
            capital = is_capital(self.tokens, at) and not self.tokens.caps
            if capital and phrases("compound").end(keys, narrowed - 1) > narrowed:
                return False  # "Ban Chỉ đạo Trung ương về …"
            return not (capital and count > 0 and self._is_boundary(narrowed))
        lower = not is_capital(self.tokens, at)
        if not long and not (count and phrases("compound").end(keys, at - 1) > at):
            opening = phrases("opening").end(keys, at)
            region = count > 0 and self._is_region(at)  # "Bệnh viện Đa khoa vùng Tây Nguyên"
            if opening > at and lower and keys[at] != CAP and not region:
                return True
            # A head may be described too: "Sở được giao chủ trì".
            may_describe = count > 0 or crowd or keys[at] == _PASSIVE
            if lower and may_describe and self._describing(at, crowd):
                return True
            doing = lower and count > 1 and phrases("doing").end(keys, at) > at
            if doing and count == _VERB and phrases("describing").end(keys, at - _VERB) == at:
                doing = False  # "Cục Quản lý xây dựng công trình": no name is a verb alone
            if doing and phrases("other").end(keys, at) == at:  # "… công nghệ giao thông vận tải"
                return not self._noun_here(at)
        if phrases("determiner").end(keys, at) > at:
            return bool(read_levels(self.tokens, at, None))
        if keys[at] == CAP and level_word(keys, at + 1, cap=True):
            return True
        found = level_word(keys, at)
        if found is not None and count:
            return self._is_boundary(found[0]) or is_capital(self.tokens, found[0])
        return False

    def _describing(self, at: int, crowd: bool) -> bool:
        """A verb that describes; those that names hold too ("quản lý") only behind people."""
        end = phrases("describing").end(self.keys, at)
        return end > at and (
            crowd or "plain" in phrases("describing").attribute(self.keys, at, end)
        )

    def _noun_here(self, at: int) -> bool:
        """A verb-like word inside a name ("Trung tâm Dịch vụ tổng hợp"): nothing follows it."""
        end = phrases("doing").end(self.keys, at)
        return self._is_boundary(end) or bool(read_levels(self.tokens, end, self.on))

    def _code(self, start: int, at: int) -> int | None:
        """A body that is only given by letters and figures ("P3", "BCN")."""
        word = self.tokens.shown[at]
        if self.tokens.caps and not any(char.isdigit() for char in word) and len(self.keys) > 1:
            return None
        if len(word) < 2 or not word[0].isalpha() or not word.isupper():
            return None
        draft = self._unregistered(start, at + 1, self._code_name(word), "", False)
        self._level_of_open(draft)
        return self._after(draft)

    def _code_name(self, word: str) -> str:
        """ "PA03" is the police division "Phòng PA03", "C06" a department of the ministry."""
        letters = word.rstrip("0123456789")
        kind = phrases("code").attributes.get((word_key(letters),))
        return f"{kind} {word}" if kind and len(word) - len(letters) == 2 else word
