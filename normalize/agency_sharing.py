"""Ends of names that several bodies share: "HĐND, UBND tỉnh"."""

from __future__ import annotations

from normalize.agency_drafts import Draft
from normalize.agency_levels import (
    CAP,
    is_capital,
    level_word,
)
from normalize.agency_registry import registry
from normalize.agency_words import (
    Tokens,
)
from normalize.text import slug

_COMMITTEES = ("UBND", "HĐND")


def share_tails(chain: list[Draft]) -> None:
    """ "HĐND, UBND tỉnh": a stem without its level takes that of the next one."""
    following: Draft | None = None
    for draft in reversed(chain):
        if following is not None:
            if draft.bare_stem is not None:
                _lend(draft, following)
            elif draft.unfinished is not None:
                _complete(draft, following)
        if draft.bare_stem is None and draft.unfinished is None:
            following = draft
    for draft in chain:
        draft.bare_stem = None
        draft.unfinished = None


def _complete(draft: Draft, following: Draft) -> None:
    """ "Ban Tổ chức, Ban Dân vận Tỉnh ủy": the next name's last words end this one too."""
    words = following.agency.split(" ")
    for count in range(1, len(words)):
        name = f"{draft.unfinished} {' '.join(words[-count:])}"
        entry = registry().named(Tokens(name).keys)
        if entry is not None:
            draft.take(entry)
            draft.province = following.province
            return


def _lend(draft: Draft, following: Draft) -> None:
    stem = draft.bare_stem
    assert stem is not None
    council = _COMMITTEES[1] in stem.agency  # "Thường trực HĐND, UBND huyện"
    if draft.registered and following.agency.startswith(_COMMITTEES) and not council:
        return  # "Thanh tra, UBND cấp xã": whole names are not completed by a committee's level
    tail = _tail_of(following.agency)
    if tail is None:
        return
    agency = f"{stem.agency.removesuffix(' tỉnh')} {tail}"
    entry = registry().named(Tokens(agency).keys)
    draft.agency = agency
    draft.agency_id = slug(agency)
    draft.kind = following.kind
    draft.level = following.level
    draft.province = following.province
    draft.registered = False
    if entry is not None:
        draft.take(entry)


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
