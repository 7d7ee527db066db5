// Inputs that take what is typed: text, addresses, numbers.

import { h } from "../kit/dom.js";

const MODES = { email: "email", url: "url", number: "decimal" };

export const typed = (kind) => (block, item, use) => {
  const on = item.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const field = h(item.multiline ? "textarea" : "input", {
    "aria-label": use.label,
    "data-focus": use.focus,
    placeholder: item.placeholder?.text ?? "",
    autofocus: item.focus_on_load,
    maxLength: item.max_length ?? 3000,
    inputMode: MODES[kind],
    autocomplete: "off",
    oninput() {
      use.note(block, item, field.value);
      if (block.dispatch_action && on.includes("on_character_entered")) use.act(block, item, field.value);
    },
    onkeydown(event) {
      if (event.key !== "Enter" || !block.dispatch_action || !on.includes("on_enter_pressed")) return;
      event.preventDefault();
      use.act(block, item, field.value);
    },
  });
  if (item.multiline) field.rows = 4;
  else field.type = "text"; // a number or an address is judged by the app, whose words are better
  field.value = use.value(block, item) ?? "";
  if (kind === "number") field.classList.add("number");
  return field;
};
