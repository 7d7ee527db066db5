// The small dialog before an act that wants to be confirmed.

import { freshId, h } from "./dom.js";

/** Asks; gives whether the person agreed. Without a `confirm` object there is nothing to ask. */
export function confirmed(confirm, words) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const id = freshId("question");
    const button = (text, value, style) =>
      h("button", { type: "button", class: `button ${style}`, onclick: () => dialog.close(value) }, text);
    const dialog = h(
      "dialog",
      { class: "confirm", "aria-label": confirm.title.text, "aria-describedby": id, onclose: () => finish() },
      h("h2", {}, confirm.title.text),
      h("p", { id }, words(confirm.text)),
      h(
        "div",
        { class: "row end" },
        button(confirm.deny.text, "no", ""),
        button(confirm.confirm.text, "yes", confirm.style === "danger" ? "danger" : "primary"),
      ),
    );
    const finish = () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    };
    document.body.append(dialog);
    dialog.showModal();
  });
}
