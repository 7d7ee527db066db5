// The workspace's clock: what time it is, a way to move it on, and what came since.

import { avatar } from "../kit/avatars.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { dateField, timeField } from "../kit/moments.js";
import { disclosure } from "../kit/popup.js";
import { addDays, dateIn, dayName, dayOf, hourOf, moment, momentOf, placeOf, timeIn } from "../kit/time.js";
import { sign } from "./sidebar.js";
import { acting } from "./unread.js";

const HOUR = 3_600_000;
const MORNING = "09:00";
const NOON = "12:00";

/** The next day from Monday to Friday. */
function nextWorkday(date) {
  const next = addDays(date, 1);
  return new Date(`${next}T12:00:00Z`).getUTCDay() % 6 === 0 ? nextWorkday(next) : next;
}

export function clockOn(page) {
  let since = null;
  let until = null;
  let isMoving = false;
  const face = h("span", { class: "clock-face" });
  const button = h("button", { type: "button", class: "bar-button clock", "aria-haspopup": "dialog", title: "The workspace's clock" }, icon("clock", 18), face);
  const now = h("div", { class: "clock-now" });
  const trouble = h("p", { class: "error", role: "alert", hidden: true });
  const came = h("div", { class: "came", role: "status" });
  const pick = h("div", { class: "clock-pick", role: "group", "aria-label": "Another moment" });
  const moves = h("div", { class: "clock-moves" });
  const panel = h(
    "div",
    { class: "clock-panel", role: "dialog", "aria-label": "Clock", tabIndex: -1 },
    now,
    moves,
    pick,
    trouble,
    came,
  );
  const shown = disclosure(button, panel, {
    end: true,
    opened() {
      offer();
      show();
      shown.place();
      panel.querySelector(".clock-moves button").focus();
    },
  });

  function move(words, to) {
    return h("button", { type: "button", class: "button", onclick: () => go(to()) }, words);
  }

  /** An hour, a morning, a noon with work before it; or any moment to come, as the person's day goes. */
  function offer() {
    const zone = page.zone();
    const tomorrow = addDays(page.today(), 1);
    const workday = nextWorkday(page.today());
    const name = workday === tomorrow ? "Tomorrow" : dayName(workday, page.today()).split(/[ ,]/)[0];
    moves.replaceChildren(
      move("+1 hour", () => new Date(page.now().getTime() + HOUR)),
      move("Tomorrow 9:00", () => moment(tomorrow, MORNING, zone)),
      move(`${name} 12:00`, () => moment(workday, NOON, zone)),
    );
    let date = dateIn(page.now(), zone);
    let time = timeIn(new Date(page.now().getTime() + HOUR), zone);
    if (time < timeIn(page.now(), zone)) date = addDays(date, 1);
    pick.replaceChildren(
      dateField({ value: date, label: "Day", today: page.today, changed: (value) => (date = value) }),
      timeField({ value: time, label: "Hour", changed: (value) => (time = value) }),
      h("button", { type: "button", class: "button", onclick: () => date && time && go(moment(date, time, zone)) }, "Go there"),
    );
  }

  async function go(to) {
    const from = page.now();
    trouble.hidden = true;
    since = from.getTime() / 1000;
    until = to;
    moving(true);
    try {
      await page.moveClock(to);
      await page.refreshed();
    } catch (error) {
      trouble.textContent = error.message;
      trouble.hidden = false;
    } finally {
      offer();
      moving(false);
    }
  }

  function moving(busy) {
    isMoving = busy;
    panel.focus(); // the buttons that had it are closed or gone
    panel.setAttribute("aria-busy", String(busy));
    for (const one of panel.querySelectorAll(":is(.clock-moves, .clock-pick) :is(button, input)")) one.disabled = busy;
    show();
  }

  /** How far the clock is on its way: what is due on it is seen to at its own time, which may take a while. */
  function wayTo(at, zone) {
    const from = since * 1000;
    const share = Math.min(Math.max((at - from) / Math.max(until - from, 1), 0), 1);
    return { share, words: `On the way to ${momentOf(until, zone)}, at ${momentOf(at, zone)} now …` };
  }

  /** Everywhere something was said since the clock was moved. */
  function arrivals() {
    const seen = page.seen();
    const channels = seen.channels
      .filter((one) => Number(one.latest) > since)
      .map((one) => ({ face: icon(sign(one), 16), name: one.name, words: "new messages", go: () => page.go(one.id) }));
    const people = acting(seen)
      .filter((one) => Number(one.latest ?? 0) > since)
      .map((one) => ({ face: avatar(one, "small"), name: one.name, words: `heard from ${seen.app.name}`, go: () => page.as(one.id, true) }));
    return [...channels, ...people];
  }

  function show() {
    const at = page.now();
    const me = page.person(page.me());
    const zone = page.zone();
    face.replaceChildren(h("span", { class: "clock-day" }, `${dayOf(at, zone)}, `), hourOf(at, zone), isMoving ? " …" : "");
    button.setAttribute("aria-label", `Clock: ${momentOf(at, zone)}`);
    if (!shown.isOpen()) return;
    now.replaceChildren(
      h("strong", {}, momentOf(at, zone)),
      h("small", {}, `${me.name}'s time${zone ? `, ${placeOf(zone)}` : ""} · ${hourOf(at, "UTC")} UTC`),
    );
    if (since === null) {
      came.replaceChildren(h("p", { class: "hint" }, "Move the time on, and what is due by then happens at once: standups, digests, reminders."));
      return;
    }
    const all = arrivals();
    const way = isMoving ? wayTo(at, zone) : null;
    const signature = JSON.stringify([isMoving, way?.words, all.map(({ name }) => name)]);
    if (came.signature === signature) return;
    came.signature = signature;
    const ended = all.length ? `What came by ${momentOf(at, zone)}` : `Nothing was due by ${momentOf(at, zone)}`;
    came.replaceChildren(
      h("h3", {}, way ? way.words : ended),
      way ? h("progress", { value: way.share, max: 1, "aria-label": "How far the time has moved" }) : "",
      h("ul", {}, all.map((one) => h("li", {}, arrival(one)))),
    );
    shown.place();
  }

  function arrival(one) {
    const look = () => {
      shown.close();
      one.go();
    };
    return h("button", { type: "button", class: "arrival", onclick: look }, one.face, h("strong", {}, one.name), h("small", {}, one.words), icon("forth", 14));
  }

  const open = () => (shown.isOpen() ? null : button.click());
  return { element: h("span", {}, button, panel), show, open };
}
