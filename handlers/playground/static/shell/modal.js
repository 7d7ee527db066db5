// The modal on top: its blocks, what was filled in, errors under the fields.

import { blocks } from "../blocks/blocks.js";
import { rawOf } from "../blocks/elements.js";
import { mark as appMark } from "../kit/avatars.js";
import { focusedIn, h, refocus } from "../kit/dom.js";
import { icon } from "../kit/icons.js";

const FIELDS = ":is(input, textarea, select)";

/** Keeps a dialog in line with the view on top of the stack. */
export function modalOn(page) {
  const dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title", oncancel: (event) => escape(event) });
  document.body.append(dialog);
  let view = null;
  let noted = {};
  let busy = false;

  function show(next) {
    if (!next) {
      view = null;
      if (dialog.open) dialog.close();
      return;
    }
    const other = view?.id !== next.id;
    const redraw = other || view.hash !== next.hash;
    if (other) noted = {};
    view = next;
    if (redraw) draw();
    mark();
    if (!dialog.open) dialog.showModal();
    if (other) focusFirst();
  }

  function draw() {
    const scrolled = dialog.querySelector(".blocks")?.scrollTop ?? 0;
    const focus = focusedIn(dialog);
    const body = h("div", { class: "blocks" }, blocks(view.blocks, use()));
    const close = view.close ?? (view.depth > 1 ? "Back" : "Cancel");
    dialog.replaceChildren(
      h(
        "form",
        { method: "dialog", noValidate: true, onsubmit: (event) => submit(event) },
        h(
          "header",
          {},
          view.depth > 1 ? h("button", { type: "button", class: "quiet", "aria-label": "Back to the window before", onclick: () => leave(false) }, icon("back")) : null,
          h("span", { class: "avatar tint-bot", "aria-hidden": "true" }, appMark()),
          h("h2", { id: "modal-title" }, view.title),
          h("button", { type: "button", class: "quiet", "aria-label": "Close all", onclick: () => leave(true) }, icon("close")),
        ),
        body,
        h("p", { class: "trouble", role: "alert", hidden: true }),
        h(
          "footer",
          {},
          h("button", { type: "button", class: "button", onclick: () => leave(false) }, close),
          view.submit ? h("button", { type: "submit", class: "button primary" }, view.submit) : null,
        ),
      ),
    );
    body.scrollTop = scrolled;
    refocus(dialog, focus);
  }

  function use() {
    return {
      names: page.names,
      options: page.options,
      zone: page.zone,
      today: page.today,
      value: (block, item) => noted[block.block_id]?.[item.action_id] ?? rawOf(view.values[block.block_id]?.[item.action_id]),
      note: (block, item, raw) => ((noted[block.block_id] ??= {})[item.action_id] = raw),
      act: (block, item, raw) => page.act({ view: view.id, values: noted }, block, item, raw),
    };
  }

  function mark() {
    for (const input of dialog.querySelectorAll(".input")) input.fault(view.errors[input.dataset.block]);
    const trouble = dialog.querySelector(".trouble");
    trouble.textContent = view.trouble;
    trouble.hidden = !view.trouble;
  }

  function focusFirst() {
    const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(`.blocks ${FIELDS}`);
    (first ?? dialog.querySelector("footer .primary") ?? dialog.querySelector("footer button"))?.focus();
  }

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    await waiting(async () => {
      const told = await page.send("submit", { view: view.id, values: noted });
      const wrong = Object.keys(told.errors ?? {});
      if (!wrong.length) return;
      await page.refreshed();
      const first = [...dialog.querySelectorAll("[data-block]")].find((one) => wrong.includes(one.dataset.block));
      first?.querySelector(FIELDS)?.focus();
    });
  }

  async function waiting(deed) {
    busy = true;
    dialog.classList.add("busy");
    try {
      await deed();
    } finally {
      busy = false;
      dialog.classList.remove("busy");
    }
  }

  function leave(all) {
    page.send("close", { view: view.id, all });
  }

  function escape(event) {
    event.preventDefault();
    leave(false);
  }

  return show;
}
