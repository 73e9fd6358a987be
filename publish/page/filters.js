// The bar of filters over overview and table. It stays in place while the rest is drawn anew.

function options(values, label, sort) {
  const made = [...values].map(([value, number]) => ({ value, number, text: label(value) }));
  return made.sort(sort || ((a, b) => a.text.localeCompare(b.text, "vi")));
}

function tally(rows, valuesOf) {
  const made = new Map();
  for (const row of rows) for (const value of new Set(valuesOf(row))) made.set(value, (made.get(value) || 0) + 1);
  return made;
}

const byNumber = (a, b) => b.number - a.number || a.text.localeCompare(b.text, "vi");
const byValue = (a, b) => (a.value < b.value ? -1 : 1);

// Filter → its choices, counted over the tasks that the other filters let through.
const CHOICES = {
  province: () => options(tally(passing("province"), (one) => [provinceOf(one.document)]),
    (value) => value === "none" ? say("no_province") : documents.find((one) => one.jurisdiction_code === value).jurisdiction),
  year: () => options(tally(passing("year"), (one) => [String(one.document.plan_year ?? "none")]),
    (value) => value === "none" ? say("no_year") : value, byValue),
  area: () => options(tally(passing("area"), (one) => [areaOf(one)]), areaLabel, byNumber),
  agency: () => options(tally(passing("agency"), (one) => [...one.lead, ...(state.role === "any" ? one.coordinating : [])].map(agencyOf)),
    agencyLabel, byNumber),
  quarter: () => options(tally(passing("quarter"), (one) => one.quarters), quarterLabel, byValue),
  code: () => [
    ...options(tally(passing("code"), (one) => one.finding_codes.length ? ["any"] : ["none"]),
      (value) => say(value === "any" ? "any_finding" : "no_finding"), byValue),
    ...options(tally(passing("code"), (one) => findingsOf.get(one).map((each) => each.severity)),
      (value) => `${say("severity")}: ${codeLabel("severity", value)}`, (a, b) => SEVERITIES.indexOf(a.value) - SEVERITIES.indexOf(b.value)),
    ...options(tally(passing("code"), (one) => one.finding_codes), (value) => codeLabel("finding_code", value), byNumber),
  ],
};

const areaLabel = (value) => value === "none" ? say("no_area") : value.startsWith("=") ? value.slice(1) : codeLabel("area_code", value);

function agencyLabel(value) {
  if (value.startsWith("=")) return value.slice(1);
  const body = bodies.find((one) => one.id === value);
  return body ? bodyName(body) : value;
}

const filterName = (name) => name === "year" ? columnLabel("documents.plan_year")
  : name === "province" ? columnLabel("documents.jurisdiction")
  : name === "area" ? columnLabel("tasks.area") : say(`filter_${name}`);

function shorten(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function choice(name) {
  const found = CHOICES[name]();
  if (state[name] && !found.some((one) => one.value === state[name])) {
    found.unshift({ value: state[name], number: 0, text: choiceText(name, state[name]) });
  }
  return h("label", { class: "filter" }, h("span", {}, filterName(name)),
    h("select", { id: `f-${name}`, class: state[name] ? "set" : null, on: { change: (event) => go({ [name]: event.target.value, shown: null }) } },
      h("option", { value: "" }, say("all")),
      found.map((one) => h("option", { value: one.value, selected: state[name] === one.value }, `${shorten(one.text, 70)} (${count(one.number)})`))));
}

function choiceText(name, value) {
  if (name === "province") return documents.find((one) => one.jurisdiction_code === value)?.jurisdiction || value;
  if (name === "agency") return agencyLabel(value);
  if (name === "area") return areaLabel(value);
  if (name === "quarter") return quarterLabel(value);
  if (name === "code") return codeLabel("finding_code", value);
  return value;
}

// Build the bar where it is missing; afterwards only what hangs on the state changes.
function showFilters(bar) {
  if (!bar.firstChild) {
    let waiting = 0;
    bar.append(
      h("label", { class: "filter search" }, h("span", {}),
        h("input", { id: "q", type: "search", autocomplete: "off", spellcheck: "false", "aria-describedby": "hits", on: {
          input: (event) => {
            clearTimeout(waiting);
            const value = event.target.value;
            waiting = setTimeout(() => go({ q: value, shown: null }, true), 120);
          },
        } })),
      h("button", { type: "button", id: "toggle", on: { click: () => bar.classList.toggle("open") } }),
      h("div", { class: "choices" }));
  }
  bar.querySelector(".search span").textContent = say("search");
  const input = bar.querySelector("#q");
  input.placeholder = say("search_hint");
  if (document.activeElement !== input) input.value = state.q || "";
  bar.querySelector("#toggle").textContent = say("more_filters");
  const set = FILTERS.filter((name) => state[name] && name !== "role");
  const focused = document.activeElement && document.activeElement.id;
  bar.querySelector(".choices").replaceChildren(
    ...["province", "year", "area", "agency"].map(choice),
    h("label", { class: "filter" }, h("span", {}, say("filter_role")),
      h("select", { id: "f-role", on: { change: (event) => go({ role: event.target.value }) } },
        h("option", { value: "" }, say("role_lead")), h("option", { value: "any", selected: state.role === "any" }, say("role_any")))),
    ...["quarter", "code"].map(choice),
    set.length ? h("button", { type: "button", id: "clear", class: "quiet", on: { click: () => go(Object.fromEntries(FILTERS.map((name) => [name, null]))) } }, say("clear")) : "");
  if (focused && focused.startsWith("f-")) byId(focused)?.focus();
}

// What narrows the view beside the bar: one document.
function documentChip() {
  const one = state.document && documentById.get(state.document);
  return one ? h("p", { class: "chip" }, `${tableLabel("documents")}: ${documentName(one)} `,
    h("button", { type: "button", class: "quiet", on: { click: () => go({ document: null }) }, "aria-label": say("clear") }, "×")) : null;
}
