"""Plans that no author wrote: real ones cut, shuffled and salted, from a list of small edits.

An edit says what happens where (as a share of the text's length), how much it takes, and with
which piece of the dictionary. Hypothesis draws lists of edits and shrinks them; atheris reads them
from bytes; the same edits on the same text give the same plan.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
_LONGEST_TEXT = 60_000
_REPEATS = 400

_SALT = (
    *("\t", "\n", "\n\n", "\r\n", "\f", " | ", "|", "| --- |", "  ", "   ", "\u00a0", "\u200b"),
    *("<td>", "</td>", "<tr>", "</tr>", "<table>", "</table>", "<br>", "<p>", "<b>", "<!--", "-->"),
    *("<td rowspan='9' colspan='9'>", "<th>", "&amp;", "&nbsp;", "&#7891;", "&", "<", ">"),
    *("- ", "-", "–", "+ ", "• ", "* ", "**", "__", "`", "#", "…", "...", ";", ":", ".", ","),
    *("(", ")", "[", "]", "“", "”", "/", "%", "‰", "≥", "\u0301", "\u0323", "đ", "Đ", "ứ"),
    *("0", "1", "9", "31/02/2021", "2021", "0000", "99999", "1.1", "1.1.1.1", "10)", "a)", "IV."),
    *("999999999999999999999 tỷ đồng", "-5", "1.200,5", "quý V", "tháng 13", "ngày 0", "năm 9999"),
    *("Số: /KH-UBND", "KẾ HOẠCH", "QUYẾT ĐỊNH:", "PHỤ LỤC", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"),
    *("CHỦ TỊCH", "Điều 1.", "Phần I", "Căn cứ Luật", "Nghị định số 1/2020/NĐ-CP", "TT", "STT"),
    *("Cơ quan chủ trì", "Chủ trì: ", "Thời gian: ", "Cộng", "Tổng số", "khi", "sau khi", "đến"),
    *(
        "\ufeff",
        "\u2028",
        "\x0b",
        "\ud7ff",
        "𝟙",
        "①",
        "Ⅳ",
        "٣",
        "½",
        "\u202e",
        "ﬁ",
        "Ã¡",
        "a" * 300,
    ),
)


class Edit(msgspec.Struct, frozen=True):
    """One change: ``kind`` names it, ``at`` and ``to`` are shares of the text, ``piece`` a number.

    ``count`` is how often a piece is put in, or how many characters are taken.
    """

    kind: str
    at: float
    to: float
    piece: int
    count: int


def mutate(text: str, edits: Sequence[Edit]) -> str:
    """The text after all edits, never longer than 60 000 characters."""
    for edit in edits:
        text = _KINDS[edit.kind](text, edit)[:_LONGEST_TEXT]
    return text


def noise(edits: Sequence[Edit]) -> str:
    """A text of pieces alone."""
    pieces = dictionary()
    return "".join(pieces[edit.piece % len(pieces)] * (edit.count % 9 + 1) for edit in edits)


@cache
def dictionary() -> tuple[str, ...]:
    """Marks, odd characters and the words of every lexicon."""
    words: dict[str, None] = dict.fromkeys(_SALT)
    for path in sorted((ROOT / "normalize" / "lexicon").glob("*.csv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            for cell in line.split(","):
                for word in cell.strip('"').split("|"):
                    if 1 < len(word.strip()) < 60:
                        words[word.strip()] = None
    return tuple(words)


@cache
def texts() -> tuple[str, ...]:
    """The plans to start from: ours, and real ones where their folders are (see bench.rows)."""
    named = os.environ.get("PLAN_SEEDS")
    shared = ROOT.parent / "shared"
    folders = [ROOT / "data" / "raw", Path(named) if named else shared / "seeds"]
    folders += [shared / "plans", shared / "plans" / "cut"]
    paths = [path for folder in folders for path in sorted(folder.glob("*"))]
    kept = [path for path in paths if path.suffix in (".txt", ".md", ".html")]
    return tuple(path.read_text(encoding="utf-8-sig")[:_LONGEST_TEXT] for path in kept)


def _span(text: str, edit: Edit) -> tuple[int, int]:
    start = int(edit.at * len(text))
    return start, min(len(text), start + edit.count)


def _line(text: str, share: float) -> tuple[int, int]:
    """The line around that place, with its end."""
    at = min(int(share * len(text)), max(len(text) - 1, 0))
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start, len(text) if end < 0 else end + 1


def _delete(text: str, edit: Edit) -> str:
    start, end = _span(text, edit)
    return text[:start] + text[end:]


def _insert(text: str, edit: Edit) -> str:
    pieces = dictionary()
    at = int(edit.at * len(text))
    return text[:at] + pieces[edit.piece % len(pieces)] + text[at:]


def _repeat(text: str, edit: Edit) -> str:
    pieces = dictionary()
    at = int(edit.at * len(text))
    return text[:at] + pieces[edit.piece % len(pieces)] * (edit.count % _REPEATS) + text[at:]


def _double(text: str, edit: Edit) -> str:
    start, end = _span(text, edit)
    return text[:end] + text[start:end] + text[end:]


def _move(text: str, edit: Edit) -> str:
    start, end = _span(text, edit)
    rest = text[:start] + text[end:]
    at = int(edit.to * len(rest))
    return rest[:at] + text[start:end] + rest[at:]


def _drop_line(text: str, edit: Edit) -> str:
    start, end = _line(text, edit.at)
    return text[:start] + text[end:]


def _double_line(text: str, edit: Edit) -> str:
    start, end = _line(text, edit.at)
    return text[:end] + text[start:end] * (edit.count % 40) + text[end:]


def _swap_lines(text: str, edit: Edit) -> str:
    (a, b), (c, d) = sorted((_line(text, edit.at), _line(text, edit.to)))
    if b > c:
        return text
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _cut_end(text: str, edit: Edit) -> str:
    return text[: int(edit.at * len(text))]


def _cut_head(text: str, edit: Edit) -> str:
    return text[int(edit.at * len(text)) :]


def _capitals(text: str, edit: Edit) -> str:
    start, end = _span(text, edit)
    return text[:start] + text[start:end].upper() + text[end:]


def _one_line(text: str, edit: Edit) -> str:
    start, end = _span(text, edit)
    return text[:start] + text[start:end].replace("\n", " ") + text[end:]


def _one_word_a_line(text: str, edit: Edit) -> str:
    start, end = _span(text, edit)
    return text[:start] + text[start:end].replace(" ", "\n") + text[end:]


def _other_marks(text: str, edit: Edit) -> str:
    start, end = _span(text, edit)
    table = (("\t", "|"), ("|", "\t"), ("\t", "   "), ("td>", "th>"), ("\n", "<br>"), ("-", "–"))
    old, new = table[edit.piece % len(table)]
    return text[:start] + text[start:end].replace(old, new) + text[end:]


def _splice(text: str, edit: Edit) -> str:
    """A stretch of another plan in the middle of this one."""
    others = texts()
    other = others[edit.piece % len(others)]
    start = int(edit.to * len(other))
    at = int(edit.at * len(text))
    return text[:at] + other[start : start + edit.count] + text[at:]


_KINDS: dict[str, Callable[[str, Edit], str]] = {
    "delete": _delete,
    "insert": _insert,
    "repeat": _repeat,
    "double": _double,
    "move": _move,
    "drop line": _drop_line,
    "double line": _double_line,
    "swap lines": _swap_lines,
    "cut end": _cut_end,
    "cut head": _cut_head,
    "capitals": _capitals,
    "one line": _one_line,
    "one word a line": _one_word_a_line,
    "other marks": _other_marks,
    "splice": _splice,
}
KINDS = tuple(_KINDS)
