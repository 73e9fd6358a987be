"""The section tree read for labelled activities: headings, clauses that are labels, members."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from extract.labelled_lines import CLAUSE, Activity, Line, read_line, without_end
from extract.labelled_words import SENTENCE, is_frame, names_duties, names_leader
from normalize.fragment import Fragment
from normalize.patterns import pattern
from normalize.raw import RawSection

_CLAUSE_LABEL = pattern(r"\d{1,2}(?:\.\d{1,2})*|[a-zđA-ZĐ]")
_LETTER = pattern(r"[a-zđ]")
_APPENDIX = "Phụ lục"


class Node:
    """A section with its children; ``opening`` is its title or the clause behind its number.

    ``area`` is the heading that its activities stand under: not one that only names their leader.
    """

    def __init__(self, section: RawSection, view: str) -> None:
        self.section = section
        self.children: list[Node] = []
        self.opening: Line | None = None
        self.area: Fragment | None = None
        paragraphs = section.paragraphs
        first = section.title
        if first is None and paragraphs:
            first, paragraphs = paragraphs[0], paragraphs[1:]
        if first is not None and first.text:
            self.opening = read_line(first, view)
        self.lines = [read_line(words, view) for words in paragraphs]

    @property
    def head(self) -> Fragment | None:
        """The heading's words without labels; None where there are none."""
        return self.opening.head if self.opening is not None and self.opening.head.text else None

    @property
    def title(self) -> Fragment | None:
        """The heading as the area of what stands below it, be it a label too ("Nội dung")."""
        if self.head is not None or self.opening is None:
            return self.head
        says = any(value.words.text for value in self.opening.values)
        return None if says else self.opening.words

    @property
    def names_leader(self) -> bool:
        """The heading names a body, has no labels, and clauses stand below it."""
        opening = self.opening
        if opening is None or opening.values or self.lines or opening.head.text == "":
            return False
        return names_leader(without_end(opening.head).flat)

    @property
    def all_lines(self) -> list[Line]:
        """The opening and the paragraphs below it."""
        return [self.opening, *self.lines] if self.opening is not None else self.lines

    @property
    def has_labels(self) -> bool:
        """Any label stands in the section's own words."""
        return any(line.values for line in self.all_lines)

    @property
    def is_letter(self) -> bool:
        """A lettered clause that nothing stands below."""
        return not self.children and _LETTER.fullmatch(self.section.label) is not None

    def below(self) -> Iterator[Node]:
        """All sections below this one in order."""
        for child in self.children:
            yield child
            yield from child.below()

    def activity(self) -> Activity:
        """What the heading names, and the labels that stand in it."""
        own = Activity(self.head, self.section.label, self.section.start)
        values = list(self.opening.values) if self.opening is not None else []
        if own.head is None and values and values[0].role == "task" and values[0].words.text:
            own.head = without_end(values.pop(0).words)  # "1. Nội dung: Tổ chức …"
        own.values.extend(values)
        return own


def read_tree(sections: tuple[RawSection, ...], view: str) -> list[Node]:
    """The sections at the top, each with those below it."""
    nodes: list[Node] = []
    roots: list[Node] = []
    for section in sections:
        node = Node(section, view)
        nodes.append(node)
        above = nodes[section.parent] if section.parent is not None else None
        (above.children if above is not None else roots).append(node)
        node.area = above.area if above is not None and node.names_leader else node.title
    return roots


def is_label_clause(node: Node) -> bool:
    """A numbered clause that is a label of the activity above it: "c) Thời gian: Quý I".

    A clause "b) Nội dung: …" with labels of its own below it is an activity, and so is whatever
    has one among the clauses below it.
    """
    opening = node.opening
    if opening is None or not opening.is_label or node.section.parent is None:
        return False
    if _CLAUSE_LABEL.fullmatch(node.section.label) is None:
        return False
    if any(line.assigns for below in node.below() for line in below.all_lines):
        return False
    if opening.values[0].rank <= SENTENCE:
        return False
    names_itself = opening.values[0].role == "task" and bool(opening.values[0].words.text)
    return not (names_itself and any(line.assigns for line in node.all_lines))


def clause_lines(clauses: list[Node]) -> list[Line]:
    """Label clauses as lines of the activity that they belong to, with all that stands in them."""
    made: list[Line] = []
    for clause in clauses:
        assert clause.opening is not None
        made.append(replace(clause.opening, marker=CLAUSE, inner=True))
        made += [replace(line, inner=True) for line in clause.lines]
        made += [replace(line, inner=True) for node in clause.below() for line in node.all_lines]
    return made


def may_head(node: Node, head: Fragment | None) -> bool:
    """The words may name an activity: no appendix, no "Nội dung thực hiện", no "Sở Nội vụ"."""
    return (
        head is not None
        and not node.section.label.startswith(_APPENDIX)
        and not is_frame(head.flat)
        and not names_duties(head.flat)
    )


def may_be_member(node: Node) -> bool:
    """A clause below a heading with labels that says what is to be done."""
    return not node.children and may_head(node, node.head)
