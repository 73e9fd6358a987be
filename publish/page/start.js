// The page as a whole: heads, views, keys, printing.

let beforePrinting = null;
const VIEWS = ["overview", "tasks", "findings"];

function home(name) {
  if (!index.home) return hashOf({ view: name, task: null, finding: null, open: null, as: null });
  return name === "overview" ? `${index.home}#${new URLSearchParams({ lang: language })}` : hashOf({ view: name, task: null, finding: null, open: null, as: null });
}

function showHead() {
  const now = view();
  document.title = say("title");
  byId("title").textContent = say("title");
  byId("skip").textContent = say("skip");
  byId("tabs").setAttribute("aria-label", say("views"));
  byId("tabs").replaceChildren(...VIEWS.map((name) => h("a", { href: home(name), id: `tab-${name}`, "aria-current": now === name ? "page" : null }, name === "overview" ? say("overview") : tableLabel(name))));
  byId("tools").replaceChildren(
    h("button", { type: "button", id: "print", class: "quiet", on: { click: () => window.print() } }, say("print")),
    h("button", { type: "button", id: "language", class: "quiet", lang: language === "vi" ? "en" : "vi", on: { click: changeLanguage } }, language === "vi" ? "English" : "Tiếng Việt"));
  byId("foot").replaceChildren(say("foot", { version: index.version }), " ", h("span", { class: "keys" }, say("keys")));
}

function changeLanguage() {
  const wanted = language === "vi" ? "en" : "vi";
  try {
    localStorage.setItem("kehoach.lang", wanted);
  } catch { /* then the address alone keeps it */ }
  go({ lang: wanted }, true);
  byId("language").focus();
}

function chosen() {
  const task = state.task ? taskById.get(state.task) : null;
  const finding = state.finding ? findingById.get(state.finding) : null;
  const opened = state.open ? documentById.get(state.open) : null;
  if (task) return { holder: task.document, task, finding: null, kind: "task", id: state.task };
  if (finding && finding.document) return { holder: finding.document, task: finding.task, finding, kind: "finding", id: state.finding };
  if (opened) return { holder: opened, task: null, finding: null, kind: "open", id: state.open };
  return null;
}

let shownPlace = null;

function show() {
  readState();
  beforePrinting = null;
  const now = view();
  const main = byId("main");
  const one = ["task", "finding", "document"].includes(now) ? chosen() : null;
  if (one && !isHere(one.holder)) {
    location.replace(address(one.kind, one.kind === "open" ? one.holder : { document: one.holder }, one.id));
    return;
  }
  showHead();
  const bar = byId("filters");
  bar.hidden = !["overview", "tasks", "findings"].includes(now) || !tasks.length;
  bar.classList.toggle("search-only", now === "findings");
  if (!bar.hidden) showFilters(bar);
  document.body.dataset.view = now;
  let placed = null;
  if (one) {
    const made = detail(one.holder, one.task, one.finding);
    main.replaceChildren(made.element);
    placed = made.placed;
  } else if (["task", "finding", "document"].includes(now)) {
    main.replaceChildren(h("div", { class: "empty" }, h("p", {}, say("not_here")), h("a", { href: hashOf({ task: null, finding: null, open: null }) }, say("back"))));
  } else {
    main.replaceChildren(now === "tasks" ? taskTable() : now === "findings" ? findingsView() : overview());
  }
  const place = [now, state.task, state.finding, state.open].join("|");
  if (place !== shownPlace) {
    if (shownPlace !== null) {
      window.scrollTo(0, 0);
      (byId("chosen") || main).focus({ preventScroll: true });
    }
    shownPlace = place;
  }
  if (placed) placed();
  if (now === "overview") requestAnimationFrame(() => setTimeout(drawCharts)); // the page shows first
}

// "/" searches, arrows walk through rows, j and k through tasks, Escape goes back.
function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "Escape") {
    const back = byId("back");
    if (typing) event.target.blur();
    else if (back) back.click();
    return;
  }
  if (typing) {
    if (event.key === "ArrowDown" && event.target.id === "q") focusRow(0, event);
    return;
  }
  if (event.key === "/") {
    const input = byId("q");
    if (input && !byId("filters").hidden) {
      event.preventDefault();
      input.focus();
    }
  } else if (event.key === "k" && byId("previous")?.href) byId("previous").click();
  else if (event.key === "j" && byId("next")?.href) byId("next").click();
  else if (["ArrowDown", "ArrowUp"].includes(event.key) && event.target.closest("#task-table")) {
    focusRow(event.key === "ArrowDown" ? 1 : -1, event);
  }
}

function focusRow(step, event) {
  const links = [...document.querySelectorAll("#task-table td.task a")];
  const at = links.indexOf(document.activeElement);
  const next = links[Math.max(0, at + (step || 1))];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

window.addEventListener("hashchange", show);
window.addEventListener("beforeprint", () => beforePrinting && beforePrinting());
document.addEventListener("keydown", onKey);
document.addEventListener("DOMContentLoaded", show); // sources stand behind the script
