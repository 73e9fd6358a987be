"""One raw task into its canonical rows: task, assignments, deliverables, periods, findings."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter

import msgspec

from normalize import spelling
from normalize.agencies import Body, agency, read_bodies
from normalize.agency_expansion import expand
from normalize.agency_own_level import bodies_at_level
from normalize.areas import area_code, mended_area
from normalize.budget import read_budget
from normalize.deliverables import Deliverable, read_deliverables
from normalize.findings import Note
from normalize.fragment import Fragment
from normalize.glossary import Glossary
from normalize.patterns import pattern
from normalize.period_inferred import in_year_of_issue
from normalize.periods import Period, read_periods
from normalize.raw import RawTask
from normalize.records import AssignmentRow, DeliverableRow, PeriodRow, Place, TaskRow
from normalize.text import key, slug, tidy

_TAIL = " .,;"
_OVERLAPPING = 4
"""Parts of a cell before an offset that may reach over it."""
_CITY = pattern(r"(?i)(?:thành\s+phố|\bTP\.?)$")
# "Chi thường xuyên của cơ quan chủ trì": the lead of the task, whoever that is.
_THE_LEAD = frozenset(key(words) for words in ("cơ quan chủ trì", "đơn vị chủ trì", "chủ trì"))


class Context(msgspec.Struct, frozen=True):
    """What a task's words mean depends on its document: when, where, for which years."""

    issued_on: datetime.date | None
    plan_year: int | None
    plan_span: tuple[int, int] | None
    jurisdiction_code: str | None
    jurisdiction_kind: str | None
    on: datetime.date | None
    glossary: Glossary | None = None
    level_word: str | None = None


class Finding(msgspec.Struct, frozen=True):
    """A note, the row that it belongs to, and the fragment that its offsets index."""

    note: Note
    table: str
    row_id: str
    origin: Fragment | None


class TaskRecords(msgspec.Struct, frozen=True):
    """All rows of one task."""

    task: TaskRow
    assignments: list[AssignmentRow]
    deliverables: list[DeliverableRow]
    periods: list[PeriodRow]
    bodies: list[Body]
    notes: list[Finding]


def read_task(
    raw: RawTask,
    context: Context,
    task_id: str,
    document_id: str,
    order: int,
    place: Callable[[int, int], Place],
) -> TaskRecords:
    """Reads every cell of the task; what a cell does not say stays null."""
    return _TaskReader(raw, context, task_id, document_id, order, place).read()


class Money(msgspec.Struct, frozen=True):
    """A budget cell read: đồng, status, where the money comes from, and who pays."""

    amount: int | None
    status: str
    source: str | None
    funder_ids: list[str]
    funders: list[Body]


class _TaskReader:
    def __init__(
        self,
        raw: RawTask,
        context: Context,
        task_id: str,
        document_id: str,
        order: int,
        place: Callable[[int, int], Place],
    ) -> None:
        self.raw = raw
        self.context = context
        self.task_id = task_id
        self.document_id = document_id
        self.order = order
        self.place = place
        self.notes = [Finding(note, "tasks", task_id, None) for note in raw.notes]

    def read(self) -> TaskRecords:
        """The rows in the contract's order."""
        raw = self.raw
        bodies, assignments = self._bodies()
        spans = self._periods()
        products = self._deliverables(spans)
        periods = [self._period_row(i, period) for i, period in enumerate(spans, 1)]
        money = self._budget(assignments)
        bodies.extend(money.funders)
        starts = [one.start_on for one in spans if one.start_on is not None]
        ends = [one.end_on for one in spans if one.end_on is not None]
        by_role = {
            role: [one for one in assignments if one.role == role]
            for role in ("lead", "coordinating")
        }
        area = tidy(raw.area.flat).rstrip(" :") if raw.area is not None and raw.area.text else None
        task = TaskRow(
            task_id=self.task_id,
            document_id=self.document_id,
            order=self.order,
            form=raw.form,
            task_no=raw.number,
            area=area,
            area_code=self._area_code(),
            task=_bare(raw.task.flat),
            deliverables=[one.text for one in products],
            lead_ids=[one.agency_id for one in by_role["lead"] if one.agency_id],
            lead=[one.agency for one in by_role["lead"]],
            coordinating_ids=[one.agency_id for one in by_role["coordinating"] if one.agency_id],
            coordinating=[one.agency for one in by_role["coordinating"]],
            schedule=_printed(raw.schedule),
            start_on=min(starts) if starts else None,
            due_on=max(ends) if ends else None,
            budget=_printed(raw.budget),
            budget_vnd=money.amount,
            budget_status=money.status,
            funding_source=money.source,
            funded_by_ids=money.funder_ids,
            finding_codes=list(dict.fromkeys(one.note.code for one in self.notes)),
            at=self.place(raw.start, raw.end),
        )
        return TaskRecords(task, assignments, products, periods, bodies, self.notes)

    # --- bodies -------------------------------------------------------------------------------

    def _bodies(self) -> tuple[list[Body], list[AssignmentRow]]:
        bodies: list[Body] = []
        rows: list[AssignmentRow] = []
        for role, cell in (("lead", self.raw.lead), ("coordinating", self.raw.coordinating)):
            if cell is None or not cell.text or role in self.raw.unpaired:
                continue
            found, notes = read_bodies(cell.text, self.context.on)
            if notes and self.context.glossary is not None:
                found, notes = expand(found, notes, self.context.glossary, self.context.on)
            found, notes = bodies_at_level(found, notes, self.context.level_word, self.context.on)
            first = len(rows) + 1
            for body in found:
                row_id = f"{self.task_id}#assignments-{len(rows) + 1}"
                body = self._of_city(self._respelled(body, row_id, cell), row_id, cell)
                rows.append(self._assignment(len(rows) + 1, role, body, cell))
                bodies.append(body)
            for note in notes:
                self.notes.append(self._body_note(note, found, first, cell))
        self._twice(bodies, rows)
        return bodies, rows

    def _respelled(self, body: Body, row_id: str, cell: Fragment) -> Body:
        """A name that the registry lacks is mended where its syllables are no Vietnamese."""
        if body.registered or not spelling.misspelt(body.agency):
            return body
        name, _ = spelling.repair(body.agency)
        note = Note("text.repaired", body.agency, name, body.start, body.end)
        self.notes.append(Finding(note, "assignments", row_id, cell))
        return msgspec.structs.replace(body, agency=name)

    def _of_city(self, body: Body, row_id: str, cell: Fragment) -> Body:
        """ "UBND thành phố" in a plan of a tỉnh is the committee of its city, a district's rank."""
        if (
            body.kind != "organization"
            or body.province is not None
            or not body.agency.endswith(" tỉnh")
            or _CITY.search(body.raw) is None
            or self.context.jurisdiction_kind != "tỉnh"
        ):
            return body
        name = body.agency.removesuffix("tỉnh") + "thành phố"
        entry = agency(slug(name))
        if entry is None and body.registered:
            note = Note("agency.unregistered", body.raw, slug(name), body.start, body.end)
            self.notes.append(Finding(note, "assignments", row_id, cell))
        return msgspec.structs.replace(
            body,
            agency_id=slug(name),
            agency=name,
            level="district",
            registered=entry is not None,
        )

    def _assignment(self, order: int, role: str, body: Body, cell: Fragment) -> AssignmentRow:
        code = body.province
        if code is None and body.local:
            code = self.context.jurisdiction_code
        return AssignmentRow(
            task_id=self.task_id,
            document_id=self.document_id,
            order=order,
            role=role,
            agency_id=body.agency_id,
            agency=body.agency,
            jurisdiction_code=code,
            kind=body.kind,
            registered=body.registered,
            scope=body.scope,
            raw=body.raw,
            at=self.place(*cell.span(body.start, body.end)),
        )

    def _body_note(
        self, note: Note, found: tuple[Body, ...], first: int, cell: Fragment
    ) -> Finding:
        """A note on a body belongs to its row, one on words that name none to the task."""
        i = _holder(found, note.start)
        if i is None:
            return Finding(note, "tasks", self.task_id, cell)
        return Finding(note, "assignments", f"{self.task_id}#assignments-{first + i}", cell)

    def _twice(self, bodies: list[Body], rows: list[AssignmentRow]) -> None:
        """One body named twice in a task, also as lead and partner at once; groups do not count."""
        seen: set[tuple[str, str | None]] = set()
        for body, row in zip(bodies, rows, strict=True):
            if body.kind != "organization" or body.agency_id is None:
                continue
            name = (body.agency_id, row.jurisdiction_code)
            if name in seen:
                cell = self.raw.lead if row.role == "lead" else self.raw.coordinating
                note = Note(
                    "assignment.same_body_twice", body.raw, body.agency, body.start, body.end
                )
                row_id = f"{self.task_id}#assignments-{row.order}"
                self.notes.append(Finding(note, "assignments", row_id, cell))
            seen.add(name)

    # --- time and products --------------------------------------------------------------------

    def _periods(self) -> tuple[Period, ...]:
        cell = self.raw.schedule
        if cell is None or not cell.text or "schedule" in self.raw.unpaired:
            return ()
        context = self.context
        found, notes = read_periods(
            cell.text, context.plan_year, context.issued_on, context.plan_span
        )
        yearless = context.plan_year is None and context.plan_span is None
        if notes and yearless and context.issued_on is not None:
            found, notes = in_year_of_issue(cell.text, context.issued_on, found, notes)
        for note in notes:
            i = _holder(found, note.start)
            if i is None:
                self.notes.append(Finding(note, "tasks", self.task_id, cell))
            else:
                row_id = f"{self.task_id}#periods-{i + 1}"
                self.notes.append(Finding(note, "periods", row_id, cell))
        return found

    def _period_row(self, order: int, period: Period) -> PeriodRow:
        cell = self.raw.schedule
        assert cell is not None
        return PeriodRow(
            task_id=self.task_id,
            document_id=self.document_id,
            order=order,
            kind=period.kind,
            start_on=period.start_on,
            end_on=period.end_on,
            edtf=period.edtf,
            rrule=period.rrule,
            condition=period.condition,
            raw=period.raw,
            at=self.place(*cell.span(period.start, period.end)),
        )

    def _deliverables(self, spans: tuple[Period, ...]) -> list[DeliverableRow]:
        cell = self.raw.deliverables
        if cell is None or not cell.text or "deliverables" in self.raw.unpaired:
            return []
        found: tuple[Deliverable, ...] = read_deliverables(cell.text)
        paired = len(found) == len(spans)
        return [
            DeliverableRow(
                task_id=self.task_id,
                document_id=self.document_id,
                order=i,
                text=one.text,
                type_codes=list(one.type_codes),
                due_on=spans[i - 1].end_on if paired else None,
                at=self.place(*cell.span(one.start, one.end)),
            )
            for i, one in enumerate(found, 1)
        ]

    # --- money --------------------------------------------------------------------------------

    def _budget(self, assignments: list[AssignmentRow]) -> Money:
        """What the budget cell says, and who pays."""
        raw = self.raw
        cell = raw.budget
        source = _printed(raw.funding_source)
        if cell is None:
            return Money(None, "no_column", source, [], [])
        if "budget" in raw.unpaired:
            return Money(None, "unresolved", source, [], [])
        found = read_budget(cell.flat, raw.budget_unit)
        self.notes.extend(Finding(note, "tasks", self.task_id, cell) for note in found.notes)
        if source is None and found.source_spans:
            source = "; ".join(tidy(cell.flat[slice(*span)]) for span in found.source_spans)
        funders: list[Body] = []
        ids: list[str] = []
        named = {one.agency_id for one in assignments}
        leads = [one for one in assignments if one.role == "lead"]
        for start, end in found.funder_spans:
            if key(cell.text[start:end]) in _THE_LEAD:
                ids.extend(one.agency_id for one in leads if one.agency_id)
                continue
            for body in read_bodies(cell.text[start:end], self.context.on)[0]:
                if body.agency_id is None:
                    continue
                funders.append(body)
                ids.append(body.agency_id)
                if body.kind == "organization" and body.agency_id not in named:
                    note = Note("budget.funder_differs", body.raw, body.agency, start, end)
                    self.notes.append(Finding(note, "tasks", self.task_id, cell))
        return Money(found.amount, found.status, source, list(dict.fromkeys(ids)), funders)

    def _area_code(self) -> str | None:
        """The code of the area; where its words name none, that of the groups it stands in.

        Only where none has one a slip of the scan is looked for, and told.
        """
        areas = [words for words in (self.raw.area, *self.raw.outer_areas) if words is not None]
        for words in areas:
            code = area_code(tidy(words.flat))
            if code is not None:
                return code
        for words in areas:
            mended = mended_area(words.flat)
            if mended is not None:
                raw = words.flat[mended.start : mended.end]
                note = Note("text.repaired", raw, mended.words, mended.start, mended.end)
                self.notes.append(Finding(note, "tasks", self.task_id, words))
                return mended.code
        return None


def _holder(found: Sequence[Body] | Sequence[Period], at: int) -> int | None:
    """The index of the first of the parts, in text order, in which the offset lies."""
    behind = bisect_right(found, at, key=attrgetter("start"))
    for i in range(max(0, behind - _OVERLAPPING), behind):
        if at < max(found[i].end, found[i].start + 1):
            return i
    return None


def _printed(cell: Fragment | None) -> str | None:
    """A cell as printed, on one line; None where it is absent or empty."""
    return tidy(cell.flat) or None if cell is not None else None


def _bare(text: str) -> str:
    """A task without the punctuation that ends it."""
    return tidy(text).rstrip(_TAIL)
