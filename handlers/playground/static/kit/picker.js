// A field to pick one or several of many by typing: people, channels, long lists.

import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { popup } from "./popup.js";

const SHOWN = 50;

/** A combobox. `options` are {value, label, detail, face, group}; `chosen` the values picked so far;
 * `changed(values)` hears of every pick. `several` allows more than one. */
export function picker({ options, chosen, several, most, label, placeholder, focus, changed }) {
  const listId = freshId("list");
  let picked = chosen.filter((value) => options.some((option) => option.value === value));
  let active = 0;
  let matches = [];

  const chips = h("span", { class: "chips" });
  const face = h("span", { class: "picked-face" });
  const list = h("ul", { class: "options", role: "listbox", id: listId, "aria-label": label });
  const field = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    placeholder: placeholder ?? "Type a name",
    "aria-label": label,
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    "data-focus": focus,
    oninput: () => open(),
    onclick: () => open(),
    onblur: () => settle(),
    onkeydown: (event) => key(event),
  });
  const box = h("span", { class: `picker${several ? " several" : ""}` }, chips, face, field, icon("down", 16), list);
  const shown = popup(list, box, { wide: true, closed: () => shut() });

  function optionOf(value) {
    return options.find((option) => option.value === value);
  }

  function labelOf(value) {
    return optionOf(value)?.label ?? value ?? "";
  }

  function open() {
    const wanted = field.value.trim().toLowerCase();
    const typed = several || wanted !== labelOf(picked[0]).toLowerCase();
    matches = options
      .filter((option) => !several || !picked.includes(option.value))
      .filter((option) => !typed || matching(option, wanted))
      .slice(0, SHOWN);
    const current = typed ? -1 : matches.findIndex((option) => option.value === picked[0]);
    active = current >= 0 ? current : Math.min(active, Math.max(matches.length - 1, 0));
    list.replaceChildren(...(matches.length ? rows() : [h("li", { class: "none" }, "Nobody and nothing by that name")]));
    shown.open();
    field.setAttribute("aria-expanded", "true");
    mark();
  }

  function matching(option, wanted) {
    return `${option.label} ${option.detail ?? ""}`.toLowerCase().includes(wanted);
  }

  function rows() {
    const all = [];
    matches.forEach((option, index) => {
      if (option.group && option.group !== matches[index - 1]?.group) {
        all.push(h("li", { class: "group", role: "presentation" }, option.group));
      }
      all.push(row(option, index));
    });
    return all;
  }

  function row(option, index) {
    return h(
      "li",
      {
        role: "option",
        id: `${listId}-${index}`,
        class: picked.includes(option.value) ? "chosen" : "",
        onpointerdown: (event) => {
          event.preventDefault();
          choose(option.value);
        },
      },
      option.face?.(),
      h("span", { class: "words" }, option.label),
      option.detail ? h("small", {}, option.detail) : null,
    );
  }

  function mark() {
    list.querySelectorAll('[role="option"]').forEach((child, index) => {
      child.setAttribute("aria-selected", String(index === active));
      if (index === active) child.scrollIntoView({ block: "nearest" });
    });
    if (matches.length) field.setAttribute("aria-activedescendant", `${listId}-${active}`);
    else field.removeAttribute("aria-activedescendant");
  }

  function shut() {
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  /** On leaving: what was typed but not picked goes, an emptied field picks nothing. */
  function settle() {
    shown.close();
    if (several) field.value = "";
    else if (field.value.trim() === "" && picked.length) set([]);
    else show();
  }

  function key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown.isOpen()) return open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = matches.length ? (active + step + matches.length) % matches.length : 0;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (shown.isOpen() && matches[active]) choose(matches[active].value);
    } else if (event.key === "Escape" && shown.isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      shown.close();
      show();
    } else if (event.key === "Backspace" && several && field.value === "" && picked.length) {
      set(picked.slice(0, -1));
    }
    return undefined;
  }

  function choose(value) {
    active = 0;
    shown.close();
    if (!several) return set([value]);
    field.value = "";
    return picked.length < (most ?? Infinity) ? set([...picked, value]) : undefined;
  }

  function set(values) {
    picked = values;
    show();
    changed(several ? picked : (picked[0] ?? null));
  }

  function show() {
    if (!several) {
      field.value = picked.length ? labelOf(picked[0]) : "";
      face.replaceChildren(...[picked.length ? optionOf(picked[0])?.face?.() : null].filter(Boolean));
      return;
    }
    chips.replaceChildren(...picked.map(chip));
    field.placeholder = picked.length ? "" : (placeholder ?? "Type a name");
  }

  function chip(value) {
    const remove = h(
      "button",
      {
        type: "button",
        "aria-label": `Remove ${labelOf(value)}`,
        onclick: () => {
          set(picked.filter((other) => other !== value));
          field.focus();
        },
      },
      icon("close", 12),
    );
    return h("span", { class: "chip" }, optionOf(value)?.face?.(), labelOf(value), remove);
  }

  show();
  return box;
}
