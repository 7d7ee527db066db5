// Who acts, and where: channels, people and the app.

import { avatar } from "../kit/avatars.js";
import { arrows, h, part, reconcile } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { hourOf, hourThere } from "../kit/time.js";
import { card } from "./profile.js";
import { acting, gone, hasNews, waits } from "./unread.js";

export function sidebarOn(page) {
  arrows(part("sidebar"), ".place");
  const select = part("who");
  select.onchange = () => page.as(select.value);
  return (seen) => {
    who(seen, page);
    places(seen, page);
    people(seen, page);
  };
}

function who(seen, page) {
  const me = page.person(seen.me);
  part("me").replaceChildren(avatar(me, "big"));
  const time = me.zone ? hourThere(page.now(), me.zone) : "";
  part("my-title").replaceChildren(h("span", {}, me.title), " ", h("span", {}, time));
  const rows = acting(seen).map((person) => ({ ...person, here: person.id === seen.me, news: waits(person) }));
  const select = part("who");
  const signature = JSON.stringify(rows.map(({ id, name, title, here, news }) => [id, name, title, here, news]).concat(hourOf(page.now(), "UTC")));
  if (select.signature === signature || isOpen(select)) return;
  select.signature = signature;
  const chosen = h("button", { type: "button" }, document.createElement("selectedcontent"));
  select.replaceChildren(chosen, ...rows.map((person) => option(person, page.now())));
}

/** An open list must not be drawn anew under somebody's fingers. */
const isOpen = (select) => CSS.supports("selector(:open)") && select.matches(":open");

/** Browsers that style selects show the face and the role, too; others the name alone. */
function option(person, now) {
  const time = person.zone ? ` · ${hourOf(now, person.zone)}` : "";
  return h(
    "option",
    { value: person.id, selected: person.here, "aria-label": person.name },
    avatar(person, "small"),
    h("span", { class: "option-words", "data-more": `${person.title}${time}` }, person.name),
    person.news ? h("span", { class: "dot", title: "has news" }) : null,
  );
}

function places(seen, page) {
  const rows = seen.channels
    .toSorted((one, other) => Number(one.archived) - Number(other.archived) || one.name.localeCompare(other.name))
    .map((channel) => ({
      key: channel.id,
      data: { ...channel, here: channel.id === seen.at, news: channel.id !== seen.at && hasNews(seen.me, channel.id, channel.latest) },
    }));
  reconcile(part("channels"), rows, ({ data }) => place(data, icon(sign(data), 16), page));
  const app = page.person(seen.app.id);
  const here = seen.dm.id === seen.at;
  const news = !here && hasNews(seen.me, seen.dm.id, seen.dm.latest);
  const row = { id: seen.dm.id, here, news, name: seen.app.name };
  reconcile(part("apps"), [{ key: row.id, data: row }], ({ data }) => place(data, avatar(app, "small"), page));
}

export function sign(channel) {
  if (channel.private) return "lock";
  return channel.shared ? "shared" : "hash";
}

function place(data, mark, page) {
  const more = [data.private && "private", data.shared && "shared", data.archived && "archived", data.news && "unread"];
  const words = [data.name, ...more.filter(Boolean)].join(", ");
  const classes = ["place", data.here && "here", data.news && "news", data.member === false && "outside", data.archived && "archived"];
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: classes.filter(Boolean).join(" "),
        "aria-label": words,
        "aria-current": data.here ? "page" : undefined,
        "data-focus": `place-${data.id}`,
        onclick: () => page.go(data.id),
      },
      h("span", { class: "sign" }, mark),
      h("span", { class: "label" }, data.name),
      data.news ? h("span", { class: "dot" }) : null,
    ),
  );
}

function people(seen, page) {
  const now = page.now();
  const isAdmin = page.person(seen.me).admin;
  const rows = [...acting(seen), ...(isAdmin ? gone(seen) : [])]
    .filter((person) => person.id !== seen.me)
    .map((person) => ({
      key: person.id,
      data: { person, isAdmin, news: !person.deleted && waits(person), time: person.deleted ? "deactivated" : person.zone ? hourOf(now, person.zone) : "" },
    }));
  reconcile(part("people"), rows, ({ data }) => one(data, page));
}

function one({ person, news, time }, page) {
  const words = [`${person.name}: profile`, time, news && "has news"].filter(Boolean).join(", ");
  const button = h(
    "button",
    { type: "button", class: `place person${news ? " news" : ""}${person.deleted ? " archived" : ""}`, "aria-label": words, "aria-haspopup": "dialog", "data-focus": `person-${person.id}` },
    avatar(person, "small"),
    h("span", { class: "label" }, person.name),
    news ? h("span", { class: "dot" }) : null,
    time ? h("small", {}, time) : null,
  );
  return h("li", {}, button, card(button, person, page));
}
