"""The lines of a section: which are labels, what continues a value, which line heads an activity.

A line is a paragraph or a bullet. Labels that follow each other are one run; the run belongs to
the section's own heading, or to the line right above it where that line heads an activity of its
own: a bullet above deeper bullets, or lines above runs that repeat each other's labels.
"""

from __future__ import annotations

import itertools

import msgspec

from extract.labelled_words import (
    BODY_ROLES,
    TASK_ROLES,
    WEAK,
    Label,
    announces,
    find_labels,
    is_frame,
    marker_of,
    may_be_bodies,
    names_duties,
    numbered_task,
    unlabelled_lead,
    value_end,
)
from normalize.fragment import Fragment, seamed
from normalize.patterns import pattern
from normalize.text import key

_ENUMERATED = pattern(r"\((?P<number>\d{1,2}|[a-zđ])\)\s+(?=\S)")
_UNKNOWN_LABEL = pattern(r"[^:.;()]{3,60}:\s")
_HEAD_END = " \n.;,:(+•–—-"
_MOST_PLAIN_WORDS = 45
_PLAIN = 5
"""The rank of a lead that no label names."""

_MOST_ITEM_WORDS = 20
CLAUSE = "§"
"""Stands for the bullet of a numbered clause that is a label."""


class Value(msgspec.Struct, frozen=True, gc=False):
    """What stands behind one label; ``start``/``end`` are offsets of label and value together."""

    role: str
    rank: int
    words: Fragment
    unit: str | None
    sure: bool
    start: int
    end: int

    @property
    def names_bodies(self) -> bool:
        """A lead or partner label whose words may name bodies."""
        return self.role in BODY_ROLES and may_be_bodies(self.words.text, self.sure)


class Line(msgspec.Struct, frozen=True, gc=False):
    """One paragraph: its bullet, the words ``[at:edge]`` before its first label, and its labels.

    ``inner`` is true for the paragraphs of a numbered clause that is itself a label; ``crowded``
    where the labels of several activities follow each other in one paragraph, which are not read.
    """

    words: Fragment
    marker: str
    number: str | None
    at: int
    edge: int
    values: tuple[Value, ...]
    inner: bool = False
    crowded: bool = False

    @property
    def head(self) -> Fragment:
        """The words before the first label, without bullet, number and final marks."""
        return without_end(self.words.cut(self.at, self.edge))

    @property
    def is_label(self) -> bool:
        """The line opens with a label."""
        return bool(self.values) and not self.head.text

    @property
    def assigns(self) -> bool:
        """One of its labels names bodies."""
        return any(value.names_bodies and value.rank > WEAK for value in self.values)


_Group = tuple[str, list[Line]]
"""("run" | "inline" | "text", its lines)."""


class Activity:
    """What is to be done, and the labels that say who, when and what for; filled line by line."""

    def __init__(self, head: Fragment | None, number: str | None, start: int) -> None:
        self.head = head
        self.number = number
        self.start = start
        self.values: list[Value] = []
        self.others: list[Fragment] = []

    def take(self, lines: list[Line]) -> None:
        """Further words of the activity that are no label."""
        self.others.extend(line.words for line in lines)


def read_line(words: Fragment, view: str) -> Line:
    """One paragraph taken apart."""
    text = words.text
    marker, at = marker_of(text)
    if marker:
        marker = view[words.start]  # an asterisk is a bullet of its own
    number = None
    enumerated = _ENUMERATED.match(text, at)
    task = numbered_task(text)
    if task is not None:
        number, at = task
    elif enumerated is not None:
        marker, number, at = "(", enumerated.group("number"), enumerated.end()
    labels = [label for label in find_labels(text) if label.start >= at]
    if not labels:
        return Line(words, marker, number, at, len(text), ())
    edge = labels[0].start
    ends = [label.start for label in labels[1:]] + [len(text)]
    values = [_value(words, label, end) for label, end in zip(labels, ends, strict=True)]
    leads = [
        key(text[label.start : label.end])
        for label, value in zip(labels, values, strict=True)
        if value.role == "lead" and value.names_bodies
    ]
    if len(set(leads)) < len(leads):
        return Line(words, marker, number, at, at, (), crowded=True)
    named = unlabelled_lead(text, at, edge) if not leads else None
    if named is not None:
        edge = named[0]
        lead = Value("lead", _PLAIN, words.cut(*named), None, True, *words.span(*named))
        values.insert(0, lead)
    return Line(words, marker, number, at, edge, tuple(values))


def without_end(words: Fragment) -> Fragment:
    """A heading's words without the marks that end it."""
    bare = words.text.rstrip(_HEAD_END)
    return words.cut(0, len(bare)) if len(bare) < len(words.text) else words


def _value(words: Fragment, label: Label, end: int) -> Value:
    text = words.text
    behind = max(label.behind, value_end(text, label.behind, end))
    start, stop = words.span(label.start, max(behind, label.end))
    sure = len(text[label.start : label.end].split()) > 2
    value = words.cut(label.behind, behind)
    return Value(label.role, label.rank, value, label.unit, sure, start, stop)


def part_lines(lines: list[Line], own: Activity, own_heads: bool) -> list[Activity]:
    """Gives the section's own labels to ``own`` and returns the activities within it, in order.

    ``own_heads`` is false where the section's heading cannot be that of an activity.
    """
    groups = _groups(_kinds(lines))
    headed = _headed_runs(groups, _levels(lines), own_heads)
    alone = own_heads and not headed and sum(kind == "inline" for kind, _ in groups) == 1
    made: list[Activity] = []
    current = own
    waiting: list[Line] = []
    for index, (kind, group) in enumerate(groups):
        if kind == "text":
            waiting += group
            continue
        if index in headed:
            line = waiting.pop()
            current.take(waiting)
            current = Activity(line.head, line.number, line.words.start)
            made.append(current)
        else:
            current.take(waiting)
        waiting = []
        if kind == "run":
            current = _take_run(group, current, own, own_heads, made)
        elif alone and not group[0].marker:
            own.others.append(group[0].head)
            own.values.extend(group[0].values)
        else:
            current = Activity(group[0].head, group[0].number, group[0].words.start)
            current.values.extend(group[0].values)
            made.append(current)
    current.take(waiting)
    return made


def _headed_runs(groups: list[_Group], levels: dict[str, int], own_heads: bool) -> set[int]:
    """The runs (by index) whose activity is named by the line above them, not by the section."""
    runs = [i for i, (kind, group) in enumerate(groups) if kind == "run" and _assigns(group)]
    above: dict[int, Line] = {
        i: groups[i - 1][1][-1] for i in runs if i and groups[i - 1][0] == "text"
    }
    repeated = _repeats([groups[i][1] for i in runs])
    found: set[int] = set()
    for order, index in enumerate(runs):
        line = above.get(index)
        if line is None or not _heads(line, repeated):
            continue
        label = groups[index][1][0]
        nested = bool(line.marker) and levels[line.marker] < levels[label.marker]
        if repeated and not order:
            following = above.get(runs[1])
            repeats = following is not None and following.marker == line.marker
        else:
            repeats = repeated
        if nested or repeats or not own_heads:
            found.add(index)
    return found


def _take_run(
    run: list[Line], current: Activity, own: Activity, own_heads: bool, made: list[Activity]
) -> Activity:
    """Adds a run's values; "Nội dung: …" opens an activity where nothing else names one."""
    values = _values(run)
    names = [value for value in values if value.role == "task" and value.words.text]
    opens = values[0].role == "task" and (
        len(names) > 1 or (current is own and not own_heads and bool(names))
    )
    for value in values:
        if opens and value.role == "task" and value.words.text:
            current = Activity(without_end(value.words), None, value.start)
            made.append(current)
            continue
        current.values.append(value)
    for line in run:
        if line.values and line.head.text:
            current.others.append(line.head)
    return current


def _values(run: list[Line]) -> list[Value]:
    """The values of a run, each with the lines that go on with it."""
    made: list[Value] = []
    parts: list[Fragment] = []
    seams: list[str] = []
    opening = ""
    said = False

    def close() -> None:
        if len(parts) > 1:
            end = parts[-1].end
            made[-1] = msgspec.structs.replace(made[-1], words=seamed(parts, seams), end=end)

    for line in run:
        if line.values:
            close()
            made.extend(line.values)
            parts, seams = [made[-1].words], []
            opening = parts[0].text.rpartition("\n")[2]
            said = bool(parts[0].text)
            continue
        more = line.words.cut(0, value_end(line.words.text, 0, len(line.words.text)))
        small = said and line.words.text[0].islower()
        if not line.marker and (marker_of(opening)[0] or small):
            seams.append(" ")
            opening = opening or more.text
        else:
            seams.append("\n")
            opening = more.text
        parts.append(more)
        said = said or bool(more.text)
    close()
    return made


# --- which line is what -----------------------------------------------------------------------


def _levels(lines: list[Line]) -> dict[str, int]:
    """Bullets in the order in which they first appear: a later one stands deeper."""
    levels: dict[str, int] = {"": -1, CLAUSE: -1}
    for line in lines:
        levels.setdefault(line.marker, len(levels) - 2)
    return levels


def _kinds(lines: list[Line]) -> list[tuple[str, Line]]:
    """Each line as ``label``, ``more`` (it goes on with a value), ``inline`` or ``text``."""
    levels = _levels(lines)
    assigned = any(line.is_label and line.assigns for line in lines)
    made: list[tuple[str, Line]] = []
    label: Line | None = None
    listed: str | None = None
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if label is not None and _is_item(line, label, listed, levels):
            made.append(("more", line))
            listed = line.marker
        elif line.is_label or (label is not None and _is_unknown_label(line)):
            made.append(("label", line))
            label, listed = line, None
            seen.update(value.role for value in line.values)
        elif (
            label is not None
            # "Nội dung:" above bullets that are activities themselves
            and (assigned or not line.assigns or label.values[-1].role != "task")
            and (
                _goes_on(label, line, listed, levels)
                or (not line.marker and not line.values and _is_open(made[-1][1]))
                or _is_listed(label, listed, lines[index : index + 2], seen)
            )
        ):
            made.append(("more", line))
            listed = line.marker if listed is None else listed
        else:
            inline = line.assigns and _names_activity(line)
            made.append(("inline" if inline else "text", line))
            label = listed = None
            seen.clear()
    return made


def _is_item(line: Line, label: Line, listed: str | None, levels: dict[str, int]) -> bool:
    """A bullet below "Sản phẩm:" whose words might be a label themselves ("+ Báo cáo kết quả")."""
    if label.values[-1].words.text or not line.marker or not line.is_label:
        return False
    if listed is not None and line.marker != listed:
        return False
    bare = ":" not in line.words.text and not any(value.words.text for value in line.values)
    return bare and levels[line.marker] > levels[label.marker]


def _is_open(line: Line) -> bool:
    """The line breaks off in a list: the next one goes on with it."""
    return line.words.text.rstrip().endswith(",")


def _is_unknown_label(line: Line) -> bool:
    """ "Ý nghĩa: … . Kinh phí: …": words that look like a label stand before the known one."""
    return (
        bool(line.values) and not line.assigns and _UNKNOWN_LABEL.match(line.head.text) is not None
    )


def _goes_on(label: Line, line: Line, listed: str | None, levels: dict[str, int]) -> bool:
    """Does the line go on with the value of the label above it?

    ``listed`` is the bullet of the lines that did so already.
    """
    empty = not label.values[-1].words.text
    if line.inner and label.inner:
        return True
    if empty and (listed is None or (listed and line.marker == listed)):
        return True
    if line.marker and levels[line.marker] > levels[label.marker]:
        return True
    return not line.marker and line.words.text[:1].islower()


def _is_listed(label: Line, listed: str | None, lines: list[Line], seen: set[str]) -> bool:
    """One more line of a list without bullets, below a label that has no words beside it.

    ``lines`` begin with that line; right above a label that stood there before (``seen``) it heads
    the next activity.
    """
    line = lines[0]
    if label.values[-1].words.text or listed != "" or line.marker or line.values:
        return False
    if len(line.words.text.split()) > _MOST_ITEM_WORDS:
        return False
    return len(lines) == 1 or not any(value.role in seen for value in lines[1].values)


def _groups(kinds: list[tuple[str, Line]]) -> list[_Group]:
    """Runs of labels with what continues them, inline activities, and stretches of text."""
    made: list[_Group] = []
    for kind, line in kinds:
        if kind == "more":
            made[-1][1].append(msgspec.structs.replace(line, values=()))
        elif kind == "label" and made and made[-1][0] in ("run", "inline"):
            if made[-1][0] == "inline":
                made.append(("run", [line]))
            else:
                made[-1][1].append(line)
        else:
            made.append(("run" if kind == "label" else kind, [line]))
    return made


def _assigns(run: list[Line]) -> bool:
    return any(value.names_bodies and value.rank > WEAK for value in _values(run))


def _repeats(runs: list[list[Line]]) -> bool:
    """Two runs assign, and the later one repeats a label of the earlier: two activities."""
    roles = [
        {value.role for value in _values(run) if value.role in TASK_ROLES}
        for run in runs
        if _assigns(run)
    ]
    return any(left & right & BODY_ROLES for left, right in itertools.pairwise(roles))


def _heads(line: Line, repeated: bool) -> bool:
    """May the line be the heading of the labels below it?

    A sentence without a bullet is one only above labels that are ``repeated`` further on.
    """
    if not _names_activity(line) or announces(line.words.text):
        return False
    if line.marker or line.number:
        return True
    ends = line.words.text.rstrip().endswith((".", ";"))
    return len(line.head.text.split()) <= _MOST_PLAIN_WORDS and (repeated or not ends)


def _names_activity(line: Line) -> bool:
    words = line.head.flat
    return bool(words) and not is_frame(words) and not names_duties(words)
