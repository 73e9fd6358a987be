// A task, a finding or a document beside its source.

function row(field, label, content, jump) {
  const name = h("span", { class: `name f-${field} first`, "data-tag": say(`tag_${field}`) }, label);
  return [h("dt", {}, jump ? h("button", { type: "button", class: "jump", title: say("show_place"), "data-jump": field, on: { click: () => jump(field) } }, name) : name),
    h("dd", {}, content)];
}

const unsaid = () => h("span", { class: "dim" }, say("unsaid"));

function bodyItem(one) {
  const notes = [
    one.kind !== "organization" ? codeLabel("assignment_kind", one.kind) : null,
    one.agency_id && !one.registered ? say("unregistered") : null,
    one.scope ? `${columnLabel("assignments.scope")}: ${one.scope}` : null,
  ].filter(Boolean);
  return h("li", {}, h("span", { class: "value" }, one.agency), one.agency_id ? h("code", {}, one.agency_id) : null,
    one.raw !== one.agency ? h("div", { class: "raw" }, `“${one.raw}”`) : null,
    notes.length ? h("div", { class: "sub" }, notes.join(" · ")) : null);
}

function periodItem(one) {
  const dates = one.start_on && one.end_on && one.start_on !== one.end_on ? `${day(one.start_on)} – ${day(one.end_on)}`
    : one.end_on ? `${one.kind === "before" ? `${say("due")} ` : ""}${day(one.end_on)}` : one.start_on ? `${say("from")} ${day(one.start_on)}` : "";
  const more = [one.edtf && `EDTF ${one.edtf}`, one.rrule, one.condition && `${columnLabel("periods.condition")}: ${one.condition}`].filter(Boolean);
  return h("li", {}, h("span", { class: "value" }, `${codeLabel("period_kind", one.kind)}${dates ? `: ${dates}` : ""}`),
    h("div", { class: "raw" }, `“${one.raw}”`), more.length ? h("div", { class: "sub" }, more.join(" · ")) : null);
}

function findingItem(one, current) {
  return h("li", { class: one === current ? "current" : null }, badge(one.severity), " ",
    h("a", { href: address("finding", one, one.id, filtersOf()), "aria-current": one === current ? "true" : null }, codeLabel("finding_code", one.code)),
    h("div", {}, one.message), one.value ? h("div", { class: "sub" }, `${say("value_read")}: ${one.value}`) : null);
}

function list(items, empty) {
  return items.length ? h("ul", { class: "items" }, items) : empty || unsaid();
}

function taskCard(task, source, finding, jump) {
  const of = (table) => source ? rowsOf(source, table, task) : [];
  const assignments = of("assignments");
  const found = findingsOf.get(task);
  const cited = of("citations");
  const budget = [
    task.budget_vnd !== null ? h("div", { class: "value" }, money(task.budget_vnd)) : null,
    task.budget_vnd === null || task.budget_status !== "amount" ? h("div", {}, codeLabel("budget_status", task.budget_status)) : null,
    task.budget ? h("div", { class: "raw" }, `“${task.budget}”`) : null,
    task.funding_source ? h("div", { class: "sub" }, `${columnLabel("tasks.funding_source")}: ${task.funding_source}`) : null,
  ];
  return h("article", { class: "card" },
    h("p", { class: "crumb" }, h("a", { href: address("open", task.document, task.document.document_id) }, documentName(task.document)),
      task.document.plan_year ? ` · ${task.document.plan_year}` : "", task.task_no ? ` · ${columnLabel("tasks.task_no")} ${task.task_no}` : ""),
    h("h2", { tabindex: -1, id: "chosen" }, task.task || say("no_words")),
    h("dl", { class: "fields" },
      row("task", say("field_task"), h("span", { class: "sub" }, say("as_above")), jump),
      row("area", say("field_area"), task.area ? [h("span", { class: "value" }, task.area), h("div", { class: "sub" }, task.area_code ? codeLabel("area_code", task.area_code) : say("area_uncoded"))] : unsaid(), jump),
      row("deliverables", say("field_deliverables"), list(of("deliverables").map((one) => h("li", {}, h("span", { class: "value" }, one.text), one.type_codes.length ? h("code", {}, one.type_codes.join(", ")) : null, one.due_on ? h("div", { class: "sub" }, `${say("due")} ${day(one.due_on)}`) : null))), jump),
      row("lead", say("field_lead"), list(assignments.filter((one) => one.role === "lead").map(bodyItem)), jump),
      row("coordinating", say("field_coordinating"), list(assignments.filter((one) => one.role === "coordinating").map(bodyItem)), jump),
      row("schedule", say("field_schedule"), list(of("periods").map(periodItem), task.schedule ? h("div", { class: "raw" }, `“${task.schedule}”`) : unsaid()), jump),
      row("budget", say("field_budget"), budget, jump)),
    found.length ? [h("h3", {}, `${tableLabel("findings")} (${count(found.length)})`), h("ul", { class: "items findings" }, found.map((one) => findingItem(one, finding)))] : null,
    cited.length ? [h("h3", {}, tableLabel("citations")), h("ul", { class: "items" }, cited.map((one) => h("li", {}, one.symbol || one.title, one.issued_on ? h("span", { class: "sub" }, ` ${day(one.issued_on)}`) : null)))] : null,
    h("p", { class: "sub id" }, h("code", {}, task.task_id)));
}

function documentCard(one, source, finding, jumpTo) {
  const facts = ["doc_type", "symbol", "issued_on", "issuer", "jurisdiction", "successor", "plan_year", "format", "source_file"]
    .filter((name) => one[name] !== null && !(name === "successor" && one.successor === one.jurisdiction))
    .map((name) => [h("dt", {}, columnLabel(`documents.${name}`)), h("dd", {}, name === "issued_on" ? day(one[name]) : name === "format" ? codeLabel("format", one[name]) : String(one[name]))]);
  const of = (table) => source ? source.tables[table].filter((each) => each.document_id === one.document_id) : [];
  const parent = one.parent_document_id && documentById.get(one.parent_document_id);
  const children = documents.filter((each) => each.parent_document_id === one.document_id);
  const found = findingsOf.get(one).filter((each) => !each.task);
  const own = tasks.filter((task) => task.document === one);
  const place = (each, text) => h("li", {}, h("button", { type: "button", class: "link", on: { click: () => jumpTo(each) } }, text));
  const fold = (name, rows, text, open) => rows.length ? h("details", { open }, h("summary", {}, `${tableLabel(name)} (${count(rows.length)})`), h("ul", { class: "items" }, rows.map((each) => text(each)))) : null;
  return h("article", { class: "card" },
    h("p", { class: "crumb" }, documentName(one)),
    h("h2", { tabindex: -1, id: "chosen" }, one.title || one.source_file),
    h("dl", { class: "facts" }, facts),
    parent ? h("p", {}, `${say("issued_by")}: `, h("a", { href: address("open", parent, parent.document_id) }, documentName(parent))) : null,
    children.map((each) => h("p", {}, `${say("issues")}: `, h("a", { href: address("open", each, each.document_id) }, each.title || documentName(each)))),
    found.length ? [h("h3", {}, `${tableLabel("findings")} (${count(found.length)})`), h("ul", { class: "items findings" }, found.map((each) => findingItem(each, finding)))] : null,
    fold("tasks", own, (task) => h("li", {}, h("a", { href: address("task", task, task.task_id) }, `${task.task_no ? `${task.task_no}. ` : ""}${task.task}`)), !finding),
    fold("sections", of("sections"), (each) => {
      const item = place(each, `${each.label}. ${each.title || say("clause")}`);
      item.style.paddingInlineStart = `${Math.min(each.level - 1, 5) * 14}px`;
      return item;
    }),
    fold("targets", of("targets"), (each) => place(each, `${each.subject}: ${each.comparator === "=" ? "" : `${each.comparator} `}${count(each.value)} ${each.unit}`)),
    fold("citations", of("citations"), (each) => place(each, [each.symbol || each.title, day(each.issued_on)].filter(Boolean).join(" · "))));
}

// Steps through the rows that the filters chose: "3 / 29".
function stepper(task) {
  const rows = chosenTasks().rows.filter((one) => isHere(one.document));
  const at = rows.indexOf(task);
  const step = (name, to, sign) => h("a", { id: name, class: "step", href: to ? taskLink(to) : null, "aria-disabled": to ? null : "true", title: say(name), "aria-label": say(name) }, sign);
  return h("nav", { class: "stepper", "aria-label": say("steps") },
    h("a", { id: "back", href: hashOf({ task: null, finding: null, open: null, as: null, view: "tasks" }) }, `← ${say("back")}`),
    at >= 0 ? [step("previous", rows[at - 1], "‹"), h("span", { class: "dim" }, `${count(at + 1)} / ${count(rows.length)}`), step("next", rows[at + 1], "›")] : null);
}

function placeOfFinding(source, finding) {
  const place = source && source.tables.findings[finding.number];
  return place && place.char_start !== null ? place : null;
}

function detail(holder, task, finding) {
  const source = sourceOf(holder);
  const usable = source !== null && source.text !== null;
  const place = finding ? placeOfFinding(source, finding) : null;
  const taskRowPlace = task && source ? source.tasks.get(task.task_id) : null;
  const marks = task && usable ? taskMarks(source, task) : [];
  const boxes = task && source ? taskBoxes(source, task) : [];
  if (place && usable) marks.push({ start: place.start, end: place.end, field: "finding" });
  if (place && place.page) boxes.push({ page: place.page, bbox: place.bbox, field: "finding" });
  const near = taskRowPlace ? [taskRowPlace.start, taskRowPlace.end] : place ? [place.start, place.end] : null;
  const pane = source ? sourcePane(holder, { marks, boxes, near }) : null;
  const jump = (field) => pane && pane.moveTo(null, null, field);
  const jumpTo = (each) => {
    if (!pane) return;
    const built = builtOf(source);
    if (built.text && usable) built.text.mark([{ start: each.start, end: each.end, field: "finding" }], [each.start, each.end]);
    if (built.pages && each.page) built.pages.mark([{ page: each.page, bbox: each.bbox, field: "finding" }]);
    pane.moveTo([each.start, each.end], each, null);
  };
  const made = h("div", { class: "detail" },
    h("div", { class: "left" }, task ? stepper(task) : h("nav", { class: "stepper" }, h("a", { id: "back", href: hashOf({ task: null, finding: null, open: null, as: null, view: finding ? "findings" : "overview" }) }, `← ${say("back")}`)),
      task ? taskCard(task, source, finding, jump) : documentCard(holder, source, finding, jumpTo)),
    pane ? pane.element : null);
  return { element: made, placed: () => pane && (place ? pane.moveTo([place.start, place.end], place, "finding") : taskRowPlace ? pane.moveTo(firstRange(marks, taskRowPlace), taskRowPlace, null) : null) };
}

function firstRange(marks, placed) {
  const own = marks.filter((one) => one.field === "task");
  return own.length ? [own[0].start, own[0].end] : [placed.start, placed.end];
}
