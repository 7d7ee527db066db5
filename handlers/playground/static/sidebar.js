// Who acts, and where: people, channels and the app.

import { h, reconcile } from "./dom.js";
import { avatar } from "./messages.js";

/** Draws the sidebar; `go(at)` moves, `as(person)` changes who acts. */
export function sidebar(parts, seen, { go, as, unread }) {
  people(parts.who, seen, as);
  const me = seen.people.find((person) => person.id === seen.me);
  parts.me.replaceChildren(avatar(me));
  parts.title.textContent = me.title;
  const rows = seen.channels
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map((channel) => ({
      key: channel.id,
      data: { ...channel, here: channel.id === seen.at, news: unread(channel.id, channel.latest) },
    }));
  reconcile(parts.channels, rows, ({ data }) => place(data, mark(data), data.name, go));
  const news = unread(seen.dm.id, seen.dm.latest);
  const app = { id: seen.dm.id, here: seen.dm.id === seen.at, news, name: seen.app.name };
  reconcile(parts.apps, [{ key: app.id, data: app }], ({ data }) => place(data, "◆", data.name, go));
}

function people(select, seen, as) {
  const signature = JSON.stringify([seen.people, seen.me]);
  if (select.signature === signature) return;
  select.signature = signature;
  const rows = seen.people
    .filter((person) => !person.bot && !person.deleted)
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map((person) =>
      h("option", { value: person.id, selected: person.id === seen.me }, person.name),
    );
  select.replaceChildren(...rows);
  select.onchange = () => as(select.value);
}

function mark(channel) {
  if (channel.private) return "🔒";
  return channel.shared ? "⇄" : "#";
}

function place(data, sign, name, go) {
  const more = [data.private && "private", data.shared && "shared", data.archived && "archived", data.news && "unread"];
  const words = [name, ...more.filter(Boolean)].join(", ");
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
        onclick: () => go(data.id),
      },
      h("span", { class: "sign", "aria-hidden": "true" }, sign),
      h("span", { class: "label" }, name),
    ),
  );
}
