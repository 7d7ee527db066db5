// A month to pick a day from, with arrow keys: ±1 day, ±1 week, Page keys ±1 month.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { addDays, format } from "./time.js";

const utc = (date) => new Date(`${date}T12:00:00Z`);
const weekday = (date) => (utc(date).getUTCDay() + 6) % 7;

/** A grid of days. `value` and `today` are ISO dates; `picked(date)` hears of the choice. */
export function calendar({ value, today, picked }) {
  let at = value || today;
  const title = h("strong", { "aria-live": "polite" });
  const body = h("tbody");
  const turn = (months, name, sign) =>
    h("button", { type: "button", class: "quiet", "aria-label": name, onclick: () => go(shifted(at, months), false) }, icon(sign, 16));
  const days = Array.from({ length: 7 }, (_, index) => addDays("2024-01-01", index));
  const whole = h(
    "div",
    { class: "calendar", onkeydown: (event) => key(event) },
    h("div", { class: "calendar-top" }, turn(-1, "Previous month", "back"), title, turn(1, "Next month", "forth")),
    h(
      "table",
      { role: "grid" },
      h("thead", {}, h("tr", {}, days.map((day) =>
        h("th", { scope: "col", abbr: format(utc(day), "UTC", { weekday: "long" }) }, format(utc(day), "UTC", { weekday: "narrow" }))))),
      body,
    ),
  );

  function key(event) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
    const months = { PageUp: -1, PageDown: 1 };
    if (!event.target.matches("[data-day]")) return;
    if (event.key in steps) go(addDays(at, steps[event.key]), true);
    else if (event.key in months) go(shifted(at, months[event.key]), true);
    else if (event.key === "Home") go(addDays(at, -weekday(at)), true);
    else if (event.key === "End") go(addDays(at, 6 - weekday(at)), true);
    else return;
    event.preventDefault();
  }

  function go(date, focus) {
    at = date;
    draw();
    if (focus) whole.takeFocus();
  }

  function draw() {
    title.textContent = format(utc(at), "UTC", { month: "long", year: "numeric" });
    const first = `${at.slice(0, 8)}01`;
    const start = addDays(first, -weekday(first));
    const weeks = Array.from({ length: 6 }, (_, week) => addDays(start, week * 7)).filter(
      (monday, week) => week === 0 || monday.slice(0, 7) === at.slice(0, 7),
    );
    body.replaceChildren(...weeks.map((monday) => h("tr", {}, Array.from({ length: 7 }, (_, day) => cell(addDays(monday, day))))));
  }

  function cell(date) {
    const classes = [date.slice(0, 7) !== at.slice(0, 7) && "other", date === today && "today"].filter(Boolean).join(" ");
    return h(
      "td",
      { "aria-selected": String(date === value) },
      h(
        "button",
        {
          type: "button",
          class: classes,
          "data-day": date,
          tabIndex: date === at ? 0 : -1,
          "aria-label": format(utc(date), "UTC", { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
          "aria-current": date === today ? "date" : undefined,
          onclick: () => picked(date),
        },
        String(Number(date.slice(8))),
      ),
    );
  }

  whole.takeFocus = () => body.querySelector('[tabindex="0"]')?.focus();
  draw();
  return whole;
}

/** The same day some months later, or the last of a shorter month. */
function shifted(date, months) {
  const [year, month, day] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last), 12)).toISOString().slice(0, 10);
}
