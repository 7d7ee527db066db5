// Selects: short lists as the browser draws them, long ones, people and channels by typing.

import { h } from "../kit/dom.js";
import { picker } from "../kit/picker.js";

const SHORT = 12;
/** Up to here a select is a plain one; longer ones can be searched. */

function allOptions(item) {
  const grouped = (item.option_groups ?? []).flatMap((group) =>
    group.options.map((option) => ({ ...option, group: group.label.text })),
  );
  return [...(item.options ?? []), ...grouped];
}

export function select(block, item, use) {
  if (allOptions(item).length > SHORT) return searched(block, item, use, false);
  const chosen = use.value(block, item);
  const row = (option) =>
    h("option", { value: option.value, selected: option.value === chosen }, option.text.text);
  return h(
    "select",
    {
      "aria-label": use.label,
      "data-focus": use.focus,
      onchange: (event) => use.changed(event.target.value || null),
    },
    h("option", { value: "", selected: !chosen }, item.placeholder?.text ?? "Choose an option"),
    (item.options ?? []).map(row),
    (item.option_groups ?? []).map((group) =>
      h("optgroup", { label: group.label.text }, group.options.map(row)),
    ),
  );
}

export const selectMany = (block, item, use) => searched(block, item, use, true);

function searched(block, item, use, several) {
  const options = allOptions(item).map((option) => ({
    value: option.value,
    label: option.text.text,
    detail: option.description?.text,
    group: option.group,
  }));
  return pick(block, item, use, options, several, "Type to search");
}

export const people = (several) => (block, item, use) =>
  pick(block, item, use, use.options("people"), several, "Type a name");

export const channels = (several) => (block, item, use) =>
  pick(block, item, use, use.options("channels"), several, "Type a channel");

function pick(block, item, use, options, several, hint) {
  const value = use.value(block, item);
  return picker({
    options,
    several,
    chosen: several ? (value ?? []) : value ? [value] : [],
    most: item.max_selected_items,
    label: use.label,
    placeholder: item.placeholder?.text ?? hint,
    focus: use.focus,
    changed: use.changed,
  });
}
