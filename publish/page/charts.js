// Charts: the figures here, the drawing by Vega-Lite (specs made with altair, see review_charts.py).

const MOST_BARS = 15;
const BAR_ROW = 24; // pixels

function sums(rows, keyOf, amountOf) {
  const made = new Map();
  for (const row of rows) for (const key of keyOf(row)) made.set(key, (made.get(key) || 0) + amountOf(row));
  return made;
}

// Chart → its rows {name, amount, group?, filter}: what a bar is called, how long, what it opens.
const FIGURES = {
  quarters: (rows) => [...sums(rows, (one) => one.quarters, () => 1)].sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, amount]) => ({ name: quarterLabel(key), amount, filter: { quarter: key } })),
  leads: (rows) => top(sums(rows, (one) => [...new Set(one.lead.map(agencyOf))], () => 1))
    .map(([key, amount]) => ({ name: agencyLabel(key), amount, filter: { agency: key } })),
  budgets: (rows) => {
    const funded = rows.filter((one) => one.budget_vnd > 0);
    const first = (one) => one.lead.length ? agencyOf(one.lead[0]) : "none";
    const made = [];
    for (const [key] of top(sums(funded, (one) => [first(one)], (one) => one.budget_vnd))) {
      const own = funded.filter((one) => first(one) === key);
      for (const [area, amount] of sums(own, (one) => [areaOf(one)], (one) => one.budget_vnd)) {
        made.push({ name: key === "none" ? say("no_lead") : agencyLabel(key), amount: amount / 1e6, group: areaLabel(area), filter: { agency: key, area } });
      }
    }
    return made;
  },
  areas: (rows) => top(sums(rows.filter((one) => one.budget_vnd > 0), (one) => [areaOf(one)], (one) => one.budget_vnd))
    .map(([key, amount]) => ({ name: areaLabel(key), amount: amount / 1e6, filter: { area: key } })),
};

function top(sums) {
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_BARS);
}

function chartsSection(rows) {
  return h("div", { class: "charts" }, Object.keys(FIGURES).map((name) => {
    const figures = FIGURES[name](rows);
    const drawing = h("div", { class: "drawing", "data-chart": name, "aria-hidden": "true" });
    const hasGroups = figures.some((one) => one.group);
    const table = h("table", { class: "figures" }, h("tbody", {}, figures.map((one) => h("tr", {},
      h("th", { scope: "row" }, h("a", { href: hashOf({ view: "tasks", ...one.filter }) }, one.name)), hasGroups ? h("td", {}, one.group) : null,
      h("td", { class: "number" }, count(one.amount))))));
    const drawn = figures.length > 0 && hasBundle();
    if (drawn) waitingCharts.push([name, drawing, figures]);
    return h("section", { class: "panel chart", id: `chart-${name}` }, h("h2", {}, say(`chart_${name}`)), h("p", { class: "sub" }, say(`chart_${name}_note`)),
      figures.length ? [drawn ? drawing : null, h("details", { open: !drawn }, h("summary", {}, say("as_table")), table)] : h("p", { class: "empty" }, say("nothing_to_draw")));
  }));
}

const hasBundle = () => byId("bundle") !== null;

// Run the bundle, which stands in the page as mere text: most visits need no charts, and reading
// it takes longer than all the rest. The page's policy knows it by its hash.
function runBundle() {
  if ("vegaEmbed" in window) return;
  const script = document.createElement("script");
  script.textContent = byId("bundle").textContent;
  document.head.append(script);
  script.remove();
}

const waitingCharts = [];
const CHART_FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';

// Draw what waits; called once the page is in place, so that a chart knows its width.
async function drawCharts() {
  if (!waitingCharts.length) return;
  runBundle();
  const locale = language === "vi" ? { decimal: ",", thousands: "." } : { decimal: ".", thousands: "," };
  for (const [name, drawing, figures] of waitingCharts.splice(0)) {
    if (!drawing.isConnected) continue;
    const spec = structuredClone(CHART_SPECS[name]);
    spec.datasets = { figures };
    if (name !== "quarters") spec.height = BAR_ROW * new Set(figures.map((one) => one.name)).size;
    spec.config = { ...spec.config, font: CHART_FONT };
    const made = await vegaEmbed(drawing, spec, {
      mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: false, hover: false,
      formatLocale: { ...locale, grouping: [3], currency: ["", ""] },
    });
    made.view.addEventListener("click", (event, item) => {
      if (item && item.datum && item.datum.filter) go({ view: "tasks", ...item.datum.filter });
    });
  }
}
