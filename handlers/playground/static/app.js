// The playground: what one person sees of the workspace, kept up to date.

import * as api from "./api.js";
import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { h, reconcile } from "./dom.js";
import { rawOf } from "./elements.js";
import { draw, threads } from "./messages.js";
import { modalOn } from "./modal.js";
import { sidebar } from "./sidebar.js";

const part = (id) => document.getElementById(id);
const address = new URLSearchParams(location.hash.slice(1));
const here = { who: address.get("as") ?? "", at: address.get("at") ?? "", tab: "home", thread: null };
const read = new Map();
const dismissed = new Set();
let seen = null;
let listening = null;

// What everything that draws may ask of the page.

const page = {
  at: () => seen.at,
  person: (id) =>
    seen.people.find((one) => one.id === id) ?? { id, name: id === "USLACKBOT" ? "Slackbot" : id, bot: true },
  names: {
    user: (id) => seen.people.find((one) => one.id === id)?.name,
    channel: (id) => seen.channels.find((one) => one.id === id)?.name,
    group: (id) => seen.groups.find((one) => one.id === id)?.handle ?? id,
  },
  options: (kind) =>
    kind === "people"
      ? seen.people
          .filter((one) => !one.deleted)
          .toSorted((one, other) => Number(one.bot) - Number(other.bot) || one.name.localeCompare(other.name))
          .map((one) => ({ value: one.id, label: one.name, detail: one.title || `@${one.handle}` }))
      : seen.channels.map((one) => ({ value: one.id, label: `#${one.name}` })),
  async send(deed, asked) {
    try {
      return await api.send(deed, { as: seen.me, ...asked });
    } catch (error) {
      complain(error.message);
      return {};
    }
  },
  act: (where, block, item, raw) =>
    page.send("act", { ...where, block: block.block_id, action: item.action_id, value: raw }),
  async refreshed() {
    take(await api.state(here.who, here.at, null));
  },
};

const showModal = modalOn(page);
const main = composer({ complete, send: (text) => say(text, null) });
const aside = composer({ complete, send: (text) => say(text, here.thread) });
part("composer").append(main);
part("thread-composer").append(aside);
part("close-thread").onclick = () => openThread(null);
for (const tab of ["home", "messages"]) part(`tab-${tab}`).onclick = () => openTab(tab);
part("retry").onclick = () => page.send("retry", {});

function say(text, thread) {
  return api.send("say", { as: seen.me, at: seen.at, text, thread });
}

function complete(sigil) {
  if (sigil === "/") {
    return seen.commands.map((one) => ({ insert: one.name, label: `${one.name} ${one.hint}`.trim(), detail: one.description }));
  }
  if (sigil === "#") return seen.channels.map((one) => ({ insert: `#${one.name}`, label: `#${one.name}` }));
  const people = seen.people
    .filter((one) => !one.deleted)
    .toSorted((one, other) => Number(other.bot) - Number(one.bot) || one.name.localeCompare(other.name))
    .map((one) => ({ insert: `@${one.name}`, label: one.name, detail: one.handle }));
  const groups = seen.groups.map((one) => ({ insert: `@${one.handle}`, label: `@${one.handle}`, detail: "group" }));
  return [...people, ...groups];
}

// Moving about.

function go(at) {
  here.at = at;
  here.thread = null;
  moved();
  if (at === seen.dm.id) openTab(here.tab);
}

function as(who) {
  here.who = who;
  here.thread = null;
  moved();
}

function openThread(ts) {
  here.thread = ts;
  show();
  if (ts) aside.takeFocus();
  else main.takeFocus();
}

function openTab(tab) {
  here.tab = tab;
  page.send("home", { tab });
  show();
}

function moved() {
  main.quieten();
  aside.quieten();
  listening?.abort();
}

// Drawing.

function take(next) {
  const first = seen === null;
  seen = next;
  here.who = seen.me;
  here.at = seen.at;
  history.replaceState(null, "", `#${new URLSearchParams({ as: here.who, at: here.at })}`);
  show();
  if (first && seen.at === seen.dm.id) openTab(here.tab);
}

function show() {
  document.title = `${seen.app.name} · playground`;
  part("workspace").textContent = seen.workspace;
  const latest = seen.messages.findLast((message) => message.user !== seen.me)?.ts ?? "";
  const inApp = seen.at === seen.dm.id;
  if (!inApp || here.tab === "messages") read.set(`${seen.me}/${seen.at}`, latest);
  sidebar({ who: part("who"), me: part("me"), title: part("my-title"), channels: part("channels"), apps: part("apps") }, seen, { go, as, unread });
  showHeading(inApp);
  showMessages(inApp);
  showHome(inApp && here.tab === "home");
  showThread();
  showNotices();
  showModal(seen.modal);
}

function unread(at, latest) {
  const until = read.get(`${seen.me}/${at}`);
  if (until === undefined) read.set(`${seen.me}/${at}`, latest);
  return at !== seen.at && latest > (until ?? latest);
}

function showHeading(inApp) {
  const channel = seen.channels.find((one) => one.id === seen.at);
  const sign = !channel ? "◆" : channel.private ? "🔒" : "#";
  part("place").replaceChildren(
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    ` ${channel?.name ?? seen.app.name}`,
  );
  const facts = channel
    ? [`${channel.members} members`, channel.shared && "shared with another company", channel.archived && "archived"]
    : ["app"];
  part("facts").textContent = facts.filter(Boolean).join(" · ");
  part("tabs").hidden = !inApp;
  for (const tab of ["home", "messages"]) part(`tab-${tab}`).setAttribute("aria-selected", String(here.tab === tab));
  const outside = channel && (!channel.member || channel.archived);
  const why = channel?.archived ? "This channel is archived" : "You are not in this channel";
  main.address(outside ? why : `Message ${channel ? `#${channel.name}` : seen.app.name}`, outside);
  aside.address("Reply …", outside);
}

function showMessages(inApp) {
  const hidden = inApp && here.tab === "home";
  part("conversation").hidden = hidden;
  if (hidden) return;
  const { here: messages, replies } = threads(seen.messages);
  const moved = part("messages").dataset.at !== `${seen.me}/${seen.at}`;
  part("messages").dataset.at = `${seen.me}/${seen.at}`;
  draw(part("messages"), messages, page, { replies, opens: openThread });
  if (moved) part("messages").scrollTop = part("messages").scrollHeight;
  part("nothing").hidden = messages.length > 0;
  const command = seen.commands[0]?.name;
  part("nothing").textContent = inApp
    ? `Ask ${seen.app.name} anything here, in plain words.`
    : `Nothing here yet. Mention @${seen.app.name}${command ? ` or type ${command}` : ""} to begin.`;
}

function showThread() {
  const { replies } = threads(seen.messages);
  const parent = seen.messages.find((message) => message.ts === here.thread);
  part("thread").hidden = !parent;
  if (parent) draw(part("thread-messages"), [parent, ...(replies.get(parent.ts) ?? [])], page);
}

function showHome(visible) {
  part("home").hidden = !visible;
  if (!visible) return;
  const use = {
    names: page.names,
    options: page.options,
    value: (block, item) => rawOf(seen.home.values[block.block_id]?.[item.action_id]),
    note: () => {},
    act: (block, item, raw) => page.act({ view: seen.home.id }, block, item, raw),
  };
  const rows = seen.home
    ? seen.home.blocks.map((block) => ({ key: block.block_id, data: { block, names: seen.people } }))
    : [{ key: "none", data: { none: true } }];
  reconcile(part("home"), rows, ({ data }) =>
    h("div", { class: "home-block" }, data.none ? `${seen.app.name} has not made a Home for you yet.` : blocks([data.block], use)),
  );
}

// What went wrong.

function showNotices() {
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

function complain(words) {
  part("complaints").append(toast(words, () => {}));
}

function toast(words, dismiss) {
  const whole = h(
    "li",
    { class: "toast" },
    h("span", {}, words),
    h("button", {
      type: "button",
      "aria-label": "Dismiss",
      onclick: () => {
        dismiss();
        whole.remove();
      },
    }, "×"),
  );
  return whole;
}

// Staying up to date.

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function listen() {
  for (;;) {
    listening = new AbortController();
    const same = seen && seen.me === here.who && seen.at === here.at;
    try {
      const next = await api.state(here.who, here.at, same ? seen.revision : null, listening.signal);
      part("offline").hidden = true;
      if (same && next.revision === seen.revision) await pause(200);
      if (!listening.signal.aborted) take(next);
    } catch (error) {
      if (error.name === "AbortError") continue;
      part("offline").hidden = false;
      await pause(1000);
    }
  }
}

listen();
