// Block Kit on the page.

import { freshId, h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { chart } from "./charts.js";
import { dataTable } from "./data_table.js";
import { element } from "./elements.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText, table } from "./richtext.js";
import { words } from "./words.js";

/** All blocks of a message or view; `use` is described in elements.js. */
export function blocks(list, use) {
  return list.map((block) => (DRAWN[block.type] ?? unknown)(block, use));
}

function unknown(block) {
  return h("p", { class: "unknown" }, `The playground does not draw “${block.type}” blocks.`);
}

function section(block, use) {
  return h(
    "div",
    { class: "section" },
    h(
      "div",
      { class: "words" },
      block.text ? h("div", {}, words(block.text, use.names)) : null,
      block.fields
        ? h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, words(field, use.names))))
        : null,
    ),
    block.accessory
      ? h("div", { class: "accessory" }, element(block, block.accessory, { ...use, label: undefined }))
      : null,
  );
}

function input(block, use) {
  const errorId = freshId("error");
  const hintId = freshId("hint");
  const drawn = element(block, block.element, { ...use, label: block.label.text });
  const hint = block.hint ? h("p", { class: "hint", id: hintId }, block.hint.text) : null;
  const error = h("p", { class: "error", id: errorId, role: "alert", hidden: true });
  const field = drawn.matches("input, textarea, select, [role]") ? drawn : drawn.querySelector("input");
  field.id ||= freshId("field");
  field.setAttribute("aria-describedby", [hint && hintId, errorId].filter(Boolean).join(" "));
  if (!block.optional && field.matches("input, textarea, select")) field.setAttribute("aria-required", "true");
  const label = [block.label.text, block.optional ? h("small", {}, " (optional)") : null];
  const isGroup = field.matches('[role="group"], [role="radiogroup"]');
  const whole = h(
    "div",
    { class: "input", "data-block": block.block_id },
    isGroup
      ? h("span", { class: "label", "aria-hidden": "true" }, label)
      : h("label", { class: "label", htmlFor: field.id }, label),
    drawn,
    error,
    hint,
  );
  whole.fault = (message) => {
    error.replaceChildren(...(message ? [icon("warning", 16), h("span", {}, message)] : []));
    error.hidden = !message;
    whole.classList.toggle("wrong", Boolean(message));
    if (message) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };
  return whole;
}

const SIGNS = { success: "check", warning: "warning", error: "warning", info: "help", default: "help" };

function alert(block, use) {
  const level = block.level ?? block.style ?? "default";
  return h(
    "div",
    { class: `alert ${level}`, role: "note" },
    icon(SIGNS[level] ?? "help", 18),
    h("div", {}, words(block.text, use.names)),
  );
}

const DRAWN = {
  section,
  input,
  alert,
  header: (block) => h("h3", { class: "header" }, block.text.text),
  context: (block, use) =>
    h("div", { class: "context" }, block.elements.map((item) =>
      h("span", {}, item.type === "image" ? `[${item.alt_text}]` : words(item, use.names)))),
  actions: (block, use) =>
    h("div", { class: "actions" }, block.elements.map((item) => element(block, item, use))),
  context_actions: (block, use) =>
    h("div", { class: "actions" }, block.elements.map((item) => element(block, item, use))),
  divider: () => h("hr"),
  markdown: (block, use) => h("div", { class: "section" }, mrkdwn(block.text.replaceAll("**", "*"), use.names)),
  image: (block) => h("p", { class: "unknown" }, `Picture: ${block.alt_text}`),
  rich_text: (block, use) => richText(block, use.names),
  table: (block, use) => table(block, use.names),
  data_table: (block, use) => dataTable(block, use),
  data_visualization: (block) => chart(block),
};
