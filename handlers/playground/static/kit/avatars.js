// Faces without pictures: initials on a colour that stays with the person; the app has its mark.
// The initials are drawn by the style sheet: nobody wants to hear or copy them before each name.

import { drawing, h } from "./dom.js";

const COLOURS = 12;

export function avatar(who, size = "") {
  const classes = ["avatar", size, `tint-${who.bot ? "bot" : tint(who.id)}`, who.deleted && "gone"];
  return h(
    "span",
    { class: classes.filter(Boolean).join(" "), "aria-hidden": "true", "data-initials": who.bot ? "" : initials(who.name) },
    who.bot ? mark() : null,
  );
}

function tint(id) {
  return [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % COLOURS, 7);
}

export function initials(name) {
  const words = name.split(/[\s-]+/).map((word) => [...word][0] ?? "");
  return (words.length > 1 ? words[0] + words.at(-1) : words[0]).toUpperCase();
}

/** Charter's C, as in the page's icon. */
export function mark() {
  const arc = {
    d: "M22 11.5A7.5 7.5 0 1 0 22 20.5",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "4",
    "stroke-linecap": "round",
  };
  return drawing({ viewBox: "0 0 32 32", "aria-hidden": "true", class: "mark" }, [["path", arc]]);
}
