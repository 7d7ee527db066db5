// The playground: what one person sees of the workspace, kept up to date.

import * as api from "./api.js";
import { agree } from "./blocks/mrkdwn.js";
import { avatar, mark } from "./kit/avatars.js";
import { part } from "./kit/dom.js";
import { icon } from "./kit/icons.js";
import { browserZone, dateIn } from "./kit/time.js";
import { barOn } from "./shell/bar.js";
import { showBeside } from "./shell/beside.js";
import { clockOn } from "./shell/clock.js";
import { catchDrops } from "./shell/attached.js";
import { composer } from "./shell/composer.js";
import { headingOn } from "./shell/heading.js";
import { showAbout, showHome } from "./shell/home.js";
import { keysOn, walk } from "./shell/keys.js";
import { draw, threads } from "./shell/messages.js";
import { modalOn } from "./shell/modal.js";
import { complain, showNotices } from "./shell/notices.js";
import { sidebarOn, sign } from "./shell/sidebar.js";
import { switcherOn } from "./shell/switcher.js";
import * as unread from "./shell/unread.js";
import { welcomeOn } from "./shell/welcome.js";

const TICK = 15_000;
const address = new URLSearchParams(location.hash.slice(1));
const here = { who: address.get("as") ?? "", at: address.get("at") ?? "", tab: "home", thread: null, toApp: false, looking: null };
let seen = null;
let ahead = 0;
/** How far the workspace's clock is before the browser's, in milliseconds. */
let listening = null;
let asked = null;
/** Whose view of what place is being waited for. */

// What everything that draws may ask of the page.

const stranger = (id) => ({ id, name: id === "USLACKBOT" ? "Slackbot" : id, bot: true, title: "" });

const page = {
  seen: () => seen,
  me: () => seen.me,
  at: () => seen.at,
  now: () => new Date(Date.now() + ahead),
  zone: () => page.person(seen.me).zone || browserZone(),
  today: () => dateIn(page.now(), page.zone()),
  person: (id) => seen.people.find((one) => one.id === id) ?? stranger(id),
  names: {
    user: (id) => seen.people.find((one) => one.id === id)?.name,
    channel: (id) => seen.channels.find((one) => one.id === id)?.name,
    group: (id) => seen.groups.find((one) => one.id === id)?.handle ?? id,
    isMe: (id) => id === seen.me,
    zone: () => page.zone(),
    now: () => page.now(),
  },
  options: (kind) => (kind === "people" ? peopleToPick() : channelsToPick()),
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
  moveClock: (to) => api.send("clock", { as: seen.me, to: to.toISOString() }),
  async refreshed() {
    const { who, at } = here;
    const next = await api.state(who, at, null);
    if (who === here.who && at === here.at) take(next);
  },
  go,
  as,
  openTab,
  view: (name) => (document.body.dataset.view = name),
  /** Puts words into the composer of a channel, for the person to send. */
  write(text, at) {
    if (at !== seen.at) go(at);
    page.view("place");
    main.write(text, `${seen.me}/${at}`);
  },
  /** Esc, where nothing else takes it; somebody who writes keeps the thread they write in. */
  escape() {
    if (document.activeElement?.value) return;
    if (here.thread) openThread(null);
    else main.takeFocus();
  },
};

function peopleToPick() {
  return seen.people
    .filter((one) => !one.deleted)
    .toSorted((one, other) => Number(one.bot) - Number(other.bot) || one.name.localeCompare(other.name))
    .map((one) => ({ value: one.id, label: one.name, detail: one.title || `@${one.handle}`, face: () => avatar(one, "small") }));
}

function channelsToPick() {
  return seen.channels.map((one) => ({ value: one.id, label: `#${one.name}` }));
}

const main = composer({ complete, hint, send: (text, file) => say(text, null, file) });
const aside = composer({ complete, hint: () => null, send: (text, file) => say(text, here.thread, file), commands: false });
part("composer").append(main);
part("thread-composer").append(aside);
part("close-thread").onclick = () => openThread(null);
part("mark").append(mark());
part("retry").onclick = () => page.send("retry", {});

const showSidebar = sidebarOn(page);
const showHeading = headingOn(page);
const showModal = modalOn(page);
const jump = switcherOn(page);
const clock = clockOn(page);
const welcome = welcomeOn(page, () => clock.open());
const help = keysOn(page, { jump, welcome: welcome.again });
walk(part("messages"));
walk(part("thread-messages"));
catchDrops();
barOn({ jump, clock: clock.element, help });

async function say(text, thread, file = null) {
  const asked = { as: seen.me, at: seen.at, text, thread };
  const toApp = seen.at === seen.dm.id;
  const taken = await (file ? api.share(asked, file) : api.send("say", asked));
  welcome.heard(asked.as, text, toApp);
  return taken;
}

function complete(sigil) {
  if (sigil === "/") {
    const face = () => avatar(page.person(seen.app.id), "small");
    const commands = seen.commands.map((one) => ({ insert: one.name, label: `${one.name} ${one.hint}`.trim(), detail: one.description, face }));
    const shortcuts = seen.shortcuts
      .filter((one) => one.global)
      .map((one) => ({ insert: `/${one.name}`, label: one.name, detail: "Shortcut", face: () => icon("bolt", 18), run: () => page.send("pick", { entry: one.name }) }));
    return [...commands, ...shortcuts];
  }
  if (sigil === "#") return seen.channels.map((one) => ({ insert: `#${one.name}`, label: `#${one.name}`, face: () => icon(sign(one), 18) }));
  const people = seen.people
    .filter((one) => !one.deleted)
    .toSorted((one, other) => Number(other.bot) - Number(one.bot) || one.name.localeCompare(other.name))
    .map((one) => ({ insert: `@${one.name}`, label: one.name, detail: one.handle, face: () => avatar(one, "small") }));
  const groups = seen.groups.map((one) => ({ insert: `@${one.handle}`, label: `@${one.handle}`, detail: "group", face: () => icon("people", 18) }));
  return [...people, ...groups];
}

/** What a command takes, as long as it is being typed. */
function hint(text) {
  const command = seen?.commands.find((one) => text === one.name || text.startsWith(`${one.name} `));
  if (!command) return null;
  const typed = text.slice(command.name.length).trim().toLowerCase();
  const words = (command.hint.match(/[\p{L}-]+/gu) ?? []).filter((word) => typed && word.startsWith(typed));
  const usage = words.length ? words.join(" | ") : command.hint;
  return { usage: `${command.name} ${usage}`.trim(), description: command.description };
}

// Moving about.

function go(at) {
  here.thread = null;
  page.view("place");
  // Each person has a place of their own with the app; the page may still know that of the last one.
  const someoneElse = here.who !== seen.me;
  here.toApp = someoneElse && at === seen.dm.id;
  here.at = here.toApp ? page.person(here.who).dm || here.at : at;
  moved();
  if (!someoneElse && at === seen.dm.id) openTab(here.tab);
}

/** Into somebody's shoes; `news` opens what the app has written to them. */
function as(who, news = false) {
  here.toApp = news || here.toApp || seen.at === seen.dm.id;
  if (here.toApp) here.at = page.person(who).dm || here.at;
  if (news) here.tab = "messages";
  here.who = who;
  here.thread = null;
  moved();
}

function openThread(ts) {
  here.thread = ts;
  page.view(ts ? "thread" : "place");
  show();
  if (ts) aside.takeFocus();
  else main.takeFocus();
}

function openTab(tab) {
  here.tab = tab;
  if (tab !== "about") page.send("home", { tab, looking: here.looking });
  show();
}

function moved() {
  const isThere = here.who === seen.me && here.at === seen.at;
  hold(here.who !== seen.me);
  for (const one of [main, aside]) {
    one.quieten();
    one.wait(!isThere);
  }
  if (isThere) show();
  if (asked.who !== here.who || asked.at !== here.at) listening.abort();
}

/** What is drawn belongs to somebody else until the next person's view is there: nobody acts in it. */
function hold(isOthers) {
  for (const name of ["channels", "apps", "tabs", "home", "conversation", "thread"]) part(name).inert = isOthers;
}

// Drawing.

function take(next) {
  const first = seen === null;
  seen = next;
  ahead = seen.clock ? Date.parse(seen.clock.now) - Date.now() : 0;
  if (first) unread.begin(page.now().getTime() / 1000);
  here.who = seen.me;
  here.at = seen.at;
  main.wait(false);
  aside.wait(false);
  hold(false);
  history.replaceState(null, "", `#${new URLSearchParams({ as: here.who, at: here.at })}`);
  show();
  if (here.toApp || (first && seen.at === seen.dm.id)) toApp();
}

/** To the app's own pages, which it is told of; a person may see theirs for the first time. */
function toApp() {
  here.toApp = false;
  if (seen.at === seen.dm.id) openTab(here.tab);
  else go(seen.dm.id);
}

function show() {
  document.title = `${seen.app.name} · playground`;
  part("workspace").textContent = seen.workspace;
  part("jump-words").textContent = `Jump to … in ${seen.workspace}`;
  const inApp = seen.at === seen.dm.id;
  const tab = inApp ? here.tab : "messages";
  const news = newsFrom();
  if (tab === "messages") unread.read(seen.me, seen.at, latestOfOthers());
  showSidebar(seen);
  showHeading(seen, tab);
  if (!inApp) here.looking = seen.at;
  showComposers(inApp);
  showBeside(inApp ? seen.beside : null, (text) => say(text, null));
  part("conversation").hidden = tab !== "messages";
  part("home").hidden = tab !== "home";
  part("about").hidden = tab !== "about";
  if (tab === "messages") showMessages(inApp, news);
  if (tab === "home") showHome(seen, page);
  if (tab === "about") showAbout(seen, page);
  showThread();
  showNotices(seen);
  showModal(seen.modal);
  welcome.show();
  clock.show();
  agree();
}

function latestOfOthers() {
  return seen.messages.findLast((message) => message.user !== seen.me)?.ts ?? "";
}

/** Up to where the place had been read when the person came to it. */
function newsFrom() {
  const list = part("messages");
  const where = `${seen.me}/${seen.at}`;
  if (list.dataset.news !== where) {
    list.dataset.news = where;
    list.newsFrom = unread.hasNews(seen.me, seen.at, latestOfOthers()) ? unread.readUntil(seen.me, seen.at) : null;
  }
  return list.newsFrom;
}

function showComposers(inApp) {
  const channel = seen.channels.find((one) => one.id === seen.at);
  const outside = Boolean(channel && (!channel.member || channel.archived));
  main.moveTo(`${seen.me}/${seen.at}`);
  aside.moveTo(`${seen.me}/${seen.at}/${here.thread}`);
  const why = channel?.archived ? "This channel is archived" : "You are not in this channel";
  main.address(outside ? why : `Message ${inApp ? seen.app.name : `#${channel.name}`}`, outside);
  aside.address("Reply …", outside);
}

function showMessages(inApp, news) {
  const { here: messages, replies } = threads(seen.messages);
  const list = part("messages");
  const moved = list.dataset.at !== `${seen.me}/${seen.at}`;
  list.dataset.at = `${seen.me}/${seen.at}`;
  list.hidden = messages.length === 0;
  draw(list, messages, page, { replies, opens: openThread, news, open: here.thread });
  if (moved) list.scrollTop = list.scrollHeight;
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
  if (!parent && document.body.dataset.view === "thread") page.view("place");
  if (!parent) return;
  const list = part("thread-messages");
  const moved = list.dataset.at !== parent.ts;
  list.dataset.at = parent.ts;
  draw(list, [parent, ...(replies.get(parent.ts) ?? [])], page);
  if (moved) list.scrollTop = list.scrollHeight;
}

// Staying up to date.

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

setInterval(() => seen && show(), TICK);

async function listen() {
  for (;;) {
    listening = new AbortController();
    asked = { who: here.who, at: here.at };
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
