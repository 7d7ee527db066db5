// Files in a message: what they are, how big, and a way to have them.

import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";

const KINDS = [
  [/\.xlsx?$/i, "sheet", "Excel workbook"],
  [/\.csv$/i, "sheet", "CSV table"],
  [/\.json$/i, "code", "JSON document"],
  [/\.md$/i, "file", "Markdown"],
  [/\.(txt|log)$/i, "file", "Text"],
  [/\.pdf$/i, "file", "PDF document"],
];

export function files(list) {
  return h("div", { class: "files" }, list.map(card));
}

/** How a file is drawn and what it is called, by its name. */
export function kindOf(name) {
  const [, sign, kind] = KINDS.find(([pattern]) => pattern.test(name)) ?? [null, "file", "File"];
  return { sign, kind };
}

function card(file) {
  const { sign, kind } = kindOf(file.name);
  const about = [kind, file.size === undefined ? null : sized(file.size)].filter(Boolean).join(" · ");
  return h(
    "a",
    { class: `file ${sign}`, href: file.url, download: file.name, "aria-label": `Download ${file.name}, ${about}` },
    h("span", { class: "file-sign" }, icon(sign, 24)),
    h("span", { class: "file-words" }, h("strong", {}, file.title || file.name), h("small", {}, about)),
    h("span", { class: "file-get" }, icon("download", 18)),
  );
}

/** 24 kB, 1.3 MB: steps of a thousand, as file managers count. */
export function sized(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 && unit ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}
