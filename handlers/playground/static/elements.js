// Buttons, selects, pickers and inputs.
//
// Every element gets a `use`: `use.names`, `use.options(kind)` for people and channels,
// `use.value(block, element)` for what stands in it, `use.label`, and two ways out:
// `use.act(block, element, raw)` tells the app at once, `use.note(block, element, raw)` only keeps.

import { freshId, h } from "./dom.js";
import { confirmed } from "./dialogs.js";
import { mrkdwn } from "./mrkdwn.js";
import { picker } from "./picker.js";

const SHORT = 12;
/** Up to here a select is a plain one; longer ones can be searched. */

export function element(block, item, use) {
  const changed = async (raw) => {
    if (block.type === "input" && !block.dispatch_action) return use.note(block, item, raw);
    use.note(block, item, raw);
    if (await confirmed(item.confirm, use.names)) use.act(block, item, raw);
  };
  return DRAWN[item.type](block, item, { ...use, changed });
}

const focusKey = (block, item) => `${block.block_id}/${item.action_id}`;
const labelOf = (item, use) => use.label ?? item.placeholder?.text ?? "Choose";
const textOf = (text, use) => (text.type === "mrkdwn" ? mrkdwn(text.text, use.names) : text.text);

function button(block, item, use) {
  return h(
    "button",
    {
      type: "button",
      class: `button ${item.style ?? ""}`,
      "aria-label": item.accessibility_label,
      "data-focus": focusKey(block, item),
      "data-action": item.action_id,
      onclick: async (event) => {
        const pressed = event.currentTarget;
        if (!(await confirmed(item.confirm, use.names))) return;
        if (item.url) window.open(item.url, "_blank", "noopener,noreferrer");
        pressed.classList.add("busy");
        await use.act(block, item, null);
        pressed.classList.remove("busy");
      },
    },
    item.text.text,
  );
}

function overflow(block, item, use) {
  const menu = h("details", { class: "overflow" });
  const choose = (option) => async () => {
    menu.open = false;
    if (option.url) window.open(option.url, "_blank", "noopener,noreferrer");
    if (await confirmed(item.confirm, use.names)) use.act(block, item, option.value);
  };
  menu.append(
    h("summary", { class: "button", "aria-label": "More", "data-focus": focusKey(block, item) }, "⋯"),
    h(
      "div",
      { class: "menu" },
      item.options.map((option) => h("button", { type: "button", onclick: choose(option) }, option.text.text)),
    ),
  );
  return menu;
}

function allOptions(item) {
  return [...(item.options ?? []), ...(item.option_groups ?? []).flatMap((group) => group.options)];
}

function staticSelect(block, item, use) {
  const chosen = use.value(block, item);
  if (allOptions(item).length > SHORT) return searched(block, item, use, false);
  const row = (option) =>
    h("option", { value: option.value, selected: option.value === chosen }, option.text.text);
  return h(
    "select",
    {
      "aria-label": labelOf(item, use),
      "data-focus": focusKey(block, item),
      onchange: (event) => use.changed(event.target.value || null),
    },
    h("option", { value: "", selected: !chosen }, item.placeholder?.text ?? "Choose an option"),
    (item.options ?? []).map(row),
    (item.option_groups ?? []).map((group) =>
      h("optgroup", { label: group.label.text }, group.options.map(row)),
    ),
  );
}

function searched(block, item, use, several) {
  const options = allOptions(item).map((option) => ({
    value: option.value,
    label: option.text.text,
    detail: option.description?.text,
  }));
  return pick(block, item, use, options, several);
}

function pick(block, item, use, options, several) {
  const value = use.value(block, item);
  return picker({
    options,
    several,
    chosen: several ? (value ?? []) : value ? [value] : [],
    most: item.max_selected_items,
    label: labelOf(item, use),
    placeholder: item.placeholder?.text,
    focus: focusKey(block, item),
    changed: use.changed,
  });
}

function typed(block, item, use) {
  const enters = item.dispatch_action_config?.trigger_actions_on?.includes("on_enter_pressed") ?? true;
  const field = h(item.multiline ? "textarea" : "input", {
    "aria-label": use.label,
    "data-focus": focusKey(block, item),
    placeholder: item.placeholder?.text ?? "",
    autofocus: item.focus_on_load,
    maxLength: item.max_length ?? 3000,
    oninput: () => use.note(block, item, field.value),
    onkeydown: (event) => {
      if (event.key !== "Enter" || !block.dispatch_action || !enters) return;
      event.preventDefault();
      use.act(block, item, field.value);
    },
  });
  if (!item.multiline) field.type = "text";
  else field.rows = 4;
  field.value = use.value(block, item) ?? "";
  return field;
}

function datepicker(block, item, use) {
  const field = h("input", {
    type: "date",
    "aria-label": labelOf(item, use),
    "data-focus": focusKey(block, item),
    onchange: () => use.changed(field.value || null),
  });
  field.value = use.value(block, item) ?? "";
  return field;
}

function boxes(kind) {
  return (block, item, use) => {
    const group = freshId("group");
    const several = kind === "checkbox";
    const value = use.value(block, item);
    const chosen = new Set(several ? (value ?? []) : [value]);
    const change = (option) => (event) => {
      if (!several) return use.changed(option.value);
      if (event.target.checked) chosen.add(option.value);
      else chosen.delete(option.value);
      return use.changed(item.options.map((each) => each.value).filter((each) => chosen.has(each)));
    };
    return h(
      "div",
      { class: "boxes", role: several ? "group" : "radiogroup", "aria-label": use.label },
      item.options.map((option) =>
        h(
          "label",
          {},
          h("input", {
            type: kind,
            name: group,
            checked: chosen.has(option.value),
            "data-focus": `${focusKey(block, item)}/${option.value}`,
            onchange: change(option),
          }),
          h(
            "span",
            {},
            textOf(option.text, use),
            option.description ? h("small", {}, textOf(option.description, use)) : null,
          ),
        ),
      ),
    );
  };
}

const DRAWN = {
  button,
  overflow,
  static_select: staticSelect,
  multi_static_select: (block, item, use) => searched(block, item, use, true),
  users_select: (block, item, use) => pick(block, item, use, use.options("people"), false),
  multi_users_select: (block, item, use) => pick(block, item, use, use.options("people"), true),
  conversations_select: (block, item, use) => pick(block, item, use, use.options("channels"), false),
  plain_text_input: typed,
  datepicker,
  checkboxes: boxes("checkbox"),
  radio_buttons: boxes("radio"),
};

/** What the server keeps for an element, as the raw value that is sent back to it. */
export function rawOf(state) {
  if (!state) return null;
  const { type, ...fields } = state;
  const value = Object.values(fields)[0] ?? null;
  if (Array.isArray(value)) return value.map((each) => each.value ?? each);
  return value?.value ?? value;
}
