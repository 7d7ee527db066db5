// A table to work with: sorted by its heads, filtered by typing, read page by page.

import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { cell, isNumber, valueOf, wordsOf } from "./cells.js";

const PAGE = 5;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const standing = new Map();
/** How each table was left, by its block: a message that is drawn anew must not lose it. */

export function dataTable(block, use) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? PAGE;
  const named = block.row_header_column_index ?? 0;
  const left = standing.get(block.block_id) ?? { by: -1, down: false, wanted: "", page: 0 };
  standing.set(block.block_id, left);
  const numeric = head.map((_, column) => rows.every((row) => isNumber(row[column])));

  const body = h("tbody");
  const told = h("span", { class: "told", role: "status" });
  const heads = head.map((content, column) => headOf(content, column));
  const before = step(-1, "Previous page", "back");
  const after = step(1, "Next page", "forth");
  const filter = h("input", {
    type: "search",
    placeholder: "Filter",
    "aria-label": `Filter ${block.caption}`,
    "data-focus": `${block.block_id}/filter`,
    value: left.wanted,
    oninput() {
      left.wanted = filter.value;
      left.page = 0;
      draw();
    },
  });

  function headOf(content, column) {
    const sort = h(
      "button",
      { type: "button", class: "sort", "data-focus": `${block.block_id}/sort-${column}`, onclick: () => by(column) },
      wordsOf(content),
    );
    return h("th", { scope: "col", class: numeric[column] ? "right" : "left" }, sort);
  }

  function step(pages, name, sign) {
    return h(
      "button",
      { type: "button", class: "quiet", "aria-label": name, "data-focus": `${block.block_id}/${sign}`, onclick: () => ((left.page += pages), draw()) },
      icon(sign, 16),
    );
  }

  /** Up, then down, then as the app gave it. */
  function by(column) {
    if (left.by !== column) Object.assign(left, { by: column, down: false });
    else if (!left.down) left.down = true;
    else Object.assign(left, { by: -1, down: false });
    left.page = 0;
    draw();
  }

  function found() {
    const wanted = left.wanted.trim().toLowerCase();
    const matching = rows.filter((row) => row.some((each) => wordsOf(each, use.names).toLowerCase().includes(wanted)));
    if (left.by < 0) return matching;
    const turn = left.down ? -1 : 1;
    return matching.toSorted((one, other) => turn * compared(one[left.by], other[left.by]));
  }

  function compared(one, other) {
    if (isNumber(one) && isNumber(other)) return valueOf(one) - valueOf(other);
    return collator.compare(wordsOf(one, use.names), wordsOf(other, use.names));
  }

  function draw() {
    const all = found();
    const pages = Math.max(1, Math.ceil(all.length / size));
    left.page = Math.min(left.page, pages - 1);
    const shown = all.slice(left.page * size, (left.page + 1) * size);
    body.replaceChildren(...(shown.length ? shown.map(rowOf) : [nothing()]));
    heads.forEach((one, column) => markHead(one, column));
    const first = left.page * size + 1;
    told.textContent = all.length ? `${first}–${first + shown.length - 1} of ${all.length}` : "0 rows";
    before.disabled = left.page === 0;
    after.disabled = left.page === pages - 1;
  }

  function markHead(one, column) {
    const sorted = left.by === column;
    one.setAttribute("aria-sort", sorted ? (left.down ? "descending" : "ascending") : "none");
    one.querySelector(".icon")?.remove();
    one.firstChild.append(icon(sorted ? (left.down ? "down" : "up") : "upDown", 14));
  }

  function rowOf(row) {
    return h("tr", {}, row.map((content, column) =>
      h(
        column === named ? "th" : "td",
        { class: numeric[column] ? "right" : "left", scope: column === named ? "row" : undefined },
        cell(content, use.names),
      )));
  }

  function nothing() {
    return h("tr", {}, h("td", { class: "none", colSpan: head.length }, "Nothing matches the filter."));
  }

  draw();
  return h(
    "div",
    { class: "data-table" },
    h("div", { class: "table-top" }, h("strong", { "aria-hidden": "true" }, block.caption), h("span", { class: "search-field" }, icon("filter", 16), filter)),
    h(
      "div",
      { class: "table", role: "group", tabIndex: 0, "aria-label": block.caption },
      h("table", {}, h("caption", { class: "unseen" }, block.caption), h("thead", {}, h("tr", {}, heads)), body),
    ),
    h("div", { class: "table-foot" }, told, before, after),
  );
}
