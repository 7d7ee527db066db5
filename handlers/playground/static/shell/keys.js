// Keys that work everywhere, and the panel that tells them.

import { arrows, h, part } from "../kit/dom.js";
import { icon } from "../kit/icons.js";

const MAC = /Mac|iP/.test(navigator.platform);
const CTRL = MAC ? "⌘" : "Ctrl";

export const JUMP = `${CTRL} K`;

const HELP = [
  [[CTRL, "K"], "jump to a channel or a person"],
  [["Alt", "↑"], "to the place above; with ↓ below"],
  [["F6"], "to the next part of the window"],
  [["Esc"], "close what is open; back to the composer"],
  [["↑"], "along a list or the messages; also ↓"],
  [["Enter"], "send; with Shift a new line"],
  [[CTRL, "/"], "this help"],
];

export function keysOn(page, { jump, welcome }) {
  const help = helpDialog(welcome);
  addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "k") jump();
    else if (command && event.key === "/") help();
    else if (document.querySelector("dialog[open]")) return;
    else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) neighbour(event.key === "ArrowUp" ? -1 : 1, page);
    else if (event.key === "F6") nextPart(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && !event.defaultPrevented) page.escape();
    else return;
    event.preventDefault();
  });
  return help;
}

/** In the list of messages the arrows go from one to the next, beginning with the latest. */
export function walk(list) {
  arrows(list, ".message");
  list.addEventListener("keydown", (event) => {
    if (event.target !== list || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    list.querySelector(".message:last-of-type")?.focus();
  });
}

function neighbour(step, page) {
  const all = [...document.querySelectorAll("#channels .place, #apps .place")];
  const at = all.findIndex((one) => one.getAttribute("aria-current"));
  const next = all[(at + step + all.length) % all.length];
  if (next) page.go(next.dataset.focus.replace("place-", ""));
}

/** The parts of the window that can be seen, each with what in it takes the focus. */
function nextPart(step) {
  const parts = [
    part("bar").querySelector("button"),
    part("who"),
    document.querySelector('.place[aria-current="page"]'),
    document.querySelector('#tabs:not([hidden]) [tabindex="0"]'),
    part("messages"),
    part("composer").querySelector("textarea"),
    part("thread-messages"),
    part("thread-composer").querySelector("textarea"),
  ].filter((one) => one && one.offsetParent !== null);
  const holds = (one) => one === document.activeElement || (one.matches("ol") && one.contains(document.activeElement));
  const at = parts.findIndex(holds);
  parts[(at + step + parts.length) % parts.length]?.focus();
}

function helpDialog(welcome) {
  const close = () => dialog.close();
  const keys = (all) => all.map((key) => h("kbd", {}, key));
  const dialog = h(
    "dialog",
    { class: "help", "aria-labelledby": "help-title", onclick: (event) => event.target === dialog && close() },
    h("header", {}, h("h2", { id: "help-title" }, "How this playground works"), h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: close }, icon("close"))),
    h("p", {}, "A workspace that looks like Slack, with the real bot in it. You can be anybody in it, and you can move its clock: what is due by then happens at once."),
    h("dl", {}, HELP.map(([combination, words]) => h("div", {}, h("dt", {}, keys(combination)), h("dd", {}, words)))),
    h("footer", {}, h("button", { type: "button", class: "button", onclick: () => (close(), welcome()) }, "Show the four things to try")),
  );
  document.body.append(dialog);
  return () => {
    if (!document.querySelector("dialog[open]")) dialog.showModal();
  };
}
