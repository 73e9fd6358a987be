"""Lead and partners in one cell: by labels, by tags in brackets, by the words between them."""

from __future__ import annotations

from functools import cache

import regex

from extract.repair import Shape
from normalize.fragment import Fragment, join
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key


@cache
def _role_label() -> regex.Pattern[str]:
    alternatives: list[tuple[str, str]] = []
    for row in entries("role_labels"):
        alternatives += [(row["role"], phrase) for phrase in several(row["phrases"])]
    alternatives.sort(key=lambda one: -len(one[1]))
    parts = {
        role: "|".join(phrase.replace(" ", r"\s+") for r, phrase in alternatives if r == role)
        for role in ("lead", "coordinating")
    }
    return pattern(
        rf"(?i)(?:^|(?<=[\s.;,\-+•]))[-+•*]?\s*(?:(?P<coordinating>{parts['coordinating']})"
        rf"|(?P<lead>{parts['lead']}))\s*:\s*"
    )


_INLINE_ROLES = pattern(
    r"(?i)\s*(?:là\s+(?:cơ\s+quan|đơn\s+vị)\s+)?chủ\s+trì\s*(?:thực\s+hiện\s*)?[,;]?\s*(?:và\s+)?"
    r"phối\s+hợp\s+(?:với\s+|cùng\s+)?(?!:)"
)
# "Sở A phối hợp với Sở B": whoever stands behind it is a partner.
_INLINE_PARTNERS = pattern(
    r"(?i)(?<=[\p{L})])\s*+[,;.\-–]?+\s*+\(?+\s*+(?:và\s++)?phối\s++hợp\s++(?:chặt\s++chẽ\s++)?"
    r"(?:cùng\s++với|với|cùng)\s++(?!:)"
)
_MARKS = " ;,.-–\n"
_TAGGED_ROLES = pattern(
    r"(?i)[(\[]\s*+(?:(?:cơ\s++quan|đơn\s++vị|là\s++đơn\s++vị)\s++)?"
    r"(?:(?P<lead>chủ\s+trì|đầu\s+mối|CT)|(?P<partner>phối\s+hợp|PH))(?:\s+thực\s+hiện)?\s*[)\]]"
)

# "Sở A chủ trì; Sở B, Sở C phối hợp": the role behind its bodies, at the end of their part.
_TRAILING_ROLES = pattern(
    r"(?i)(?<=[\p{L})])\s++(?:(?P<lead>chủ\s++trì)|(?P<partner>phối\s++hợp))(?:\s++thực\s++hiện)?"
    r"\s*+(?=[;,.\n]|$)"
)


def split_roles(cell: Fragment | None) -> tuple[Fragment | None, Fragment | None]:
    """(lead, partners) of a cell that may hold both ("Chủ trì: …; Phối hợp: …")."""
    if cell is None:
        return None, None
    text = cell.text
    labels = list(_role_label().finditer(text)) if ":" in text else []
    if labels:
        found: dict[str, list[Fragment]] = {"lead": [], "coordinating": []}
        if labels[0].start() > 0 and text[: labels[0].start()].strip(" ;,.-"):
            found["lead"].append(cell.cut(0, labels[0].start()))
        edges = [label.start() for label in labels[1:]] + [len(text)]
        for label, edge in zip(labels, edges, strict=True):
            words = cell.cut(label.end(), edge)
            role = "lead" if label.group("lead") else "coordinating"
            found[role].append(_without_tail(words))
        return join(found["lead"], "\n"), join(found["coordinating"], "\n") if (
            found["coordinating"]
        ) else None
    tagged = list(_TAGGED_ROLES.finditer(text)) if "(" in text else []
    if any(tag.group("partner") or text[tag.end() :].strip(_MARKS) for tag in tagged):
        return _by_tags(cell, tagged)
    trailing = _trailing(text)
    if trailing:
        return _by_tags(cell, trailing)
    inline = _INLINE_ROLES.search(text) if "tr" in text or "TR" in text else None
    if inline is None and ("ph" in text or "PH" in text):
        inline = _INLINE_PARTNERS.search(text)
    if inline and inline.start() > 0 and inline.end() < len(text):
        end = len(text) - (text.endswith(")") and text.count("(", inline.end()) == 0)
        return _without_tail(cell.cut(0, inline.start())), cell.cut(inline.end(), end)
    return cell, None


def _trailing(text: str) -> list[regex.Match[str]]:
    """The roles behind their bodies, where both stand in the cell, each with words before it."""
    found = list(_TRAILING_ROLES.finditer(text)) if ";" in text or "," in text else []
    edges = [0, *(tag.end() for tag in found)]
    if any(not text[at : tag.start()].strip(_MARKS) for at, tag in zip(edges, found, strict=False)):
        return []
    both = any(tag.group("lead") for tag in found) and any(tag.group("partner") for tag in found)
    return found if both else []


def _by_tags(cell: Fragment, tagged: list[regex.Match[str]]) -> tuple[Fragment | None, Fragment]:
    """ "Sở A (chủ trì); Sở B, Sở C (phối hợp)": each tag tells the role of the words before it."""
    leads: list[Fragment] = []
    partners: list[Fragment] = []
    behind = 0
    for tag in tagged:
        words = _without_marks(cell.cut(behind, tag.start()))
        (partners if tag.group("partner") else leads).append(words)
        behind = tag.end()
    rest = _without_marks(cell.cut(behind, len(cell.text)))
    if rest.text:
        partners.append(rest)
    return join(leads, "\n") if leads else None, join(partners, "\n")


def _without_marks(words: Fragment) -> Fragment:
    text = words.text
    start = len(text) - len(text.lstrip(_MARKS))
    return words.cut(start, max(start, len(text.rstrip(_MARKS))))


def by_slash(cell: Fragment, shape: Shape) -> tuple[Fragment, Fragment | None]:
    """ "Sở A / Sở B" below "Chủ trì / phối hợp": the head says in which order the roles stand."""
    column = shape.find("lead_and_coordinating")
    head = key(shape.columns[column].head.text) if column is not None else ""
    parts = cell.text.split("/") if "/" in cell.text else []
    first = max(head.find(words) for words in ("chu2 tri1", "thưc5 hiên5", "đâu1 môi4"))
    if len(parts) != 2 or not 0 <= first < head.find("phôi4 hơp5"):
        return cell, None
    at = cell.text.index("/")
    if not parts[0].strip() or not parts[1].strip():
        return cell, None
    return _without_tail(cell.cut(0, at)), cell.cut(at + 1, len(cell.text))


def _without_tail(words: Fragment) -> Fragment:
    text = words.text.rstrip(" ;,-")
    return words if len(text) == len(words.text) else words.cut(0, len(text))
