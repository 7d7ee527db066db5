// What Slack itself tells, and what could not be done.

import { h, part, reconcile } from "../kit/dom.js";
import { icon } from "../kit/icons.js";

const dismissed = new Set();

export function showNotices(seen) {
  const rows = seen.notices
    .filter((notice) => !dismissed.has(notice.number))
    .slice(-3)
    .map((notice) => ({ key: String(notice.number), data: notice }));
  reconcile(part("notices"), rows, ({ data }) => toast(data.text, () => dismissed.add(data.number)));
  part("late").hidden = seen.unacked === 0;
  part("late-words").textContent =
    seen.unacked === 1
      ? `${seen.app.name} has not taken a message.`
      : `${seen.app.name} has not taken ${seen.unacked} messages.`;
}

export function complain(words) {
  part("complaints").append(toast(words, () => {}));
}

function toast(words, dismiss) {
  const gone = () => {
    dismiss();
    whole.remove();
  };
  const whole = h(
    "li",
    { class: "toast" },
    icon("warning", 18),
    h("span", {}, words),
    h("button", { type: "button", class: "quiet", "aria-label": "Dismiss", onclick: gone }, icon("close", 16)),
  );
  return whole;
}
