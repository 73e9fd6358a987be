// The right half: source text or pages, and moving to a place in them.

const panes = new WeakMap(); // source → its built text and pages, built when first shown

function builtOf(source) {
  if (!panes.has(source)) panes.set(source, { text: null, pages: null, language });
  const built = panes.get(source);
  if (built.language !== language) Object.assign(built, { pages: null, language });
  return built;
}

// what: {marks, boxes, near, to: [start, end] | null, page}; returns {element, moveTo(range, field)}.
function sourcePane(holder, what) {
  const source = sourceOf(holder);
  const built = builtOf(source);
  const scroller = h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": say("source_of", { file: holder.source_file }) });
  const paged = source.pages.length > 0;
  let mode = paged && state.as !== "text" ? "pages" : "text";
  if (source.text === null) mode = paged ? "pages" : "none";

  const buttons = paged && source.text !== null ? h("div", { class: "switch", role: "group" }, ["pages", "text"].map((name) =>
    h("button", { type: "button", "data-as": name, "aria-pressed": String(mode === name), on: { click: () => go({ as: name === "text" ? "text" : null }, true) } }, say(`as_${name}`)))) : null;
  const shownFields = FIELDS.filter((field) => (mode === "pages" ? what.boxes : what.marks).some((one) => one.field === field));
  const element = h("section", { class: "source", id: "source" },
    h("header", {}, h("h2", {}, say("source")), h("span", { class: "dim file" }, holder.source_file), buttons),
    shownFields.length ? legend(shownFields) : null, scroller);

  if (mode === "none") {
    scroller.append(h("p", { class: "empty" }, say("source_missing"), h("br"), source.trouble || ""));
  } else if (mode === "pages") {
    built.pages ||= new SourcePages(source);
    built.pages.mark(what.boxes);
    scroller.append(built.pages.element);
  } else {
    built.text ||= new SourceText(source);
    built.text.mark(what.marks, what.near);
    scroller.append(built.text.element);
  }

  function targetOf(range, place, field) {
    if (mode === "pages") {
      const box = field && scroller.querySelector(`.box[data-field="${field}"]`);
      return box || (place && place.page && built.pages.sheets.get(place.page)?.sheet) || scroller.querySelector(".box");
    }
    if (mode !== "text") return null;
    if (field) return scroller.querySelector(`mark[data-field="${field}"]`);
    if (!range) return null;
    const line = built.text.line(built.text.lineAt(range[0]));
    return line.querySelector("mark") || line;
  }

  // Twice: lines that were never laid out have only a guessed height before they come near.
  function moveTo(range, place, field) {
    const target = targetOf(range, place, field);
    if (!target) return;
    const move = () => {
      const gap = target.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      scroller.scrollTop += gap - scroller.clientHeight / 3;
    };
    move();
    requestAnimationFrame(() => {
      move();
      requestAnimationFrame(move);
    });
    for (const one of scroller.querySelectorAll(".here")) one.classList.remove("here");
    if (field) target.classList.add("here");
  }
  return { element, moveTo };
}
