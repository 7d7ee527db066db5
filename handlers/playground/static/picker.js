// A field to pick one or several of many by typing: people, channels, long lists.

import { freshId, h } from "./dom.js";

const SHOWN = 50;

/** A combobox. `options` are {value, label, detail}; `chosen` the values picked so far;
 * `changed(values)` hears of every pick. `several` allows more than one. */
export function picker({ options, chosen, several, most, label, placeholder, focus, changed }) {
  const listId = freshId("list");
  let picked = chosen.filter((value) => options.some((option) => option.value === value));
  let active = 0;
  let matches = [];

  const chips = h("span", { class: "chips" });
  const list = h("ul", { class: "options", role: "listbox", id: listId, hidden: true, "aria-label": label });
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
    onblur: () => shut(),
    onkeydown: (event) => key(event),
  });
  const box = h("span", { class: `picker${several ? " several" : ""}` }, chips, field, list);

  function labelOf(value) {
    return options.find((option) => option.value === value)?.label ?? value;
  }

  function open() {
    const wanted = field.value.trim().toLowerCase();
    const typed = several || wanted !== labelOf(picked[0] ?? "").toLowerCase();
    matches = options
      .filter((option) => !several || !picked.includes(option.value))
      .filter((option) => !typed || `${option.label} ${option.detail ?? ""}`.toLowerCase().includes(wanted))
      .slice(0, SHOWN);
    active = Math.min(active, Math.max(matches.length - 1, 0));
    list.replaceChildren(
      ...(matches.length ? matches.map(row) : [h("li", { class: "none" }, "Nobody and nothing by that name")]),
    );
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark();
  }

  function row(option, index) {
    return h(
      "li",
      {
        role: "option",
        id: `${listId}-${index}`,
        onpointerdown: (event) => {
          event.preventDefault();
          choose(option.value);
        },
      },
      h("span", {}, option.label),
      option.detail ? h("small", {}, option.detail) : null,
    );
  }

  function mark() {
    [...list.children].forEach((child, index) => child.setAttribute("aria-selected", String(index === active)));
    if (matches.length) field.setAttribute("aria-activedescendant", `${listId}-${active}`);
    else field.removeAttribute("aria-activedescendant");
    list.children[active]?.scrollIntoView({ block: "nearest" });
  }

  function shut() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    if (several) return;
    if (field.value.trim() === "" && picked.length) set([]);
    else show();
  }

  function key(event) {
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = matches.length ? (active + step + matches.length) % matches.length : 0;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isOpen && matches[active]) choose(matches[active].value);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === "Backspace" && several && field.value === "" && picked.length) {
      set(picked.slice(0, -1));
    }
    return undefined;
  }

  function choose(value) {
    active = 0;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
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
      return;
    }
    chips.replaceChildren(
      ...picked.map((value) =>
        h(
          "span",
          { class: "chip" },
          labelOf(value),
          h("button", {
            type: "button",
            "aria-label": `Remove ${labelOf(value)}`,
            onclick: () => set(picked.filter((other) => other !== value)),
          }, "×"),
        ),
      ),
    );
  }

  show();
  return box;
}
