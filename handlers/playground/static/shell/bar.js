// The bar above all: where to, what time, which colours, help.

import { h, part } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { JUMP } from "./keys.js";
import { themeButton } from "./theme.js";

export function barOn({ jump, clock, help }) {
  const find = h(
    "button",
    { type: "button", class: "bar-search", "aria-haspopup": "dialog", "aria-keyshortcuts": "Control+K Meta+K", onclick: jump },
    icon("search", 16),
    h("span", { id: "jump-words" }, "Jump to …"),
    h("kbd", { "aria-hidden": "true" }, JUMP),
  );
  const question = h("button", { type: "button", class: "bar-button", "aria-label": "Help", title: "Help", "aria-haspopup": "dialog", onclick: help }, icon("help", 18));
  part("bar").replaceChildren(find, h("span", { class: "bar-end" }, clock, themeButton(), question));
}
