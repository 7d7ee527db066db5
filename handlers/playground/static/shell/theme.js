// Light or dark: as the system has it, until somebody says otherwise.

import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { keep } from "../kit/memory.js";

const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (root.dataset.theme ?? (systemDark.matches ? "dark" : "light")) === "dark";

export function themeButton() {
  const button = h("button", { type: "button", class: "bar-button", onclick: () => choose(isDark() ? "light" : "dark") });

  function choose(theme) {
    root.dataset.theme = theme;
    keep("theme", theme);
    show();
  }

  function show() {
    const dark = isDark();
    button.replaceChildren(icon(dark ? "sun" : "moon", 18));
    const words = dark ? "Switch to light colours" : "Switch to dark colours";
    button.setAttribute("aria-label", words);
    button.title = words;
  }

  systemDark.addEventListener("change", show);
  show();
  return button;
}
