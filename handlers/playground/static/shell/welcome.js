// The first visit: four things to try. Each notes that somebody did it, by its button or in their own
// words, and for whom; all can be put away.

import { h, part } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { keep, recall } from "../kit/memory.js";

const KEY = "tries";
const LINK = /\bhttps?:\/\/\S+/;

const QUESTION = /^(ask|who|whose|what|which|when|where|why|how|is|are|does|do|did)\b|\?$/i;
const HAND_OVER = /^raci\s.*\bA(\/R)?\b|\b[Hh]and\w*\s.*\bover\b|\b[Tt]akes?\s.*\bover\b|\baccountable\b/;

/** Which of the four things somebody does by saying this to the app; null where it is none of them. */
function deedOf(text, isCommand) {
  if (LINK.test(text)) return "link";
  if (QUESTION.test(text)) return "ask";
  if (HAND_OVER.test(text)) return "hand";
  if (/\bstandups?\b/i.test(text)) return "standup";
  if (/\bexports?\b/i.test(text)) return "link";
  return isCommand || !text ? null : "ask";
}

/** `page.write(text, at)` puts words into the composer; `clock()` opens the clock. */
export function welcomeOn(page, clock) {
  let state = recall(KEY, { hidden: false, tried: {} });
  let drawn = "";

  function change(next) {
    state = { ...state, ...next };
    keep(KEY, state);
    show();
  }

  const triedBy = (who) => state.tried[who] ?? [];

  /** Notes what somebody said in a channel, or (`toApp`) to the app alone. */
  function heard(who, text, toApp) {
    const { app, commands } = page.seen();
    const command = commands.find((one) => text === one.name || text.startsWith(`${one.name} `));
    const mention = new RegExp(`@${app.name}\\b`, "gi");
    if (!command && !toApp && !mention.test(text) && !LINK.test(text)) return;
    const words = text.slice(command?.name.length ?? 0).replace(mention, "").trim();
    const deed = deedOf(words, Boolean(command));
    if (deed && !triedBy(who).includes(deed)) change({ tried: { ...state.tried, [who]: [...triedBy(who), deed] } });
  }

  function card(name, sign, title, text, buttons) {
    const done = triedBy(page.me()).includes(name);
    return h(
      "li",
      { class: done ? "try done" : "try" },
      h("span", { class: "try-sign", "aria-hidden": "true" }, icon(done ? "check" : sign, 20)),
      h("h4", {}, title, done ? h("small", {}, " tried") : null),
      h("p", {}, text),
      h("div", { class: "row" }, buttons.filter(Boolean).map(([label, act]) =>
        h("button", { type: "button", class: "button small", onclick: act }, label))),
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
    change({ hidden: false, tried: {} });
  };
  return { show, heard, again };
}
