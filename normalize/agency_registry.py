"""The registry of bodies: entries of ``lexicon/agencies.csv`` and a trie over their names.

A name that ends in "tỉnh" is entered as a stem ("Công an", "UBND"): what follows it (province,
district, "cấp xã") decides whose body it is. Marks and "và" between the words of a name may be
printed or left out wherever the lexicon has any ("Lao động - Thương binh và Xã hội"), and the
subject of a ministry, department or division may be shortened to its initials ("TN&MT", "LĐTBXH").
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from itertools import product

import msgspec

from normalize.agency_words import WEAK, Tokens, levels
from normalize.lexicon import entries, several

_SHORTENED_HEADS = ("Sở ", "Bộ ", "Phòng ")
_ONE_WORD_HEAD = "Sở "
_PROVINCE_WORD = "tinh2"
_PLURAL = "cac4"
_FIRST_MEANS_SUBJECT = 1


class Entry(msgspec.Struct, frozen=True):
    """One row of the registry; ``aliases`` and ``examples`` as in the lexicon.

    The body bore the name from ``valid_from`` on and before ``valid_to``, where these are known.
    """

    agency_id: str
    agency: str
    kind: str
    level: str | None
    abbreviation: str | None
    successor_id: str | None
    english: str | None
    aliases: tuple[str, ...]
    examples: tuple[str, ...]
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None

    def was_on(self, day: datetime.date) -> bool:
        """Did the body bear this name on that day, as far as is known?"""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)

    @property
    def local(self) -> bool:
        """Does the body belong to a province (contract: central ones and bo-nganh do not)?"""
        return self.level != "central"


class Node:
    """A trie node: ``whole`` is named by the words so far, ``stem`` by them and "tỉnh".

    ``plural`` is named by the words behind "các" only ("các sở", "các ngành").
    """

    __slots__ = ("children", "gaps", "plural", "stem", "whole")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.gaps: set[str] = set()
        self.plural: Entry | None = None
        self.stem: Entry | None = None
        self.whole: Entry | None = None


class Match(msgspec.Struct, frozen=True):
    """The longest name at a position: behind its last token, and whom it names.

    ``open`` says that a longer name may follow behind a mark or "và".
    """

    end: int
    whole: Entry | None
    stem: Entry | None
    open: bool = False


class Registry:
    """All entries by id, by full name and in a trie."""

    def __init__(self) -> None:
        self.by_id: dict[str, Entry] = {row.agency_id: row for row in _rows()}
        self.by_name: dict[str, Entry] = {}
        self.root = Node()
        self._levels = levels()
        names = [
            (entry, Tokens(name).keys)
            for entry in self.by_id.values()
            for name in (entry.agency, *entry.aliases)
        ]
        self._stems = {
            _bare(keys[:-1]) for _, keys in names if len(keys) > 1 and keys[-1] == _PROVINCE_WORD
        }
        for entry, keys in names:
            self._enter(entry, keys)
        self._enter_initials()

    def _enter(self, entry: Entry, keys: list[str]) -> None:
        self.by_name.setdefault(" ".join(_bare(keys)), entry)
        if keys[-1] == _PROVINCE_WORD and len(keys) > 1 and entry.kind == "organization":
            node = self._path(keys[:-1])
            node.stem = node.stem or entry
        elif keys[0] == _PLURAL:
            node = self._path(keys[1:])
            node.plural = node.plural or entry
        elif not self._is_levelled(keys):
            node = self._path(keys)
            node.whole = node.whole or entry

    def _is_levelled(self, keys: list[str]) -> bool:
        """Is the name a stem and a level ("UBND huyện", "UBND cấp xã"), which the grammar reads?"""
        bare = _bare(keys)
        for size in (1, 2):
            if bare[-size:] in self._levels and bare[:-size] in self._stems:
                return True
        cap = tuple(key for key in bare if key not in ("câp4", "cac4"))
        return len(bare) > 1 and (
            (bare[-1] in ("câp4",) and bare[:-2] in self._stems)
            or (
                len(cap) < len(bare)
                and any(
                    cap[-size:] in self._levels and cap[:-size] in self._stems for size in (1, 2)
                )
            )
        )

    def _path(self, keys: list[str] | tuple[str, ...]) -> Node:
        node = self.root
        gap = False
        for key in keys:
            if key in WEAK:
                gap = True
                continue
            if gap:
                node.gaps.add(key)
                gap = False
            node = node.children.setdefault(key, Node())
        return node

    def _enter_initials(self) -> None:
        """Names with their subject's initials; an ambiguous one ("Sở NV") names nobody."""
        made: dict[tuple[str, ...], set[str]] = {}
        for entry in self.by_id.values():
            if not entry.agency.startswith(_SHORTENED_HEADS):
                continue
            keys = Tokens(entry.agency).keys
            if len(keys) < 3:
                continue
            shorts = _joined_initials(keys[_FIRST_MEANS_SUBJECT:])
            for subject in _shortened(keys[_FIRST_MEANS_SUBJECT:]):
                made.setdefault((keys[0], *subject), set()).add(entry.agency_id)
                if entry.agency.startswith(_ONE_WORD_HEAD) and subject[0] in shorts:
                    # "STC", "SNN&PTNT": the head is one letter of the initials.
                    path = (keys[0][0] + subject[0], *subject[1:])
                    made.setdefault(path, set()).add(entry.agency_id)
        for path, ids in made.items():
            if len(ids) > 1:
                continue
            node = self._path(_with_gaps(path))
            if node.whole is None:
                node.whole = self.by_id[next(iter(ids))]

    def match(
        self,
        keys: list[str],
        at: int,
        node: Node | None = None,
        plural: bool = False,
        starts: list[int] | None = None,
    ) -> Match | None:
        """The longest name that begins at ``at`` (below ``node``, where one is given).

        ``plural`` says that "các" stands before it; ``starts`` are the tokens' offsets: words of
        one abbreviation share theirs, and no name ends between them.
        """
        here = node or self.root
        found: Match | None = None
        count = len(keys)
        while at < count:
            child = here.children.get(keys[at])
            if child is None:
                if not here.gaps or keys[at] not in WEAK:
                    break
                behind = at + 1
                while behind < count and keys[behind] in WEAK:
                    behind += 1
                if behind >= count or keys[behind] not in here.gaps:
                    break
                at = behind
                child = here.children[keys[at]]
            here = child
            at += 1
            if starts is not None and at < count and starts[at] == starts[at - 1]:
                continue
            if plural and here.plural is not None:
                found = Match(at, here.plural, None, bool(here.gaps))
            elif here.whole is not None or here.stem is not None:
                found = Match(at, here.whole, here.stem, bool(here.gaps))
        return found

    def is_cut(self, keys: list[str], at: int, end: int, closed: bool = True) -> bool:
        """Are ``keys[at:end]`` the beginning of a name (two words at least) and no name itself?

        Behind a head whose names are all known (``closed``: "Sở Nông nghiệp") any beginning is
        cut; others are whole where the known name only adds to them ("Trung tâm Công nghệ thông
        tin" | "và Truyền thông").
        """
        here = self.root
        walked = 0
        for key in keys[at:end]:
            if key in WEAK:
                continue
            child = here.children.get(key)
            if child is None:
                return False
            here = child
            walked += 1
        whole = here.whole is not None or here.stem is not None
        return walked > 1 and not whole and (closed or not here.gaps)

    def node(self, keys: tuple[str, ...]) -> Node | None:
        """The trie node behind these words, None where no name begins so."""
        here: Node | None = self.root
        for key in keys:
            here = here.children.get(key) if here is not None else None
        return here

    def named(self, keys: list[str]) -> Entry | None:
        """The entry whose whole name or alias these tokens spell."""
        return self.by_name.get(" ".join(_bare(keys)))


@cache
def registry() -> Registry:
    """The registry, built once."""
    return Registry()


def _rows() -> Iterator[Entry]:
    for row in entries("agencies"):
        yield Entry(
            row["agency_id"],
            row["agency"],
            row["kind"],
            row["level"] or None,
            row["abbreviation"] or None,
            row["successor_id"] or None,
            row["english"] or None,
            several(row["aliases"]),
            several(row["examples"]),
            _day(row["valid_from"]),
            _day(row["valid_to"]),
        )


def _day(cell: str) -> datetime.date | None:
    return datetime.date.fromisoformat(cell) if cell else None


def _bare(keys: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in WEAK)


def _with_gaps(path: tuple[str, ...]) -> list[str]:
    """The path with an optional mark between all words of the subject."""
    made = [path[0]]
    for index, key in enumerate(path[1:]):
        if index or path[0] not in _head_keys():
            made.append("-")
        made.append(key)
    return made


@cache
def _head_keys() -> frozenset[str]:
    return frozenset(Tokens(head).keys[0] for head in _SHORTENED_HEADS)


def _joined_initials(subject: list[str]) -> frozenset[str]:
    """The initials of the first part, of the first two parts, … run together."""
    parts = " ".join("|" if key in WEAK else key[0] for key in subject).replace(" ", "")
    words = [part for part in parts.split("|") if part]
    return frozenset("".join(words[: count + 1]) for count in range(len(words)))


def _shortened(subject: list[str]) -> Iterator[tuple[str, ...]]:
    """The subject with some of its parts shortened: "tài nguyên, mt", "tn, mt", "tnmt".

    Parts are what stands between marks and "và". Neighbouring initials may run together.
    """
    parts: list[list[str]] = [[]]
    for key in subject:
        if key in WEAK:
            parts.append([])
        else:
            parts[-1].append(key)
    parts = [part for part in parts if part]
    count = len(parts)
    for shorts in product((False, True), repeat=count):
        if not any(shorts):
            continue
        for joins in product((False, True), repeat=count - 1):
            if any(join and not (shorts[i] and shorts[i + 1]) for i, join in enumerate(joins)):
                continue
            path: list[str] = []
            for index, part in enumerate(parts):
                if not shorts[index]:
                    path.extend(part)
                    continue
                initials = "".join(key[0] for key in part)
                if index and joins[index - 1]:
                    path[-1] += initials
                else:
                    path.append(initials)
            yield tuple(path)
