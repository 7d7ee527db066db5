// Block Kit on the page.

import { freshId, h } from "./dom.js";
import { element } from "./elements.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText, table } from "./richtext.js";

/** All blocks of a message or view; `use` is described in elements.js. */
export function blocks(list, use) {
  return list.map((block) => DRAWN[block.type](block, use));
}

function words(text, use) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, use.names) : text.text;
}

function section(block, use) {
  return h(
    "div",
    { class: "section" },
    h(
      "div",
      { class: "words" },
      block.text ? h("div", {}, words(block.text, use)) : null,
      block.fields
        ? h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, words(field, use))))
        : null,
    ),
    block.accessory
      ? h("div", { class: "accessory" }, element(block, block.accessory, { ...use, label: undefined }))
      : null,
  );
}

function input(block, use) {
  const errorId = freshId("error");
  const drawn = element(block, block.element, { ...use, label: block.label.text });
  const error = h("p", { class: "error", id: errorId, role: "alert", hidden: true });
  const field = drawn.matches("input, textarea, select, [role]") ? drawn : drawn.querySelector("input");
  field.id ||= freshId("field");
  field.setAttribute("aria-describedby", errorId);
  const whole = h(
    "div",
    { class: "input", "data-block": block.block_id },
    h(
      "label",
      { class: "label", htmlFor: field.id },
      block.label.text,
      block.optional ? h("small", {}, " (optional)") : null,
    ),
    drawn,
    block.hint ? h("p", { class: "hint" }, block.hint.text) : null,
    error,
  );
  whole.fault = (message) => {
    error.textContent = message ?? "";
    error.hidden = !message;
    whole.classList.toggle("wrong", Boolean(message));
    if (message) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };
  return whole;
}

const DRAWN = {
  section,
  input,
  header: (block) => h("h3", { class: "header" }, block.text.text),
  context: (block, use) =>
    h("div", { class: "context" }, block.elements.map((item) => h("span", {}, words(item, use)))),
  actions: (block, use) =>
    h("div", { class: "actions" }, block.elements.map((item) => element(block, item, use))),
  divider: () => h("hr"),
  rich_text: (block, use) => richText(block, use.names),
  table: (block, use) => table(block, use.names),
};
