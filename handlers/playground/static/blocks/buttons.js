// Buttons and overflow menus.

import { arrows, h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { disclosure } from "../kit/popup.js";

function follow(url) {
  if (url && /^https?:\/\//.test(url)) window.open(url, "_blank", "noopener,noreferrer");
}

export function button(block, item, use) {
  return h(
    "button",
    {
      type: "button",
      class: `button ${item.style ?? ""}`,
      "aria-label": item.accessibility_label,
      "data-focus": use.focus,
      "data-action": item.action_id,
      onclick: async (event) => {
        const pressed = event.currentTarget;
        if (!(await use.asked())) return;
        follow(item.url);
        pressed.classList.add("busy");
        pressed.setAttribute("aria-busy", "true");
        await use.act(block, item, null);
        pressed.classList.remove("busy");
        pressed.removeAttribute("aria-busy");
      },
    },
    item.text.text,
    item.url ? icon("link", 14) : null,
  );
}

/** Two small buttons by which a reader says whether something was right. */
export function feedback(block, item, use) {
  const half = (side, sign) =>
    h(
      "button",
      {
        type: "button",
        class: "feedback",
        "aria-label": side.accessibility_label,
        "data-focus": `${use.focus}/${side.text.text}`,
        "data-action": item.action_id,
        onclick: () => use.act(block, item, side.value),
      },
      icon(sign, 14),
      side.text.text,
    );
  return h("span", { class: "feedbacks" }, half(item.positive_button, "check"), half(item.negative_button, "close"));
}

export function overflow(block, item, use) {
  const opener = h("button", { type: "button", class: "button square", "aria-label": "More", "data-focus": use.focus }, icon("more", 18));
  const choose = (option) => async () => {
    shown.close();
    opener.focus();
    follow(option.url);
    if (await use.asked()) use.act(block, item, option.value);
  };
  const menu = h(
    "div",
    { class: "menu" },
    item.options.map((option) =>
      h("button", { type: "button", onclick: choose(option) }, option.text.text, option.description ? h("small", {}, option.description.text) : null),
    ),
  );
  arrows(menu, "button");
  const shown = disclosure(opener, menu, { end: true, opened: () => menu.querySelector("button").focus() });
  return h("span", { class: "overflow" }, opener, menu);
}
