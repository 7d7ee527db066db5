// The messages of a channel, and of one thread beside it.

import { blocks } from "./blocks.js";
import { h, reconcile } from "./dom.js";
import { rawOf } from "./elements.js";
import { mrkdwn } from "./mrkdwn.js";

const TOGETHER = 300;
/** Seconds within which the same person's messages stand under one name. */

/** Splits messages into those of the channel and those of each thread. */
export function threads(messages) {
  const replies = new Map();
  for (const message of messages) {
    if (!message.thread || message.thread === message.ts) continue;
    replies.set(message.thread, [...(replies.get(message.thread) ?? []), message]);
  }
  const here = messages.filter((m) => !m.thread || m.thread === m.ts || m.broadcast);
  return { here, replies };
}

/** Draws a list of messages. `page` knows names and acts; `opens(ts)` opens a thread. */
export function draw(list, messages, page, { replies, opens } = {}) {
  const near = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  const rows = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const day = dayOf(message);
    if (!before || dayOf(before) !== day) rows.push({ key: `day-${message.ts}`, data: { day } });
    const together =
      before && before.user === message.user && before.ephemeral === message.ephemeral &&
      dayOf(before) === day && Number(message.ts) - Number(before.ts) < TOGETHER && !(replies?.has(before.ts));
    const all = replies?.get(message.ts) ?? [];
    const open = all.filter((reply) => !reply.ephemeral);
    const answers = open.length ? open : all;
    rows.push({
      key: message.ts,
      data: {
        message,
        together,
        author: page.person(message.user),
        answers: answers.map((reply) => reply.user),
        last: answers.at(-1)?.ts,
      },
    });
  });
  reconcile(list, rows, (row) => (row.data.day ? dayLine(row.data.day) : oneMessage(row.data, page, opens)));
  if (near) list.scrollTop = list.scrollHeight;
}

function dayOf(message) {
  return new Date(Number(message.ts) * 1000).toDateString();
}

function dayLine(day) {
  const words = new Date(day).toLocaleDateString(undefined, { weekday: "long", month: "long", day: "numeric" });
  return h("li", { class: "day" }, h("span", {}, words));
}

export function avatar(author) {
  const initials = author.name.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("");
  const hue = [...author.id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 12, 7);
  return h("span", { class: `avatar tint-${author.bot ? "bot" : hue}`, "aria-hidden": "true" }, initials);
}

function oneMessage({ message, together, author, answers, last }, page, opens) {
  const time = new Date(Number(message.ts) * 1000);
  const clock = time.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  const stamp = h("time", { dateTime: time.toISOString(), title: time.toLocaleString() }, clock);
  const name = h("span", { class: "name" }, author.name);
  const badge = author.bot ? h("span", { class: "badge" }, "APP") : author.guest ? h("span", { class: "badge" }, "GUEST") : null;
  const eye = message.ephemeral
    ? h("p", { class: "only-you" }, h("span", { "aria-hidden": "true" }, "👁 "), "Only visible to you")
    : null;
  const use = {
    names: page.names,
    options: page.options,
    value: (block, item) => rawOf(message.values[block.block_id]?.[item.action_id]) ?? initial(item),
    note: () => {},
    act: (block, item, raw) =>
      page.act({ channel: page.at(), ts: message.ts }, block, item, raw),
  };
  const body = message.blocks.length
    ? blocks(message.blocks, use)
    : h("div", { class: "text" }, message.mrkdwn ? mrkdwn(message.text, page.names) : message.text);
  return h(
    "li",
    {
      class: `message${together ? " together" : ""}${message.ephemeral ? " ephemeral" : ""}`,
      "aria-label": `${author.name}, ${clock}`,
    },
    together ? h("span", { class: "gutter" }, stamp) : avatar(author),
    h(
      "div",
      { class: "body" },
      eye,
      together ? null : h("div", { class: "head" }, name, badge, stamp),
      body,
      message.edited ? h("small", { class: "edited" }, "(edited)") : null,
      answers.length && opens ? threadLine(message, answers, last, page, opens) : null,
    ),
    opens && !message.ephemeral
      ? h("div", { class: "tools" }, h("button", {
          type: "button",
          title: "Reply in thread",
          "aria-label": `Reply in thread to ${author.name}`,
          "data-focus": `reply-${message.ts}`,
          onclick: () => opens(message.thread ?? message.ts),
        }, "💬"))
      : null,
  );
}

/** What the app put into an element at first, as a raw value. */
export function initial(item) {
  if (item.initial_option) return item.initial_option.value;
  if (item.initial_options) return item.initial_options.map((option) => option.value);
  return item.initial_user ?? item.initial_users ?? item.initial_conversation ?? item.initial_date ?? item.initial_value ?? null;
}

function threadLine(message, answers, last, page, opens) {
  const authors = [...new Set(answers)].slice(0, 4).map((id) => avatar(page.person(id)));
  const count = answers.length === 1 ? "1 reply" : `${answers.length} replies`;
  const when = new Date(Number(last) * 1000).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return h(
    "button",
    { type: "button", class: "thread-line", "data-focus": `thread-${message.ts}`, onclick: () => opens(message.ts) },
    authors,
    h("strong", {}, count),
    h("small", {}, `last at ${when}`),
  );
}
