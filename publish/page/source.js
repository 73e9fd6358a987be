// The source beside a task: its text line by line, or its pages, with the chosen words marked.

const FIELDS = ["task", "area", "deliverables", "lead", "coordinating", "schedule", "budget", "finding"];
const LINE_END = /\r\n|[\n\r\v\u2028\u2029\x85]/g;
const CHUNK = 400;

// The lines of a text as [start, end] without their ends, split as its line numbers count.
function linesOf(text) {
  const made = [];
  let start = 0;
  for (const found of text.matchAll(LINE_END)) {
    made.push([start, found.index]);
    start = found.index + found[0].length;
  }
  made.push([start, text.length]);
  return made;
}

// Laid out in columns of blanks: only letters of one width and unbroken lines keep the columns.
function isLaidOut(text) {
  const wide = text.match(/\S {4,}\S/g);
  return wide !== null && wide.length > 20 && wide.length > text.split("\n").length / 10;
}

class SourceText {
  constructor(source) {
    this.text = source.text;
    this.lines = linesOf(source.text);
    this.marked = [];
    this.element = h("div", { class: `text${isLaidOut(source.text) ? " laid-out" : ""}`, translate: "no", lang: "vi" });
    for (let from = 0; from < this.lines.length; from += CHUNK) {
      const chunk = h("div", { class: "chunk" });
      for (let i = from; i < Math.min(from + CHUNK, this.lines.length); i++) {
        const line = h("div", { class: "line", "data-line": i + 1 });
        this.fill(line, ...this.lines[i], []);
        chunk.append(line);
      }
      this.element.append(chunk);
    }
  }

  line(number) {
    return this.element.children[Math.floor(number / CHUNK)].children[number % CHUNK];
  }

  lineAt(unit) {
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lines[middle][0] <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // marks: [{start, end, field}], in UTF-16 units; the shorter one wins where two overlap.
  mark(marks, near) {
    for (const number of this.marked) {
      this.fill(this.line(number), ...this.lines[number], []);
      this.line(number).className = "line";
    }
    const byLine = new Map();
    for (const one of marks) {
      for (let number = this.lineAt(one.start); number <= this.lineAt(Math.max(one.start, one.end - 1)); number++) {
        if (!byLine.has(number)) byLine.set(number, []);
        byLine.get(number).push(one);
      }
    }
    for (const [number, list] of byLine) this.fill(this.line(number), ...this.lines[number], list);
    this.marked = [...byLine.keys()];
    if (near) {
      for (let number = this.lineAt(near[0]); number <= this.lineAt(Math.max(near[0], near[1] - 1)); number++) {
        this.line(number).className = "line near";
        this.marked.push(number);
      }
    }
    for (const number of byLine.keys()) this.line(number).className = "line near";
  }

  fill(line, start, end, marks) {
    const cuts = new Set([start, end]);
    for (const one of marks) {
      cuts.add(Math.min(Math.max(one.start, start), end));
      cuts.add(Math.min(Math.max(one.end, start), end));
    }
    const edges = [...cuts].sort((a, b) => a - b);
    const made = [];
    let last = null;
    for (let i = 0; i + 1 < edges.length; i++) {
      const [from, to] = [edges[i], edges[i + 1]];
      const around = marks.filter((one) => one.start <= from && to <= one.end).sort((a, b) => (a.end - a.start) - (b.end - b.start));
      const top = around[0];
      if (!top) made.push(...plainText(this.text.slice(from, to)));
      else {
        const first = from === top.start && !(last && last.mark === top);
        const shown = h("mark", { class: `f-${top.field}${first ? " first" : ""}${top.loose ? " loose" : ""}`, "data-field": top.field, "data-tag": say(`tag_${top.field}`), title: say(`field_${top.field}`) }, this.text.slice(from, to));
        if (around.some((one) => one.field === "finding")) shown.classList.add("in-finding");
        made.push(shown);
      }
      last = { mark: top };
    }
    line.replaceChildren(...made);
  }
}

// Tabs as thin rules between cells, tags dim: what is no word of the plan steps back.
function plainText(text) {
  if (!/[\t<]/.test(text)) return [text];
  return text.split(/(\t|<\/?[a-zA-Z!][^<>]{0,400}>)/).filter(Boolean).map((part) =>
    part === "\t" ? h("span", { class: "tab" }, part) : part[0] === "<" && part.length > 2 ? h("span", { class: "tag" }, part) : part);
}

// The marks of a task: each field's words and no others, from the places that the tables give.
function taskMarks(source, task) {
  const { text } = source;
  const row = source.tasks.get(task.task_id);
  if (text === null || !row) return [];
  const marks = [];
  const add = (field, ranges) => ranges && marks.push(...ranges.map(([start, end]) => ({ start, end, field })));
  const addRow = (field, one, words) => {
    const found = locate(text, one.start, one.end, words);
    if (found) add(field, found);
    else marks.push({ start: one.start, end: one.end, field, loose: true });
  };
  for (const one of rowsOf(source, "assignments", task)) addRow(one.role, one, one.raw);
  for (const one of rowsOf(source, "periods", task)) addRow("schedule", one, one.raw);
  for (const one of rowsOf(source, "deliverables", task)) addRow("deliverables", one, one.text);
  add("task", locate(text, row.start, row.end, task.task));
  const taken = () => marks.map((one) => [one.start, one.end]);
  for (const words of [task.budget, task.funding_source]) {
    if (!words) continue;
    const cells = cellsOf(text, row.start, row.end, words, taken());
    const behind = cells.filter(([start]) => start > firstMark(marks));
    if (behind.length === 1) add("budget", behind);
    else if (words.length > 6 && !cells.length) add("budget", locate(text, row.start, row.end, words));
  }
  if (task.area) add("area", areaPlace(text, row, task.area, taken()));
  return marks;
}

// Where the task's own words begin: a figure before them is the row's number.
function firstMark(marks) {
  const starts = marks.filter((one) => one.field === "task").map((one) => one.start);
  return starts.length ? Math.min(...starts) : -1;
}

const FAR = 20000;

// The area's words: in the row, or the nearest cell or heading before it that holds them.
function areaPlace(text, row, area, taken) {
  const inside = cellsOf(text, row.start, row.end, area, taken);
  if (inside.length) return [inside[0]];
  const from = Math.max(0, row.start - FAR);
  const before = cellsOf(text, from, row.start, area, []);
  if (before.length) return [before[before.length - 1]];
  return lastPlace(text, from, row.end, area);
}

function legend(fields) {
  return h("ul", { class: "legend", "aria-label": say("legend") }, fields.map((field) =>
    h("li", {}, h("mark", { class: `f-${field} first`, "data-tag": say(`tag_${field}`) }, say(`field_${field}`)))));
}
