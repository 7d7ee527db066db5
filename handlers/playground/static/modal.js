// The modal on top: its blocks, what was filled in, errors under the fields.

import { blocks } from "./blocks.js";
import { h } from "./dom.js";
import { rawOf } from "./elements.js";

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
    const focus = dialog.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    const use = {
      names: page.names,
      options: page.options,
      value: (block, item) => noted[block.block_id]?.[item.action_id] ?? rawOf(view.values[block.block_id]?.[item.action_id]),
      note: (block, item, raw) => ((noted[block.block_id] ??= {})[item.action_id] = raw),
      act: (block, item, raw) => page.act({ view: view.id, values: noted }, block, item, raw),
    };
    const body = h("div", { class: "blocks" }, blocks(view.blocks, use));
    dialog.replaceChildren(
      h(
        "form",
        { method: "dialog", noValidate: true, onsubmit: (event) => submit(event) },
        h(
          "header",
          {},
          h("h2", { id: "modal-title" }, view.title),
          h("button", { type: "button", class: "x", "aria-label": "Close all", onclick: () => leave(true) }, "×"),
        ),
        body,
        h("p", { class: "trouble", role: "alert", hidden: true }),
        h(
          "footer",
          {},
          h("button", { type: "button", class: "button", onclick: () => leave(false) }, view.close ?? (view.depth > 1 ? "Back" : "Cancel")),
          view.submit ? h("button", { type: "submit", class: "button primary" }, view.submit) : null,
        ),
      ),
    );
    body.scrollTop = scrolled;
    if (focus) dialog.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  }

  function mark() {
    for (const input of dialog.querySelectorAll(".input")) input.fault(view.errors[input.dataset.block]);
    const trouble = dialog.querySelector(".trouble");
    trouble.textContent = view.trouble;
    trouble.hidden = !view.trouble;
  }

  function focusFirst() {
    const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".blocks :is(input, textarea, select)");
    (first ?? dialog.querySelector("footer .primary") ?? dialog.querySelector("footer button"))?.focus();
  }

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    await waiting(async () => {
      const told = await page.send("submit", { view: view.id, values: noted });
      const wrong = Object.keys(told.errors ?? {})[0];
      if (!wrong) return;
      await page.refreshed();
      dialog.querySelector(`[data-block="${CSS.escape(wrong)}"] :is(input, textarea, select)`)?.focus();
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
