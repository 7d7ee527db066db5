// A file that goes along with what is being written: chosen, dropped or pasted, and shown until it is sent.

import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { kindOf, sized } from "./files.js";

const LARGEST = 20_000_000;

/** What a composer has for files. `told(words)` says why one is not taken; `chosen()` is called when
 * the person has put a file there or taken it away. */
export function attached({ told, chosen }) {
  let file = null;
  const input = h("input", { type: "file", hidden: true, tabIndex: -1, "aria-label": "File to attach", onchange: () => pick() });
  const tray = h("div", { class: "attached", "aria-live": "polite", hidden: true });

  function pick() {
    take(input.files);
    input.value = "";
  }

  /** Takes the one file of a list; false where there is none. */
  function take(list) {
    if (!list.length) return false;
    const refusal = why(list);
    told(refusal);
    if (!refusal) put(list[0]);
    chosen();
    return true;
  }

  function put(next) {
    if (next === file) return;
    file = next;
    tray.hidden = !file;
    tray.replaceChildren(...(file ? [chip(file)] : []));
  }

  function chip({ name, size }) {
    const { sign } = kindOf(name);
    const label = `Take ${name} away`;
    return h(
      "span",
      { class: `attached-file ${sign}` },
      h("span", { class: "file-sign" }, icon(sign, 18)),
      h("strong", { title: name }, name),
      h("small", {}, sized(size)),
      h("button", { type: "button", class: "quiet", title: label, "aria-label": label, onclick: () => (put(null), chosen()) }, icon("close", 14)),
    );
  }

  return { input, tray, take, put, choose: () => input.click(), get file() { return file; } };
}

function why(list) {
  if (list.length > 1) return "One file goes along with a message.";
  const [{ name, size }] = list;
  if (!size) return `There is nothing in ${name}.`;
  return size > LARGEST ? `${name} is larger than ${sized(LARGEST)}.` : "";
}

const hasFiles = (event) => event.dataTransfer.types.includes("Files");

/** Files that are dropped on an element go to `take`, and it shows that it takes them. */
export function dropsOn(element, take) {
  const shows = (is) => element.classList.toggle("taking", is);
  element.addEventListener("dragover", (event) => shows(hasFiles(event)));
  element.addEventListener("dragleave", (event) => element.contains(event.relatedTarget) || shows(false));
  element.addEventListener("drop", (event) => {
    shows(false);
    if (hasFiles(event)) take(event.dataTransfer.files);
  });
}

/** A file that is dropped anywhere does not take the place of the page. */
export function catchDrops() {
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => hasFiles(event) && event.preventDefault());
}
