// The table of tasks: a hundred rows at first, more as one scrolls.

const STEP = 100;

const HEADS = [
  ["no", "tasks.task_no", null], ["task", "tasks.task", "task"], ["lead", "tasks.lead", "lead"],
  ["partners", "tasks.coordinating", null], ["due", "tasks.schedule", "due"], ["product", "tasks.deliverables", null],
  ["budget", "tasks.budget", "budget"], ["notes", "tasks.finding_codes", "findings"],
];

const headLabel = (name) => name === "tasks.finding_codes" ? tableLabel("findings") : columnLabel(name);

function sortHead([kind, label, sort]) {
  const text = headLabel(label);
  if (!sort) return h("th", { scope: "col", class: kind }, text);
  const active = (state.sort || "task") === sort;
  return h("th", { scope: "col", class: kind, "aria-sort": active ? "ascending" : "none" },
    h("button", { type: "button", id: `sort-${sort}`, on: { click: () => go({ sort: sort === "task" ? null : sort }) } }, text, active ? " ▲" : ""));
}

function namesOf(list) {
  return list.length ? h("ul", { class: "plain" }, list.slice(0, 4).map((one) => h("li", {}, bodyName(one))),
    list.length > 4 ? h("li", { class: "dim" }, `+ ${list.length - 4}`) : null) : h("span", { class: "dim" }, "–");
}

function budgetCell(task) {
  if (task.budget_vnd !== null) return h("span", { class: "number" }, shortMoney(task.budget_vnd));
  const label = codeLabel("budget_status", task.budget_status);
  const silent = ["no_column", "unstated"].includes(task.budget_status);
  return h("span", { class: "dim", title: silent ? label : null }, silent ? "–" : label);
}

function notesCell(task) {
  const found = findingsOf.get(task);
  if (!found.length) return h("span", { class: "dim" }, "–");
  return SEVERITIES.map((severity) => [severity, found.filter((one) => one.severity === severity)]).filter(([, list]) => list.length)
    .map(([severity, list]) => badge(severity, `${codeLabel("severity", severity)} ${list.length}`,
      [...new Set(list.map((one) => codeLabel("finding_code", one.code)))].join("; ")));
}

function taskLink(task) {
  return address("task", task, task.task_id, { ...filtersOf(), ...(state.sort ? { sort: state.sort } : {}) });
}

function taskRow(task) {
  const label = (name) => ({ "data-label": headLabel(name) });
  return h("tr", { "data-task": task.task_id },
    h("td", { class: "no", ...label("tasks.task_no") }, task.task_no || ""),
    h("td", { class: "task" }, h("a", { href: taskLink(task) }, task.task || say("no_words")),
      h("div", { class: "sub" }, [task.area, documents.length > 1 ? documentName(task.document) : null].filter(Boolean).join(" — "))),
    h("td", { class: "lead", ...label("tasks.lead") }, namesOf(task.lead)),
    h("td", { class: "partners", ...label("tasks.coordinating") }, namesOf(task.coordinating)),
    h("td", { class: "due", ...label("tasks.schedule") }, task.schedule || h("span", { class: "dim" }, "–"),
      task.due_on ? h("div", { class: "sub" }, `${say("due")} ${day(task.due_on)}`) : null),
    h("td", { class: "product", ...label("tasks.deliverables") },
      task.deliverables.length ? h("ul", { class: "plain" }, task.deliverables.map((one) => h("li", {}, one))) : h("span", { class: "dim" }, "–")),
    h("td", { class: "budget", ...label("tasks.budget") }, budgetCell(task)),
    h("td", { class: "notes", ...label("tasks.finding_codes") }, notesCell(task)));
}

function taskTable() {
  const { rows, loose } = chosenTasks();
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more", on: { click: () => grow() } });
  function grow(all) {
    const from = body.childElementCount;
    body.append(...rows.slice(from, all ? rows.length : from + STEP).map(taskRow));
    more.hidden = body.childElementCount >= rows.length;
    more.textContent = say("more_rows", { shown: count(body.childElementCount), all: count(rows.length) });
  }
  grow();
  if ("IntersectionObserver" in window) {
    new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting) && !more.hidden) grow();
    }, { rootMargin: "600px" }).observe(more);
  }
  beforePrinting = () => grow(true);
  return h("section", { "aria-label": tableLabel("tasks") },
    h("p", { id: "hits", class: "hits", role: "status" }, say("hits", { shown: count(rows.length), all: count(tasks.length) }),
      loose ? ` ${say("loose")}` : ""),
    documentChip(),
    rows.length
      ? h("table", { class: "tasks", id: "task-table" }, h("thead", {}, h("tr", {}, HEADS.map(sortHead))), body)
      : h("div", { class: "empty" }, h("p", {}, say(tasks.length ? "nothing_found" : "no_tasks")),
        tasks.length ? h("button", { type: "button", on: { click: () => go(Object.fromEntries(FILTERS.map((name) => [name, null]))) } }, say("clear")) : null),
    more);
}
