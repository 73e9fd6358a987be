// Elements, words, numbers. Plan texts only ever become text nodes: nothing here parses markup.

function h(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(3).filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

const byId = (id) => document.getElementById(id);

let language = "vi";

// A pair [Vietnamese, English] in the language of the moment.
function inLanguage(pair) {
  return pair ? pair[language === "vi" ? 0 : 1] || pair[0] : "";
}

// The page's own words; {name} in them is filled in.
function say(key, values) {
  return inLanguage(index.words.ui[key] || [key, key]).replace(/\{(\w+)\}/g, (all, name) =>
    values && name in values ? String(values[name]) : all);
}

const codeLabel = (list, code) => code === null ? "" : inLanguage((index.words.codes[list] || {})[code] || [code, code]);
const columnLabel = (name) => inLanguage(index.words.columns[name] || [name, name]);
const tableLabel = (name) => inLanguage(index.words.tables[name] || [name, name]);

// Formats are slow to make and quick to use.
const formats = new Map();

function numberFormat(digits) {
  const key = `${language}${digits}`;
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: digits }));
  return formats.get(key);
}

const count = (number) => numberFormat(3).format(number);

// "2021-12-31" as 31/12/2021, which both languages read the same here.
function day(iso) {
  return iso ? iso.split("-").reverse().join("/") : "";
}

function money(dong) {
  return `${count(dong)} ${say("dong")}`;
}

// A large sum in words of its size: "1,2 tỷ đồng".
function shortMoney(dong) {
  const format = numberFormat(1);
  if (dong >= 1e9) return `${format.format(dong / 1e9)} ${say("billion_dong")}`;
  if (dong >= 1e6) return `${format.format(dong / 1e6)} ${say("million_dong")}`;
  return money(dong);
}

// Never rounded up to 100: one unread task of a thousand must show.
function share(good, stated) {
  return stated ? `${Math.floor((100 * good) / stated)} %` : "–";
}

function quarterLabel(quarter) {
  if (quarter === "recurring") return say("recurring");
  if (quarter === "none") return say("no_quarter");
  const [year, number] = quarter.split("-");
  return language === "vi" ? `Quý ${["I", "II", "III", "IV"][number - 1]}/${year}` : `Q${number} ${year}`;
}

function badge(severity, text, title) {
  return h("span", { class: `badge ${severity}`, title }, text || codeLabel("severity", severity));
}
