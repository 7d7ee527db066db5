// The first visit: four things to try. Each notes that it was tried; all can be put away.

import { h, part } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { keep, recall } from "../kit/memory.js";

const KEY = "welcome";

/** `page.write(text, at)` puts words into the composer; `clock()` opens the clock. */
export function welcomeOn(page, clock) {
  let state = recall(KEY, { hidden: false, tried: [] });
  let drawn = "";

  function change(next) {
    state = { ...state, ...next };
    keep(KEY, state);
    show();
  }

  function tried(name) {
    if (!state.tried.includes(name)) change({ tried: [...state.tried, name] });
  }

  function card(name, sign, title, text, buttons) {
    const done = state.tried.includes(name);
    return h(
      "li",
      { class: done ? "try done" : "try" },
      h("span", { class: "try-sign", "aria-hidden": "true" }, icon(done ? "check" : sign, 20)),
      h("h4", {}, title, done ? h("small", {}, " tried") : null),
      h("p", {}, text),
      h("div", { class: "row" }, buttons.filter(Boolean).map(([label, act]) =>
        h("button", { type: "button", class: "button small", onclick: () => (tried(name), act()) }, label))),
    );
  }

  function cards(seen) {
    const project = seen.channels.find((one) => one.member && !one.archived && one.name.startsWith("proj-"))?.id ?? seen.at;
    const other = seen.people.find((one) => !one.bot && !one.deleted && !one.guest && one.id !== seen.me);
    const command = seen.commands[0]?.name ?? "/charter";
    const tries = seen.tries ?? {};
    const write = (text, at = project) => () => page.write(text, at);
    return [
      card("ask", "bubble", "Ask a question", "In your own words. The answer says who, since when, and who set it.", [
        ["Write one", write(tries.question ?? `@${seen.app.name} who owns the data pipeline?`)],
      ]),
      card("hand", "hand", "Hand a stage over", "It is offered to somebody, who accepts or declines; until then nothing changes.", [
        ["Write the command", write(tries.hand_over ?? `${command} raci data pipeline A @${other?.name ?? ""}`)],
      ]),
      card("standup", "clock", "Run a standup", "Set one up, then move the clock on: everybody is asked in their own morning, and the report comes.", [
        ["Set one up", write(tries.standup ?? `${command} standup`)],
        ["Move the clock", clock],
      ]),
      card("link", "sheet", "Link work, export it", "Paste a pull request and its card keeps itself up to date; or have it all as a workbook.", [
        tries.pull_request ? ["Paste a link", write(tries.pull_request)] : null,
        ["Export", write(tries.export ?? `${command} export portfolio`)],
      ]),
    ];
  }

  function show() {
    const seen = page.seen();
    const place = part("welcome");
    place.hidden = state.hidden;
    if (state.hidden) return;
    const signature = JSON.stringify([state, seen.me, seen.tries, seen.app, seen.channels.map((one) => one.id)]);
    if (signature === drawn) return;
    drawn = signature;
    place.replaceChildren(
      h(
        "section",
        { class: "welcome", "aria-label": "Four things to try" },
        h(
          "div",
          { class: "welcome-top" },
          h("h3", {}, "Four things to try"),
          h("button", { type: "button", class: "quiet", "aria-label": "Hide the four things to try", onclick: () => (change({ hidden: true }), page.escape()) }, icon("close", 18)),
        ),
        h("ul", { class: "tries" }, cards(seen)),
      ),
    );
  }

  const again = () => {
    drawn = "";
    change({ hidden: false, tried: [] });
  };
  return { show, again };
}
