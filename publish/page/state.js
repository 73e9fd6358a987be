// What is shown, all of it in the address: views, filters, the chosen row, the language.

const FILTERS = ["q", "document", "province", "year", "area", "agency", "role", "quarter", "code"];
let state = {};

function readState() {
  const parts = new URLSearchParams(location.hash.slice(1));
  state = Object.fromEntries(parts);
  let kept = null;
  try {
    kept = localStorage.getItem("kehoach.lang");
  } catch { /* a browser that keeps nothing for files */ }
  const wanted = state.lang || kept;
  language = wanted === "en" ? "en" : "vi";
  document.documentElement.lang = language;
}

function hashOf(changes) {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...state, ...changes })) {
    if (value !== null && value !== undefined && value !== "") parts.set(name, value);
  }
  return `#${parts}`;
}

// Show something else; "replace" for a change that needs no way back (typing in the search).
function go(changes, replace) {
  const hash = hashOf(changes);
  if (hash === location.hash) return;
  if (replace) {
    history.replaceState(null, "", hash);
    show();
  } else {
    location.hash = hash;
  }
}

const filtersOf = () => Object.fromEntries(FILTERS.filter((name) => state[name]).map((name) => [name, state[name]]));
const view = () => state.task ? "task" : state.finding ? "finding" : state.open ? "document" : state.view || "overview";

// ---- filters -----------------------------------------------------------------------------

const TESTS = {
  document: (task, value) => task.document.document_id === value,
  province: (task, value) => provinceOf(task.document) === value,
  year: (task, value) => String(task.document.plan_year ?? "") === (value === "none" ? "" : value),
  area: (task, value) => areaOf(task) === value,
  agency: (task, value) => (state.role === "any" ? [...task.lead, ...task.coordinating] : task.lead).some((one) => agencyOf(one) === value),
  quarter: (task, value) => task.quarters.includes(value),
  code: (task, value) => value === "any" ? task.finding_codes.length > 0 : value === "none" ? task.finding_codes.length === 0
    : SEVERITIES.includes(value) ? findingsOf.get(task).some((one) => one.severity === value) : task.finding_codes.includes(value),
};

const provinceOf = (one) => one.jurisdiction_code || "none";
const areaOf = (task) => task.area_code || (task.area ? `=${task.area}` : "none");
const agencyOf = (body) => body.id || `=${body.name}`;

// Tasks that every filter but the named one lets through.
function passing(but) {
  const tests = Object.entries(TESTS).filter(([name]) => name !== but && state[name]);
  return tasks.filter((task) => tests.every(([name, test]) => test(task, state[name])));
}

// The phrase as it stands; where nobody has it, all its words in any order.
function searched(rows, query, textOf) {
  const key = searchKey(query || "").trimEnd();
  if (!key.trim()) return { rows, loose: false };
  const exact = rows.filter((row) => textOf(row).includes(key));
  const terms = key.trim().split(" ").map((term) => ` ${term}`);
  if (exact.length || terms.length < 2) return { rows: exact, loose: false };
  const loose = rows.filter((row) => terms.every((term) => textOf(row).includes(term)));
  return { rows: loose, loose: loose.length > 0 };
}

const SORTS = {
  task: (task) => task.at,
  lead: (task) => task.lead.length ? fold(task.lead[0].name) : "￿",
  due: (task) => task.due_on || "9999",
  budget: (task) => -(task.budget_vnd ?? -1),
  findings: (task) => task.finding_codes.length ? SEVERITIES.indexOf(worst(findingsOf.get(task)) || "info") : 9,
};

let chosenKey = null;
let chosenRows = null;

// The tasks of the moment's filters, search and order; kept until one of these changes.
function chosenTasks() {
  const key = JSON.stringify([filtersOf(), state.sort]);
  if (key !== chosenKey) {
    const found = searched(passing(), state.q, searchText);
    const sort = SORTS[state.sort];
    if (sort) {
      found.rows = [...found.rows].sort((a, b) => {
        const [one, other] = [sort(a), sort(b)];
        return one < other ? -1 : one > other ? 1 : a.at - b.at;
      });
    }
    chosenKey = key;
    chosenRows = found;
  }
  return chosenRows;
}
