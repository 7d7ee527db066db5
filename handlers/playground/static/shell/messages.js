// The messages of a channel, and of one thread beside it.

import { h, reconcile } from "../kit/dom.js";
import { atTs, dateIn, dayName } from "../kit/time.js";
import { message as drawn } from "./message.js";

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

/** Draws a list of messages. `page` knows names and acts; `opens(ts)` opens a thread; above the
 * first message of others after `news` stands a line that says so. */
export function draw(list, messages, page, { replies, opens, news, open } = {}) {
  const near = list.scrollHeight - list.scrollTop - list.clientHeight < 120 || isAnswered(list, messages.at(-1), page);
  const rows = [];
  const zone = page.zone();
  const today = page.today();
  const dayOf = (message) => dateIn(atTs(message.ts), zone);
  const firstNews = news ? messages.find((one) => one.ts > news && one.user !== page.me()) : null;
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const day = dayOf(message);
    const isNewDay = opens && (!before || dayOf(before) !== day);
    if (isNewDay) rows.push({ key: `day-${message.ts}`, data: { day: dayName(day, today) } });
    if (message === firstNews) rows.push({ key: "news", data: { news: true } });
    if (!opens && index === 1) rows.push({ key: "replies", data: { count: messages.length - 1 } });
    const together =
      before && !isNewDay && message !== firstNews && (opens || index > 1) && goesOn(before, message) && !replies?.has(before.ts);
    const all = replies?.get(message.ts) ?? [];
    const shared = all.filter((reply) => !reply.ephemeral);
    const answers = shared.length ? shared : all;
    rows.push({
      key: message.ts,
      data: {
        message,
        together,
        zone,
        author: page.person(message.user),
        answers: answers.map((reply) => reply.user),
        last: answers.at(-1)?.ts,
        isOpen: message.ts === open,
        today: answers.length ? today : null,
      },
    });
  });
  reconcile(list, rows, (row) => row.data.message ? drawn(row.data, page, opens) : line(row.data));
  if (near) list.scrollTop = list.scrollHeight;
}

/** Whether the latest message is new, and what the person has just written or asked for. */
function isAnswered(list, latest, page) {
  const isNew = Boolean(latest) && list.latest !== latest.ts;
  list.latest = latest?.ts;
  return isNew && (latest.user === page.me() || latest.ephemeral);
}

function goesOn(before, message) {
  return (
    before.user === message.user && before.ephemeral === message.ephemeral &&
    Number(message.ts) - Number(before.ts) < TOGETHER
  );
}

function line({ day, news, count }) {
  if (day) return h("li", { class: "day" }, h("span", {}, day));
  if (news) return h("li", { class: "day news" }, h("span", {}, "New"));
  return h("li", { class: "day count" }, h("span", {}, count === 1 ? "1 answer" : `${count} answers`));
}
