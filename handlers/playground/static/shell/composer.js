// Where a person writes: with completions for people, channels and commands, and Slack's few marks.

import { freshId, h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { popup } from "../kit/popup.js";
import { attached, dropsOn } from "./attached.js";

const SHOWN = 8;
const TALLEST = 8;
const MARKS = [
  ["bold", "Bold", "*"],
  ["italic", "Italic", "_"],
  ["code", "Code", "`"],
];

/** A composer. `complete(sigil)` gives {insert, label, detail, face} for "@", "#" and "/" (with `run` for
 * what does something instead of being written); `hint(text)`
 * explains a command that is being typed; `send(text, file)` resolves once that was taken. */
export function composer({ complete, hint, send, commands = true }) {
  const listId = freshId("complete");
  const drafts = new Map();
  let place = "";
  let matches = [];
  let active = 0;

  const field = h("textarea", {
    rows: 1,
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-controls": listId,
    oninput: () => refresh(),
    onkeydown: (event) => key(event),
    onblur: () => shut(),
    onpaste: (event) => paste(event),
  });
  const along = attached({ told: (words) => (status.textContent = words), chosen: () => takeAlong() });
  const list = h("ul", { class: "options", role: "listbox", id: listId, "aria-label": "Suggestions" });
  const button = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" }, icon("send", 18));
  const told = h("p", { class: "usage", hidden: true });
  const status = h("p", { class: "status", role: "status" });
  const tools = h(
    "div",
    { class: "composer-tools" },
    tool("clip", "Attach a file", along.choose),
    h("span", { class: "tool-line" }),
    MARKS.map(([name, label, mark]) => tool(name, label, () => wrap(mark))),
    h("span", { class: "tool-line" }),
    tool("mention", "Mention somebody", () => begin("@")),
    commands ? tool("slash", "Run a command", () => begin("/")) : null,
    button,
  );
  const box = h("div", { class: "box" }, field, along.tray, tools, along.input);
  const form = h(
    "form",
    {
      class: "composer",
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    told,
    box,
    list,
    status,
  );
  const shown = popup(list, box, { above: true });
  dropsOn(box, (list) => field.disabled || along.take(list));

  function tool(name, label, onclick) {
    return h("button", { type: "button", class: "quiet tool", "aria-label": label, title: label, onclick }, icon(name, 18));
  }

  /** Puts a mark of style around what is selected. */
  function wrap(mark) {
    const { selectionStart: start, selectionEnd: end, value } = field;
    field.setRangeText(mark + value.slice(start, end) + mark, start, end, "end");
    if (start === end) field.setSelectionRange(start + 1, start + 1);
    field.focus();
    refresh();
  }

  /** Begins a mention where the cursor stands, or a command where nothing stands yet. */
  function begin(sigil) {
    if (sigil === "/" && field.value.trim()) return field.focus();
    const at = field.selectionStart;
    const glued = at > 0 && /\S/.test(field.value[at - 1]);
    field.setRangeText(sigil === "@" && glued ? ` ${sigil}` : sigil, at, field.selectionEnd, "end");
    field.focus();
    return refresh();
  }

  /** The word that is being typed, when it can be completed. */
  function word() {
    const before = field.value.slice(0, field.selectionStart);
    const found = before.match(/(^|[\s(])([@#][^\s@#]*(?: [^\s@#]*)?)$/) ?? before.match(/^()(\/\S*)$/);
    return found ? { text: found[2], start: before.length - found[2].length, end: before.length } : null;
  }

  function refresh() {
    fit();
    usage();
    const typed = word();
    if (!typed) return shut();
    const wanted = typed.text.toLowerCase();
    matches = complete(typed.text[0])
      .filter((one) => matching(one, wanted))
      .slice(0, SHOWN);
    if (!matches.length || matches.some((one) => one.insert.toLowerCase() === wanted)) return shut();
    active = 0;
    list.replaceChildren(...matches.map(row));
    shown.open();
    return mark();
  }

  function usage() {
    const words = hint(field.value);
    told.hidden = !words;
    told.replaceChildren(...(words ? [h("code", {}, words.usage), h("span", {}, words.description)] : []));
  }

  function matching(one, wanted) {
    const bare = wanted.slice(1);
    return (
      one.insert.toLowerCase().startsWith(wanted) ||
      one.label.toLowerCase().split(/[\s.-]+/).some((part) => bare && part.startsWith(bare)) ||
      (one.detail ?? "").toLowerCase().startsWith(bare || "\u0000")
    );
  }

  function row(one, index) {
    return h(
      "li",
      {
        role: "option",
        id: `${listId}-${index}`,
        onpointerdown: (event) => {
          event.preventDefault();
          take(one);
        },
      },
      one.face?.(),
      h("span", { class: "words" }, one.label),
      one.detail ? h("small", {}, one.detail) : null,
    );
  }

  function mark() {
    [...list.children].forEach((child, index) => child.setAttribute("aria-selected", String(index === active)));
    field.setAttribute("aria-activedescendant", `${listId}-${active}`);
  }

  function shut() {
    matches = [];
    shown.close();
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
  }

  function take(one) {
    const typed = word();
    field.setRangeText(one.run ? "" : `${one.insert} `, typed.start, typed.end, "end");
    shut();
    fit();
    usage();
    one.run?.();
  }

  function key(event) {
    if (matches.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + matches.length) % matches.length;
      mark();
    } else if (matches.length && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      take(matches[active]);
    } else if (matches.length && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  }

  /** Cells of a sheet come as a picture, too: their words are meant. */
  function paste(event) {
    const { files, types } = event.clipboardData;
    if (!types.includes("text/plain") && along.take(files)) event.preventDefault();
  }

  function takeAlong() {
    fit();
    field.focus();
  }

  async function submit() {
    const text = field.value.trim();
    const { file } = along;
    if (!text && !file) return;
    field.value = "";
    along.put(null);
    shut();
    fit();
    usage();
    const slow = setTimeout(() => (status.textContent = "Waiting for an answer …"), 400);
    try {
      await send(text, file);
      status.textContent = "";
    } catch (error) {
      if (!field.value) field.value = text;
      if (!along.file) along.put(file);
      fit();
      status.textContent = error.message;
    } finally {
      clearTimeout(slow);
    }
  }

  function fit() {
    field.rows = Math.min(TALLEST, field.value.split("\n").length);
    button.classList.toggle("ready", Boolean(field.value.trim() || along.file));
  }

  /** Whom the text goes to, and whether it can be sent at all. */
  form.address = (label, disabled = false) => {
    field.placeholder = label;
    field.setAttribute("aria-label", label);
    form.classList.toggle("closed", disabled);
    for (const one of [field, ...box.querySelectorAll("button")]) one.disabled = disabled;
  };
  /** Goes on with what was being written at another place, and keeps what stands here. */
  form.moveTo = (next) => {
    if (next === place) return;
    if (place) drafts.set(place, { text: field.value, file: along.file });
    place = next;
    const { text = "", file = null } = drafts.get(next) ?? {};
    field.value = text;
    along.put(file);
    shut();
    fit();
    usage();
  };
  /** Takes nothing while the person is on the way to another place. */
  form.wait = (waits) => (field.readOnly = waits);
  form.takeFocus = () => field.focus();
  /** Writes for the person, who may be on the way to that place. */
  form.write = (text, where) => {
    drafts.set(where, { ...drafts.get(where), text });
    if (where === place) field.value = text;
    field.focus();
    fit();
    usage();
  };
  form.quieten = () => (status.textContent = "");
  return form;
}
