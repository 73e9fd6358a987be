// The pages of a PDF or a scan as pictures, with the boxes of the chosen row on them.

class SourcePages {
  constructor(source) {
    this.sheets = new Map();
    this.element = h("div", { class: "pages" });
    for (const [number, width, height, picture] of source.pages) {
      const boxes = h("div", { class: "boxes" });
      // The picture's own data is decoded only when the page comes near.
      const image = h("img", { src: picture, loading: "lazy", decoding: "async", alt: say("page_alt", { number }) });
      const sheet = h("figure", { class: "sheet", "data-page": number, style: null }, image, boxes, h("figcaption", {}, say("page", { number })));
      image.style.aspectRatio = `${width} / ${height}`;
      this.sheets.set(number, { sheet, boxes, width, height });
      this.element.append(sheet);
    }
  }

  // boxes: [{page, bbox: [x0, top, x1, bottom] in points, field}]
  mark(boxes) {
    for (const { boxes: layer } of this.sheets.values()) layer.replaceChildren();
    for (const { page, bbox, field } of boxes) {
      const sheet = this.sheets.get(page);
      if (!sheet || !bbox) continue;
      const [x0, top, x1, bottom] = bbox;
      const box = h("div", { class: `box f-${field}`, "data-field": field, "data-tag": say(`tag_${field}`), title: say(`field_${field}`) });
      box.style.left = `${(100 * x0) / sheet.width}%`;
      box.style.top = `${(100 * top) / sheet.height}%`;
      box.style.width = `${(100 * (x1 - x0)) / sheet.width}%`;
      box.style.height = `${(100 * (bottom - top)) / sheet.height}%`;
      sheet.boxes.append(box);
    }
  }
}

// The boxes of a task's rows; several bodies of one cell share their box.
function taskBoxes(source, task) {
  const row = source.tasks.get(task.task_id);
  const made = new Map();
  const add = (field, one) => {
    if (one && one.page !== null && one.bbox) made.set(JSON.stringify([field, one.page, one.bbox]), { field, page: one.page, bbox: one.bbox });
  };
  add("task", row);
  for (const one of rowsOf(source, "assignments", task)) add(one.role, one);
  for (const one of rowsOf(source, "periods", task)) add("schedule", one);
  for (const one of rowsOf(source, "deliverables", task)) add("deliverables", one);
  return [...made.values()];
}
