// Where words stand in a source text. Tables count code points, strings here UTF-16 units.

// Lower case without accents, as normalize/text.py folds; đ is d.
function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/đ/g, "d").replace(/\p{M}/gu, "");
}

// Words of a search: folded, anything but letters and digits a blank, one blank around each.
function searchKey(text) {
  return ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}

// The way from code points to UTF-16 units; the text's astral characters make the difference.
class Offsets {
  constructor(text) {
    this.astral = [];
    for (let i = 0, point = 0; i < text.length; i++, point++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
        this.astral.push(point);
        i++;
      }
    }
  }

  unit(point) {
    let low = 0;
    let high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.astral[middle] < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }
}

const ENTITY = /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/i;
// Those that HTML editors write for Vietnamese: letters of Latin-1, dashes, quotation marks.
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ndash: "–", mdash: "—", hellip: "…", bull: "•", middot: "·",
  lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", laquo: "«", raquo: "»", deg: "°", times: "×" };
const ACCENTS = { grave: "\u0300", acute: "\u0301", tilde: "\u0303", circ: "\u0302" };

function entityText(entity) {
  const name = entity.slice(1, -1).toLowerCase();
  const number = name.startsWith("#x") ? parseInt(name.slice(2), 16) : name.startsWith("#") ? +name.slice(1) : NaN;
  if (number > 0 && number < 0x110000) return String.fromCodePoint(number);
  const letter = /^([aeiouy])(grave|acute|tilde|circ)$/.exec(name); // any case: they are folded anyway
  return letter ? letter[1] + ACCENTS[letter[2]] : NAMED[name] || entity;
}

// The text's characters as they compare (folded, no blanks, tags or invisible signs), each with
// the range that it stands in.
function stream(text, from, to) {
  const made = { keys: [], starts: [], ends: [] };
  for (let i = from; i < to;) {
    let end = i + (text.codePointAt(i) > 0xffff ? 2 : 1);
    let shown = text.slice(i, end);
    if (shown === "<") {
      const close = /^<\/?[a-z!][^<>]{0,400}>/i.exec(text.slice(i, Math.min(to, i + 404)));
      if (close) {
        i += close[0].length;
        continue;
      }
    } else if (shown === "&") {
      const entity = ENTITY.exec(text.slice(i, i + 12));
      if (entity) {
        end = i + entity[0].length;
        shown = entityText(entity[0]);
      }
    }
    for (const key of fold(shown)) {
      if (/[\s\u200b-\u200f\u2060\ufeff\u00ad*]/.test(key)) continue;
      made.keys.push(key);
      made.starts.push(i);
      made.ends.push(end);
    }
    i = end;
  }
  // A mark that stands apart from its letter (NFD) belongs to the letter before it.
  for (let i = 0; i < made.ends.length; i++) {
    while (made.ends[i] < to && /\p{M}/u.test(text[made.ends[i]])) made.ends[i]++;
  }
  return made;
}

// The ranges in text[from:to] that hold the words, in order: one range as a rule, several where
// other cells' words stand between. Null where the words are not there.
function locate(text, from, to, words) {
  if (!words) return null;
  if (text.slice(from, to) === words) return [[from, to]];
  const exact = text.indexOf(words, from);
  if (exact >= 0 && exact + words.length <= to) {
    const again = text.indexOf(words, exact + 1);
    if (words.length > 8 || again < 0 || again + words.length > to) return [[exact, exact + words.length]];
  }
  return pieces(stream(text, from, to), stream(words, 0, words.length).keys);
}

const SHORTEST_PIECE = 3;

function pieces(source, wanted) {
  const found = [];
  let at = 0;
  for (let done = 0; done < wanted.length;) {
    const [start, length] = longestPiece(source.keys, at, wanted, done);
    if (length < Math.min(SHORTEST_PIECE, wanted.length - done)) return null;
    found.push([source.starts[start], source.ends[start + length - 1]]);
    done += length;
    at = start + length;
  }
  return found.length ? found : null;
}

// The longest run of source from "at" on that continues the wanted words; the first of equals.
function longestPiece(keys, at, wanted, done) {
  let best = [-1, 0];
  for (let i = at; i < keys.length && best[1] < wanted.length - done; i++) {
    if (keys[i] !== wanted[done]) continue;
    let length = 1;
    while (i + length < keys.length && done + length < wanted.length && keys[i + length] === wanted[done + length]) length++;
    if (length > best[1]) best = [i, length];
  }
  return best;
}

// The last range in text[from:to] that holds the words unbroken, whatever letters they are written in.
function lastPlace(text, from, to, words) {
  const source = stream(text, from, to);
  const wanted = stream(words, 0, words.length).keys;
  for (let i = source.keys.length - wanted.length; i >= 0 && wanted.length; i--) {
    let length = 0;
    while (length < wanted.length && source.keys[i + length] === wanted[length]) length++;
    if (length === wanted.length) return [[source.starts[i], source.ends[i + length - 1]]];
  }
  return null;
}

const CELL_EDGE = /[\t|<>\n\r\v\u2028\u2029]/;

// The cells of text[from:to] that hold the words and nothing else, outside the taken ranges.
function cellsOf(text, from, to, words, taken) {
  const found = [];
  for (let at = text.indexOf(words, from); at >= 0 && at + words.length <= to; at = text.indexOf(words, at + 1)) {
    const end = at + words.length;
    let before = at;
    while (before > 0 && /[ \u00a0*:-]/.test(text[before - 1])) before--;
    let after = end;
    while (after < text.length && /[ \u00a0*.;,]/.test(text[after])) after++;
    const alone = (before === 0 || CELL_EDGE.test(text[before - 1])) && (after === text.length || CELL_EDGE.test(text[after]));
    if (alone && !taken.some(([a, b]) => a < end && at < b)) found.push([at, end]);
  }
  return found;
}
