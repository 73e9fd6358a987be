// The overview: figures, shares, charts, documents; and the list of findings.

const RESOLVED = ["lead", "coordinating", "schedule", "budget", "area"];

function tile(number, label, href, more) {
  return h(href ? "a" : "div", { class: "tile", href }, h("strong", {}, number), h("span", {}, label), more ? h("small", {}, more) : null);
}

// Findings of the documents that the filters leave; all of them where nothing is filtered.
function chosenFindings(rows) {
  if (!Object.keys(filtersOf()).length) return findings;
  const left = new Set(rows);
  return findings.filter((one) => one.task && left.has(one.task));
}

function overview() {
  const { rows } = chosenTasks();
  const narrowed = Object.keys(filtersOf()).length > 0;
  const shown = narrowed ? documents.filter((one) => rows.some((task) => task.document === one)) : documents;
  const found = chosenFindings(rows);
  const total = rows.reduce((sum, one) => sum + (one.budget_vnd || 0), 0);
  const files = new Set(shown.map((one) => one.source_file)).size;
  return h("div", { class: "overview" },
    documentChip(),
    h("section", { class: "tiles", "aria-label": say("overview") },
      tile(count(shown.length), tableLabel("documents"), null, say("from_files", { files: count(files) })),
      tile(count(rows.length), tableLabel("tasks"), hashOf({ view: "tasks" })),
      tile(shortMoney(total), say("total_budget"), null, say("with_amount", { tasks: count(rows.filter((one) => one.budget_vnd !== null).length) })),
      tile(count(found.length), tableLabel("findings"), hashOf({ view: "findings" }), SEVERITIES.map((severity) => `${codeLabel("severity", severity)} ${count(found.filter((one) => one.severity === severity).length)}`).join(" · "))),
    h("div", { class: "two" }, resolvedSection(rows), findingsSection(found)),
    chartsSection(rows),
    documentsSection(shown));
}

function resolvedSection(rows) {
  return h("section", { class: "panel", id: "resolved" }, h("h2", {}, say("resolved")), h("p", { class: "sub" }, say("resolved_note")),
    h("table", { class: "bars" }, h("thead", { class: "visually-hidden" }, h("tr", {}, h("th", {}, say("field")), h("th", {}, say("share")), h("th", {}, say("read_of")))),
      h("tbody", {}, RESOLVED.map((field, place) => {
        const stated = rows.filter((one) => one.resolved[place] !== "-").length;
        const good = rows.filter((one) => one.resolved[place] === "y").length;
        const bar = h("span", { class: "bar", "aria-hidden": "true" }, h("span"));
        bar.firstChild.style.width = stated ? `${(100 * good) / stated}%` : "0";
        return h("tr", { "data-field": field }, h("th", { scope: "row" }, say(`field_${field}`)), h("td", {}, bar),
          h("td", { class: "number" }, h("strong", {}, share(good, stated)), ` ${say("good_of", { good: count(good), stated: count(stated) })}`));
      }))));
}

function findingsSection(found) {
  const codes = [...tally(found, (one) => [one.code])].sort((a, b) => b[1] - a[1]).slice(0, 8);
  const severity = new Map(found.map((one) => [one.code, one.severity]));
  codes.sort((a, b) => SEVERITIES.indexOf(severity.get(a[0])) - SEVERITIES.indexOf(severity.get(b[0])) || b[1] - a[1]);
  return h("section", { class: "panel" }, h("h2", {}, tableLabel("findings")), h("p", { class: "sub" }, say("findings_note")),
    codes.length ? h("ul", { class: "codes" }, codes.map(([code, number]) => h("li", {}, badge(severity.get(code)),
      h("a", { href: hashOf({ view: "findings", code }) }, codeLabel("finding_code", code)), h("span", { class: "number" }, count(number))))) : h("p", { class: "empty" }, say("no_findings")));
}

function documentsSection(shown) {
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more", on: { click: () => grow() } });
  const row = (one) => h("tr", {},
    h("td", { class: "title" }, h("a", { href: address("open", one, one.document_id) }, one.title || one.source_file), h("div", { class: "sub" }, [one.issuer, one.source_file].filter(Boolean).join(" — "))),
    h("td", { "data-label": columnLabel("documents.symbol") }, one.symbol || one.doc_type || "–"),
    h("td", { "data-label": columnLabel("documents.issued_on") }, day(one.issued_on) || "–"),
    h("td", { class: "number", "data-label": tableLabel("tasks") }, one.task_count ? h("a", { href: hashOf({ view: "tasks", document: one.document_id }) }, count(one.task_count)) : "0"),
    h("td", { "data-label": tableLabel("findings") }, SEVERITIES.map((severity) => [severity, findingsOf.get(one).filter((each) => each.severity === severity).length]).filter(([, number]) => number).map(([severity, number]) => badge(severity, `${codeLabel("severity", severity)} ${number}`))));
  function grow(all) {
    const from = body.childElementCount;
    body.append(...shown.slice(from, all ? shown.length : from + STEP).map(row));
    more.hidden = body.childElementCount >= shown.length;
    more.textContent = say("more_rows", { shown: count(body.childElementCount), all: count(shown.length) });
  }
  grow();
  beforePrinting = () => grow(true);
  const heads = [tableLabel("documents"), columnLabel("documents.symbol"), columnLabel("documents.issued_on"), tableLabel("tasks"), tableLabel("findings")];
  return h("section", { class: "panel", id: "documents" }, h("h2", {}, tableLabel("documents")),
    shown.length ? h("table", { class: "documents" }, h("thead", {}, h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text)))), body) : h("p", { class: "empty" }, say("nothing_found")), more);
}

function findingsView() {
  const wanted = (one) => (!state.severity || one.severity === state.severity) && (!state.code || one.code === state.code || one.severity === state.code)
    && (!state.document || (one.document && one.document.document_id === state.document))
    && (!state.province || (one.document && provinceOf(one.document) === state.province));
  const { rows } = searched(findings.filter(wanted), state.q, findingText);
  const severities = h("div", { class: "switch", role: "group", "aria-label": say("severity") }, ["", ...SEVERITIES].map((severity) =>
    h("button", { type: "button", "data-severity": severity || "all", "aria-pressed": String((state.severity || "") === severity), on: { click: () => go({ severity, code: null }) } },
      severity ? `${codeLabel("severity", severity)} (${count(findings.filter((one) => one.severity === severity).length)})` : `${say("all")} (${count(findings.length)})`)));
  const body = h("div");
  const more = h("button", { type: "button", class: "more", on: { click: () => grow() } });
  const sorted = [...rows].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  let shown = 0;
  let group = null;
  function grow(all) {
    for (const one of sorted.slice(shown, all ? sorted.length : shown + STEP)) {
      if (!group || group.code !== one.code) {
        group = { code: one.code, list: h("ul", { class: "items findings" }) };
        body.append(h("section", { class: "panel" }, h("h2", {}, badge(one.severity), " ", codeLabel("finding_code", one.code), " ",
          h("span", { class: "dim" }, count(sorted.filter((each) => each.code === one.code).length))), group.list));
      }
      group.list.append(findingLine(one));
      shown++;
    }
    more.hidden = shown >= sorted.length;
    more.textContent = say("more_rows", { shown: count(shown), all: count(sorted.length) });
  }
  grow();
  beforePrinting = () => grow(true);
  const chip = state.code ? h("p", { class: "chip" }, `${codeLabel("finding_code", state.code)} `, h("button", { type: "button", class: "quiet", on: { click: () => go({ code: null }) }, "aria-label": say("clear") }, "×")) : null;
  return h("div", { class: "finding-list" }, severities, chip, documentChip(),
    h("p", { id: "hits", class: "hits", role: "status" }, say("finding_hits", { shown: count(rows.length), all: count(findings.length) })),
    rows.length ? body : h("p", { class: "empty" }, say(findings.length ? "nothing_found" : "no_findings")), more);
}

function findingLine(one) {
  const where = [one.task ? shorten(one.task.task, 110) : null, one.document ? documentName(one.document) : one.source_file].filter(Boolean).join(" — ");
  const text = [h("span", {}, one.message), h("div", { class: "sub" }, where), one.value ? h("div", { class: "sub" }, `${say("value_read")}: ${one.value}`) : null];
  return h("li", { "data-finding": one.id }, one.document ? h("a", { class: "block", href: address("finding", one, one.id) }, text) : text);
}
