// What an agent's app shows beside the direct message with it: what to ask, and what it is doing.

import { h, part, reconcile } from "../kit/dom.js";

/** Draws the prompts, each of which `ask(message)` sends, and the status; nothing where `beside` is null. */
export function showBeside(beside, ask) {
  const { title = "", prompts = [], status = "" } = beside ?? {};
  part("beside").hidden = prompts.length === 0;
  part("beside-title").textContent = title;
  const rows = prompts.map((prompt) => ({ key: prompt.message, data: prompt }));
  reconcile(part("prompts"), rows, (row) => chip(row.data, ask));
  part("doing").textContent = status;
}

function chip(prompt, ask) {
  const button = h("button", { type: "button", class: "prompt", onclick: () => ask(prompt.message) }, prompt.title);
  return h("li", {}, button);
}
