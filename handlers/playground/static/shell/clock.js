// The workspace's clock: what time it is, a way to move it on, and what came since.

import { avatar } from "../kit/avatars.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { dateField, timeField } from "../kit/moments.js";
import { disclosure } from "../kit/popup.js";
import { addDays, dateIn, hourOf, moment, momentOf, placeOf, timeIn } from "../kit/time.js";
import { sign } from "./sidebar.js";
import { acting } from "./unread.js";

const HOUR = 3_600_000;
const MORNING = "09:00";

export function clockOn(page) {
  let since = null;
  const face = h("span", { class: "clock-face" });
  const button = h("button", { type: "button", class: "bar-button clock", "aria-haspopup": "dialog", title: "The workspace's clock" }, icon("clock", 18), face);
  const now = h("div", { class: "clock-now" });
  const trouble = h("p", { class: "error", role: "alert", hidden: true });
  const came = h("div", { class: "came", role: "status" });
  const pick = h("div", { class: "clock-pick", role: "group", "aria-label": "Another moment" });
  const panel = h(
    "div",
    { class: "clock-panel", role: "dialog", "aria-label": "Clock" },
    now,
    h(
      "div",
      { class: "clock-moves" },
      move("+1 hour", () => new Date(page.now().getTime() + HOUR)),
      move("Tomorrow 9:00", () => moment(addDays(page.today(), 1), MORNING, page.zone())),
    ),
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

  /** Any moment to come, in the zone of the acting person. */
  function offer() {
    const zone = page.zone();
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
    panel.classList.add("busy");
    try {
      await page.moveClock(to);
      since = from.getTime() / 1000;
      await page.refreshed();
      offer();
    } catch (error) {
      trouble.textContent = error.message;
      trouble.hidden = false;
    } finally {
      panel.classList.remove("busy");
      show();
    }
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
    face.textContent = momentOf(at, zone);
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
    const signature = JSON.stringify(all.map(({ name, words }) => [name, words]));
    if (came.signature === signature && came.firstChild?.matches("h3")) return;
    came.signature = signature;
    came.replaceChildren(
      h("h3", {}, all.length ? "What came" : "Nothing came yet"),
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
