// The index as objects, and sources that are parsed when they are opened.

const index = JSON.parse(byId("index").textContent);

function objects(columns, rows) {
  return rows.map((row) => {
    const made = {};
    for (let i = 0; i < columns.length; i++) made[columns[i]] = row[i];
    return made;
  });
}

const documents = objects(index.columns.documents, index.documents);
const tasks = objects(index.columns.tasks, index.tasks);
const findings = objects(index.columns.findings, index.findings);
const bodies = index.bodies.map(([id, name, english]) => ({ id, name, english }));
const documentById = new Map(documents.map((one) => [one.document_id, one]));
const taskById = new Map(tasks.map((one) => [one.task_id, one]));
const findingById = new Map();
const findingsOf = new Map(); // of a task or a document, by the object itself
const SEVERITIES = ["error", "warning", "info"];

for (const one of documents) findingsOf.set(one, []);
for (const [place, one] of tasks.entries()) {
  one.at = place;
  one.document = documents[one.document];
  one.lead = one.lead.map((number) => bodies[number]);
  one.coordinating = one.coordinating.map((number) => bodies[number]);
  findingsOf.set(one, []);
}
for (const one of findings) {
  one.document = one.document === null ? null : documents[one.document];
  one.id = `${one.document ? one.document.block : one.source_file}~${one.number}`;
  one.task = taskById.get((one.row_id || "").replace(/#(assignments|deliverables|periods|tasks)-\d+$/, "")) || null;
  findingById.set(one.id, one);
  if (one.task) findingsOf.get(one.task).push(one);
  if (one.document) findingsOf.get(one.document).push(one);
}
for (const list of findingsOf.values()) {
  list.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function worst(list) {
  return SEVERITIES.find((severity) => list.some((one) => one.severity === severity));
}

function bodyName(body) {
  return language === "en" && body.english ? body.english : body.name;
}

function documentName(one) {
  return [one.symbol || one.doc_type, one.jurisdiction || one.issuer].filter(Boolean).join(" · ") || one.source_file;
}

// What a search looks through, made once a task.
function searchText(task) {
  task.key ||= searchKey([
    task.task_no, task.task, task.area, task.deliverables.join(" | "),
    task.lead.map((one) => one.name).join(" | "), task.coordinating.map((one) => one.name).join(" | "),
    task.schedule, task.budget, task.funding_source, task.document.symbol, task.document.title, task.document.jurisdiction,
  ].filter(Boolean).join(" | "));
  return task.key;
}

function findingText(one) {
  one.key ||= searchKey([one.message, one.raw, one.value, codeLabel("finding_code", one.code), one.source_file].filter(Boolean).join(" | "));
  return one.key;
}

// ---- sources -----------------------------------------------------------------------------

const sources = new Map();
const isHere = (one) => one.block !== null && byId(`block-${one.block}`) !== null;

// The source that a document was read from, or null where another file of the page holds it.
function sourceOf(one) {
  if (!isHere(one)) return null;
  if (!sources.has(one.block)) sources.set(one.block, openBlock(byId(`block-${one.block}`).textContent));
  return sources.get(one.block);
}

function openBlock(json) {
  const block = JSON.parse(json);
  const made = { text: block.text, trouble: block.trouble, pages: block.pages, tables: {} };
  const offsets = new Offsets(block.text || "");
  for (const [name, rows] of Object.entries(block.tables)) {
    made.tables[name] = objects(index.block_columns[name], rows);
    for (const row of made.tables[name]) {
      if (row.char_start === null) continue;
      row.start = offsets.unit(row.char_start);
      row.end = offsets.unit(row.char_end);
    }
  }
  made.tasks = new Map(made.tables.tasks.map((row) => [row.task_id, row]));
  return made;
}

function rowsOf(source, table, task) {
  return source.tables[table].filter((row) => row.task_id === task.task_id);
}

// The address of a task, a finding or a document: in this file, or in the file that holds it.
function address(kind, one, id, more) {
  const holder = kind === "document" ? one : one.document;
  const parts = new URLSearchParams({ [kind]: id, ...more });
  if (!holder || isHere(holder)) return `#${parts}`;
  if (language !== "vi") parts.set("lang", language);
  return `${index.folder}/${encodeURIComponent(holder.block)}.html#${parts}`;
}
