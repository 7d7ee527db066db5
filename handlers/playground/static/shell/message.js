// One message: who, when, what, and what can be done with it.

import { blocks } from "../blocks/blocks.js";
import { initial, rawOf } from "../blocks/elements.js";
import { emoji } from "../blocks/emoji.js";
import { mrkdwn } from "../blocks/mrkdwn.js";
import { avatar } from "../kit/avatars.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { atTs, dateIn, dayName, format, hourOf, shortHourOf } from "../kit/time.js";
import { files } from "./files.js";

export function message(row, page, opens) {
  const { message: said, together, author, zone } = row;
  const time = atTs(said.ts);
  const hour = hourOf(time, zone);
  const title = format(time, zone, { dateStyle: "full", timeStyle: "medium" });
  const stamp = h("time", { dateTime: time.toISOString(), title }, together ? shortHourOf(time, zone) : hour);
  const classes = ["message", together && "together", said.ephemeral && "ephemeral", row.isOpen && "open"];
  return h(
    "li",
    { class: classes.filter(Boolean).join(" "), "aria-label": `${author.name}, ${hour}`, tabIndex: -1, "data-focus": said.ts },
    together ? h("span", { class: "gutter" }, stamp) : avatar(author),
    h(
      "div",
      { class: "body" },
      together ? null : h("div", { class: "head" }, h("span", { class: "name" }, author.name), badge(author), stamp),
      marks(said),
      content(said, page),
      said.files?.length ? files(said.files) : null,
      said.reactions?.length ? reactions(said, page) : null,
      row.answers.length && opens ? threadLine(row, page, opens) : null,
    ),
    said.ephemeral ? null : tools(said, author, opens, page),
  );
}

function badge(author) {
  if (author.bot) return h("span", { class: "badge" }, "APP");
  return author.guest ? h("span", { class: "badge" }, "GUEST") : null;
}

function marks(said) {
  return [
    said.ephemeral ? h("p", { class: "only-you" }, icon("eye", 14), "Only visible to you") : null,
    said.broadcast ? h("p", { class: "only-you" }, icon("thread", 14), "Also sent to the channel from a thread") : null,
  ];
}

function content(said, page) {
  const use = {
    names: page.names,
    options: page.options,
    zone: page.zone,
    today: page.today,
    value: (block, item) => rawOf(said.values[block.block_id]?.[item.action_id]) ?? initial(item),
    note: () => {},
    act: (block, item, raw) => page.act({ channel: page.at(), ts: said.ts }, block, item, raw),
  };
  const edited = said.edited ? h("small", { class: "edited" }, " (edited)") : null;
  if (said.blocks.length) return [blocks(said.blocks, use), edited];
  if (!said.text) return null;
  return h("div", { class: "text" }, said.mrkdwn ? mrkdwn(said.text, page.names) : said.text, edited);
}

function threadLine({ message: said, answers, last, zone, today }, page, opens) {
  const authors = [...new Set(answers)].slice(0, 5).map((id) => avatar(page.person(id), "small"));
  const count = answers.length === 1 ? "1 reply" : `${answers.length} replies`;
  const when = atTs(last);
  const day = dayName(dateIn(when, zone), today);
  return h(
    "button",
    { type: "button", class: "thread-line", "data-focus": `thread-${said.ts}`, onclick: () => opens(said.ts) },
    authors,
    h("strong", {}, count),
    h("small", { class: "when" }, `Last reply ${["Today", "Yesterday"].includes(day) ? day.toLowerCase() : day} at ${hourOf(when, zone)}`),
    h("small", { class: "view", "aria-hidden": "true" }, "View thread"),
    icon("forth", 14),
  );
}

/** Who reacted how; pressing one's own takes it away. */
function reactions(said, page) {
  const chip = ({ name, users }) => {
    const isMine = users.includes(page.me());
    const who = users.map((id) => page.person(id).name).join(", ");
    return h(
      "button",
      {
        type: "button",
        class: isMine ? "reaction mine" : "reaction",
        title: `${who} reacted with :${name}:`,
        "aria-label": `:${name}:, ${who}`,
        "aria-pressed": String(isMine),
        "data-focus": `reaction-${said.ts}-${name}`,
        onclick: () => react(said, name, page),
      },
      `${emoji(name)} ${users.length}`,
    );
  };
  return h("div", { class: "reactions" }, said.reactions.map(chip));
}

function react(said, name, page) {
  return page.send("react", { channel: page.at(), ts: said.ts, name });
}

function tools(said, author, opens, page) {
  const tool = (name, label, focus, onclick) =>
    h("button", { type: "button", title: label, "aria-label": `${label} ${focus.startsWith("reply") ? "to" : "of"} ${author.name}`, "data-focus": focus, onclick }, icon(name, 18));
  const copied = async (event) => {
    const button = event.currentTarget;
    await navigator.clipboard?.writeText(wordsOf(button.closest(".message")));
    button.replaceChildren(icon("check", 18));
    setTimeout(() => button.replaceChildren(icon("copy", 18)), 1200);
  };
  return h(
    "div",
    { class: "tools" },
    opens ? tool("thread", "Reply in thread", `reply-${said.ts}`, () => opens(said.thread ?? said.ts)) : null,
    tool("scroll", "React with :scroll:", `react-${said.ts}`, () => react(said, "scroll", page)),
    page.seen().shortcuts
      .filter((entry) => !entry.global)
      .map((entry) => tool("bolt", entry.name, `entry-${entry.name}-${said.ts}`, () => page.send("pick", { channel: page.at(), ts: said.ts, entry: entry.name }))),
    tool("copy", "Copy the text", `copy-${said.ts}`, copied),
  );
}

function wordsOf(whole) {
  const shown = whole.querySelectorAll(".text, .section .words, .rich, .header, .context, table");
  return [...shown].map((one) => one.innerText).join("\n");
}
