// Where a person writes: with completions for people, channels and commands.

import { freshId, h } from "./dom.js";

const SHOWN = 8;

/** A composer. `complete(sigil)` gives {insert, label, detail} for "@", "#" and "/";
 * `send(text)` resolves once the text was taken. */
export function composer({ complete, send }) {
  const listId = freshId("complete");
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
  });
  const list = h("ul", { class: "options up", role: "listbox", id: listId, hidden: true, "aria-label": "Suggestions" });
  const button = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" }, "➤");
  const status = h("p", { class: "status", role: "status" });
  const form = h(
    "form",
    {
      class: "composer",
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    list,
    h("div", { class: "box" }, field, button),
    status,
  );

  /** The word that is being typed, when it can be completed. */
  function word() {
    const before = field.value.slice(0, field.selectionStart);
    const found = before.match(/(^|[\s(])([@#][^\s@#]*(?: [^\s@#]*)?)$/) ?? before.match(/^()(\/\S*)$/);
    return found ? { text: found[2], start: before.length - found[2].length, end: before.length } : null;
  }

  function refresh() {
    fit();
    const typed = word();
    if (!typed) return shut();
    const wanted = typed.text.toLowerCase();
    matches = complete(typed.text[0])
      .filter((one) => matching(one, wanted))
      .slice(0, SHOWN);
    if (!matches.length || matches.some((one) => one.insert.toLowerCase() === wanted)) return shut();
    active = 0;
    list.replaceChildren(...matches.map(row));
    list.hidden = false;
    return mark();
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
      h("span", {}, one.label),
      one.detail ? h("small", {}, one.detail) : null,
    );
  }

  function mark() {
    [...list.children].forEach((child, index) => child.setAttribute("aria-selected", String(index === active)));
    field.setAttribute("aria-activedescendant", `${listId}-${active}`);
  }

  function shut() {
    matches = [];
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  }

  function take(one) {
    const typed = word();
    field.setRangeText(`${one.insert} `, typed.start, typed.end, "end");
    shut();
    fit();
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

  async function submit() {
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    shut();
    fit();
    const slow = setTimeout(() => (status.textContent = "Waiting for an answer …"), 400);
    try {
      await send(text);
      status.textContent = "";
    } catch (error) {
      if (!field.value) field.value = text;
      fit();
      status.textContent = error.message;
    } finally {
      clearTimeout(slow);
    }
  }

  function fit() {
    field.rows = Math.min(8, field.value.split("\n").length);
  }

  /** Whom the text goes to, and whether it can be sent at all. */
  form.address = (label, disabled = false) => {
    field.placeholder = label;
    field.setAttribute("aria-label", label);
    field.disabled = button.disabled = disabled;
  };
  form.takeFocus = () => field.focus();
  form.quieten = () => (status.textContent = "");
  return form;
}
