"""Raw documents into canonical records: the one reading order of all normalizers.

Everything here is put together from pure readers of words (agencies, periods, budget, …); this
module decides what of a document each of them gets to see and where a finding belongs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import msgspec

from normalize import agencies, periods, places, symbols
from normalize.document_rows import DocumentFacts, document_facts
from normalize.findings import Note, message, severity
from normalize.fragment import Fragment
from normalize.glossary import Glossary
from normalize.raw import RawCitation, RawDocument
from normalize.records import (
    AgencyRow,
    CitationRow,
    DocumentRow,
    FindingRow,
    Place,
    Plan,
    SectionRow,
    TargetRow,
    no_records,
)
from normalize.task_rows import TaskRecords, read_task
from normalize.text import slug

Locate = Callable[[int, int], Place]


class Input(msgspec.Struct, frozen=True):
    """What the tables say of the file itself, and how offsets of its view become places."""

    source_file: str
    source_sha256: str
    format: str
    view: str
    place: Locate


def assemble(documents: list[RawDocument], source: Input) -> Plan:
    """All records of one input file, table by table, in source order."""
    plan = no_records()
    facts: list[DocumentFacts] = []
    for raw in documents:
        parent = facts[raw.parent] if raw.parent is not None else None
        facts.append(document_facts(raw, parent, documents))
    _take_years(documents, facts)
    ids = _ids(documents, facts, source.view)
    mentioned = _Agencies()
    glossary = Glossary(source.view)
    if documents and not any(raw.tasks for raw in documents):
        first = documents[0]
        facts[0].notes.append(Note("document.no_tasks", "", None, first.start, first.start))
    for index, (raw, fact) in enumerate(zip(documents, facts, strict=True)):
        _Assembler(plan, raw, fact, ids, index, source, mentioned, glossary).run()
    plan.agencies.extend(mentioned.rows())
    return plan


def _take_years(documents: list[RawDocument], facts: list[DocumentFacts]) -> None:
    """A decision takes the plan year of the plan that it issues."""
    for raw, fact in zip(documents, facts, strict=True):
        if raw.parent is not None and facts[raw.parent].plan_year is None:
            facts[raw.parent].plan_year = fact.plan_year
            facts[raw.parent].plan_span = facts[raw.parent].plan_span or fact.plan_span


def _ids(documents: list[RawDocument], facts: list[DocumentFacts], view: str) -> list[str]:
    """Readable ids: jurisdiction, symbol and year; parent and type; else a content hash."""
    made: list[str] = []
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for raw, fact in zip(documents, facts, strict=True):
        kind = slug(fact.doc_type or "van-ban")
        if fact.symbol is not None:
            year = fact.issued_on.year if fact.issued_on else None
            parts = [fact.jurisdiction_code, slug(fact.symbol), str(year) if year else None]
            name = "-".join(part for part in parts if part)
        elif raw.parent is not None:
            name = f"{made[raw.parent]}-{kind}"
        else:
            digest = hashlib.sha256(view[raw.start : raw.end].encode()).hexdigest()[:12]
            name = "-".join(part for part in (fact.jurisdiction_code, kind, digest) if part)
        base = name
        while name in taken:
            counts[base] = counts.get(base, 1) + 1
            name = f"{base}-{counts[base]}"
        taken.add(name)
        made.append(name)
    return made


class _Agencies:
    """The ids that the outputs mention, with what is known of them."""

    def __init__(self) -> None:
        self._known: dict[str, AgencyRow] = {}

    def see(self, body: agencies.Body) -> None:
        """Takes an unregistered or registered body."""
        if body.agency_id is not None and body.agency_id not in self._known:
            entry = agencies.agency(body.agency_id)
            self._known[body.agency_id] = (
                _agency_row(entry)
                if entry is not None
                else AgencyRow(
                    agency_id=body.agency_id,
                    agency=body.agency,
                    kind=body.kind,
                    level=body.level,
                    abbreviation=None,
                    successor_id=None,
                    english=None,
                )
            )

    def see_id(self, agency_id: str | None, name: str | None = None) -> None:
        """Takes an id of the registry (an issuer)."""
        if agency_id is None or agency_id in self._known:
            return
        entry = agencies.agency(agency_id)
        if entry is not None:
            self._known[agency_id] = _agency_row(entry)
        elif name is not None:
            self._known[agency_id] = AgencyRow(
                agency_id=agency_id,
                agency=name,
                kind="organization",
                level=None,
                abbreviation=None,
                successor_id=None,
                english=None,
            )

    def rows(self) -> list[AgencyRow]:
        """All rows by id."""
        return [self._known[name] for name in sorted(self._known)]


def _agency_row(entry: agencies.Agency) -> AgencyRow:
    return AgencyRow(
        agency_id=entry.agency_id,
        agency=entry.agency,
        kind=entry.kind,
        level=entry.level or None,
        abbreviation=entry.abbreviation,
        successor_id=entry.successor_id,
        english=entry.english,
    )


class _Assembler:
    """Fills the tables with the records of one document."""

    def __init__(
        self,
        plan: Plan,
        raw: RawDocument,
        fact: DocumentFacts,
        ids: list[str],
        index: int,
        source: Input,
        mentioned: _Agencies,
        glossary: Glossary,
    ) -> None:
        self.plan = plan
        self.raw = raw
        self.fact = fact
        self.document_id = ids[index]
        self.parent_id = ids[raw.parent] if raw.parent is not None else None
        self.source = source
        self.mentioned = mentioned
        self.glossary = glossary
        self.findings: list[FindingRow] = []
        self.section_ids: list[str] = []
        self.task_ids: list[str] = []

    def run(self) -> None:
        """Sections, tasks, targets, citations, and last the document with its counts."""
        for note in self.fact.notes:
            self.find(note, "documents", self.document_id)
        self._sections()
        self._tasks()
        for note in self.raw.notes:
            self.find(note, "documents", self.document_id)
        self._targets()
        self._citations()
        self.mentioned.see_id(self.fact.issuer_id, self.fact.issuer_agency)
        self.findings.sort(key=lambda row: row.at.char_start if row.at else 0)
        self.plan.findings.extend(self.findings)
        self._document()

    def find(
        self, note: Note, table: str, row_id: str, origin: Fragment | None = None
    ) -> FindingRow:
        """Adds a finding; the note's offsets are those of ``origin`` where it is given."""
        start, end = (
            origin.span(note.start, note.end) if origin is not None else (note.start, note.end)
        )
        row = FindingRow(
            document_id=self.document_id,
            source_file=self.source.source_file,
            table=table,
            row_id=row_id,
            severity=severity(note.code),
            code=note.code,
            message=message(note),
            raw=note.raw or None,
            value=note.value,
            at=self.source.place(start, end),
        )
        self.findings.append(row)
        return row

    def _document(self) -> None:
        fact = self.fact
        self.plan.documents.append(
            DocumentRow(
                document_id=self.document_id,
                parent_document_id=self.parent_id,
                source_file=self.source.source_file,
                source_sha256=self.source.source_sha256,
                format=self.source.format,
                doc_type=fact.doc_type,
                number=fact.number,
                symbol=fact.symbol,
                issued_on=fact.issued_on,
                effective_on=fact.effective_on,
                place=fact.place,
                issuer_id=fact.issuer_id,
                issuer=fact.issuer,
                jurisdiction_code=fact.jurisdiction_code,
                jurisdiction=fact.jurisdiction,
                successor_code=fact.successor_code,
                successor=fact.successor,
                title=fact.title,
                plan_year=fact.plan_year,
                signer=fact.signer,
                signer_title=fact.signer_title,
                section_count=len(self.raw.sections),
                task_count=len(self.raw.tasks),
                finding_count=len(self.findings),
            )
        )

    def _sections(self) -> None:
        for order, section in enumerate(self.raw.sections, 1):
            section_id = f"{self.document_id}#{section.path}"
            self.section_ids.append(section_id)
            text = "\n".join(words.flat for words in section.paragraphs)
            self.plan.sections.append(
                SectionRow(
                    section_id=section_id,
                    document_id=self.document_id,
                    parent_id=self.section_ids[section.parent]
                    if section.parent is not None
                    else None,
                    order=order,
                    level=section.level,
                    label=section.label,
                    path=section.path,
                    title=section.title.flat if section.title is not None else None,
                    text=text or None,
                    at=self.source.place(section.start, section.end),
                )
            )
            for words in section.paragraphs:
                for window in periods.reporting_windows(words.flat):
                    if window.note is not None:
                        self.find(window.note, "sections", section_id, words)

    def _tasks(self) -> None:
        context = self.fact.context(self.glossary)
        records: list[TaskRecords] = []
        for order, raw in enumerate(self.raw.tasks, 1):
            task_id = f"{self.document_id}/{raw.place}"
            self.task_ids.append(task_id)
            made = read_task(raw, context, task_id, self.document_id, order, self.source.place)
            for finding in made.notes:
                self.find(finding.note, finding.table, finding.row_id, finding.origin)
            for body in made.bodies:
                self.mentioned.see(body)
            self.plan.tasks.append(made.task)
            self.plan.assignments.extend(made.assignments)
            self.plan.deliverables.extend(made.deliverables)
            self.plan.periods.extend(made.periods)
            records.append(made)
        self._totals(records)

    def _totals(self, records: list[TaskRecords]) -> None:
        """A total row checks the sum of its table."""
        from normalize.budget import read_total

        for total in self.raw.totals:
            stated = read_total(total.words.flat, total.unit)
            rows = [
                made
                for made, raw in zip(records, self.raw.tasks, strict=True)
                if raw.table == total.table and not raw.budget_repeats
            ]
            if stated is None or any(made.task.budget_status == "unresolved" for made in rows):
                continue
            added = sum(made.task.budget_vnd or 0 for made in rows)
            if added != stated:
                start, end = total.words.span(0, len(total.words.text))
                self.find(
                    Note("budget.sum_differs", total.words.flat, str(added), start, end),
                    "documents",
                    self.document_id,
                )

    def _targets(self) -> None:
        for order, target in enumerate(self.raw.targets, 1):
            self.plan.targets.append(
                TargetRow(
                    document_id=self.document_id,
                    section_id=self.section_ids[target.section]
                    if target.section is not None
                    else None,
                    order=order,
                    value=target.value,
                    unit=target.unit,
                    comparator=target.comparator,
                    subject=target.subject,
                    raw=target.raw,
                    at=self.source.place(target.start, target.end),
                )
            )

    def _citations(self) -> None:
        order = 0
        for citation in self.raw.citations:
            lost = citation.symbol is not None and symbols.is_unmarked(citation.symbol)
            right = symbols.mended(citation.symbol) if lost and citation.symbol else None
            if right is not None:
                citation = msgspec.structs.replace(citation, symbol=right[0])
            if self._is_own(citation):
                continue
            order += 1
            if right is not None:
                note = Note("text.repaired", right[2], right[0], citation.start, citation.end)
                row_id = f"{self.document_id}#citations-{order}"
                self.find(note, "citations", row_id)
            doc_type, issuer_id, issuer = _read_citation(citation)
            self.mentioned.see_id(issuer_id, issuer)
            self.plan.citations.append(
                CitationRow(
                    document_id=self.document_id,
                    section_id=self.section_ids[citation.section]
                    if citation.section is not None
                    else None,
                    task_id=self.task_ids[citation.task] if citation.task is not None else None,
                    order=order,
                    symbol=citation.symbol,
                    doc_type=doc_type,
                    issuer_id=issuer_id,
                    issued_on=citation.issued_on,
                    title=citation.title,
                    raw=citation.raw,
                    at=self.source.place(citation.start, citation.end),
                )
            )

    def _is_own(self, citation: RawCitation) -> bool:
        """The document's own number and its parent's are no citation."""
        own = {self.fact.symbol, self.fact.parent_symbol} - {None}
        if citation.symbol not in own:
            return False
        return citation.issued_on is None or citation.issued_on == self.fact.issued_on


def _read_citation(citation: RawCitation) -> tuple[str | None, str | None, str | None]:
    """(type code, issuer id, issuer name) of a citation, the unsaid ones from its symbol."""
    doc_type = None
    symbol = symbols.parse_symbol(citation.symbol) if citation.symbol else None
    if citation.type_words:
        doc_type = symbols.type_of_words(citation.type_words)
    if (doc_type is None or doc_type == "CV") and symbol is not None and symbol.type_code:
        doc_type = symbol.type_code
    issuer_id = issuer = None
    if citation.issuer_words:
        body = agencies.identify(citation.issuer_words, citation.issued_on)
        if body is not None:
            issuer_id, issuer = body.agency_id, body.agency
    if issuer_id is None and citation.symbol:
        issuer_id = symbols.issuer_of_symbol(citation.symbol)
    if issuer_id is None and doc_type in ("Luật", "PL") and citation.title:
        issuer_id = "quoc-hoi" if doc_type == "Luật" else "uy-ban-thuong-vu-quoc-hoi"
    return doc_type, issuer_id, issuer


def distinct(values: Iterable[str]) -> list[str]:
    """The values in order, each once."""
    return list(dict.fromkeys(values))


__all__ = ["Input", "assemble", "places"]
