// Buttons, menus, selects, pickers and inputs.
//
// Every element gets a `use`: `use.names`, `use.options(kind)` for people and channels,
// `use.value(block, element)` for what stands in it, `use.label`, `use.zone()` and `use.today()`
// of the acting person, and two ways out: `use.act(block, element, raw)` tells the app at once,
// `use.note(block, element, raw)` only keeps.

import { confirmed } from "../kit/dialogs.js";
import { freshId, h } from "../kit/dom.js";
import { dateField, momentField, timeField } from "../kit/moments.js";
import { button, feedback, overflow } from "./buttons.js";
import { channels, people, select, selectMany } from "./selects.js";
import { typed } from "./typed.js";
import { words } from "./words.js";

export function element(block, item, use) {
  const draw = DRAWN[item.type];
  if (!draw) return h("span", { class: "unknown" }, `(${item.type})`);
  const asked = () => confirmed(item.confirm, (text) => words(text, use.names));
  const changed = async (raw) => {
    use.note(block, item, raw);
    if (block.type === "input" && !block.dispatch_action) return;
    if (await asked()) use.act(block, item, raw);
  };
  const focus = `${block.block_id}/${item.action_id}`;
  const label = use.label ?? item.placeholder?.text ?? NAMED[item.type] ?? "Choose";
  return draw(block, item, { ...use, asked, changed, focus, label });
}

const NAMED = { datepicker: "Date", timepicker: "Time", datetimepicker: "Date and time" };

function moment(field) {
  return (block, item, use) =>
    field({
      value: use.value(block, item),
      label: use.label,
      focus: use.focus,
      zone: use.zone?.(),
      today: use.today ?? (() => new Date().toISOString().slice(0, 10)),
      changed: use.changed,
    });
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
    const box = (option) =>
      h(
        "label",
        {},
        h("input", {
          type: kind,
          name: group,
          checked: chosen.has(option.value),
          "data-focus": `${use.focus}/${option.value}`,
          onchange: change(option),
        }),
        h(
          "span",
          {},
          words(option.text, use.names),
          option.description ? h("small", {}, words(option.description, use.names)) : null,
        ),
      );
    const role = several ? "group" : "radiogroup";
    return h("div", { class: "boxes", role, "aria-label": use.label }, item.options.map(box));
  };
}

const DRAWN = {
  button,
  overflow,
  feedback_buttons: feedback,
  static_select: select,
  multi_static_select: selectMany,
  users_select: people(false),
  multi_users_select: people(true),
  conversations_select: channels(false),
  channels_select: channels(false),
  multi_conversations_select: channels(true),
  multi_channels_select: channels(true),
  plain_text_input: typed("text"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("number"),
  datepicker: moment(dateField),
  timepicker: moment(timeField),
  datetimepicker: moment(momentField),
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

/** What the app put into an element at first, as a raw value. */
export function initial(item) {
  if (item.initial_option) return item.initial_option.value;
  if (item.initial_options) return item.initial_options.map((option) => option.value);
  const found = Object.entries(item).find(([key]) => key.startsWith("initial_"));
  return found ? found[1] : null;
}
