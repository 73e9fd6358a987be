"""A body while its words are being read."""

from __future__ import annotations

from normalize.agency_levels import ALL, COMMUNES, DISTRICTS, OWN, PROVINCES
from normalize.agency_registry import Entry
from normalize.text import slug

GROUP = "group"
DESCRIBED = "described"
ORGANIZATION = "organization"
_MINISTRIES = "bo-nganh"
LEVEL_NAMES = {OWN: "province", PROVINCES: "province", DISTRICTS: "district", COMMUNES: "commune"}
GROUP_TAILS = {
    PROVINCES: "cấp tỉnh",
    DISTRICTS: "cấp huyện",
    COMMUNES: "cấp xã",
    ALL: "các cấp",
}
"""What a group of bodies of one rank is called (contract, "Groups")."""


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
        "of_provinces",
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
        self.of_provinces = False
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
