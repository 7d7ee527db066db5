// Fields for a date, a time, and both: typed, or picked from a panel beside them.

import { calendar } from "./calendar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { disclosure } from "./popup.js";
import { dateIn, moment, timeIn } from "./time.js";

/** A date as YYYY-MM-DD, or null. `changed(value)` hears of every whole date. */
export function dateField({ value, label, focus, today, changed }) {
  const field = h("input", { type: "date", "aria-label": label, "data-focus": focus, max: "9999-12-31", onchange: () => changed(field.value || null) });
  field.value = value ?? "";
  const panel = h("div", { role: "dialog", "aria-label": "Pick a day" });
  const button = h("button", { type: "button", class: "in-field", "aria-label": "Open calendar" }, icon("calendar", 18));
  const whole = h("span", { class: "moment" }, field, button, panel);
  const shown = disclosure(button, panel, {
    beside: whole,
    opened() {
      const days = calendar({ value: field.value, today: today(), picked: take });
      panel.replaceChildren(days);
      shown.place();
      days.takeFocus();
    },
  });

  function take(date) {
    shown.close();
    field.value = date;
    field.focus();
    changed(date);
  }

  return whole;
}

/** A time as HH:MM, or null; the panel offers every half hour. */
export function timeField({ value, label, focus, changed }) {
  const field = h("input", { type: "time", "aria-label": label, "data-focus": focus, onchange: () => changed(field.value || null) });
  field.value = value ?? "";
  const panel = h("div", { class: "times", role: "dialog", "aria-label": "Pick a time", onkeydown: (event) => step(event) });
  const button = h("button", { type: "button", class: "in-field", "aria-label": "Open list of times" }, icon("clock", 18));
  const whole = h("span", { class: "moment" }, field, button, panel);
  const shown = disclosure(button, panel, {
    beside: whole,
    opened() {
      const near = field.value || "09:00";
      panel.replaceChildren(...Array.from({ length: 48 }, (_, index) => hour(index)));
      const at = [...panel.children].findLast((one) => one.dataset.time <= near) ?? panel.firstChild;
      at.focus();
      at.scrollIntoView({ block: "center" });
    },
  });

  function hour(index) {
    const time = `${String(Math.floor(index / 2)).padStart(2, "0")}:${index % 2 ? "30" : "00"}`;
    const classes = time === field.value ? "chosen" : "";
    return h("button", { type: "button", class: classes, "data-time": time, tabIndex: -1, onclick: () => take(time) }, time);
  }

  function step(event) {
    const to = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!to) return;
    event.preventDefault();
    document.activeElement[to]?.focus();
  }

  function take(time) {
    shown.close();
    field.value = time;
    field.focus();
    changed(time);
  }

  return whole;
}

/** A date and a time in a zone, as seconds since 1970, or null as long as one is missing. */
export function momentField({ value, label, focus, zone, today, changed }) {
  const start = value ? new Date(Number(value) * 1000) : null;
  let date = start ? dateIn(start, zone) : "";
  let time = start ? timeIn(start, zone) : "";
  const tell = () => changed(date && time ? String(moment(date, time, zone).getTime() / 1000) : null);
  return h(
    "span",
    { class: "moments", role: "group", "aria-label": label },
    dateField({ value: date, label: `${label}: date`, focus: `${focus}/date`, today, changed: (next) => ((date = next), tell()) }),
    timeField({ value: time, label: `${label}: time`, focus: `${focus}/time`, changed: (next) => ((time = next), tell()) }),
  );
}
