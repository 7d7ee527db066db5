// Ctrl+K or Cmd+K: to any channel, the app, or into anybody's shoes, by typing.

import { avatar } from "../kit/avatars.js";
import { freshId, h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { sign } from "./sidebar.js";
import { acting, hasNews, waits } from "./unread.js";

const SHOWN = 12;

export function switcherOn(page) {
  const listId = freshId("jump");
  let matches = [];
  let active = 0;
  const list = h("ul", { class: "options", role: "listbox", id: listId, "aria-label": "Channels and people" });
  const field = h("input", {
    type: "text",
    role: "combobox",
    placeholder: "Where to, or who?",
    autocomplete: "off",
    "aria-label": "Jump to a channel or a person",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    "aria-controls": listId,
    oninput: () => ((active = 0), draw()),
    onkeydown: (event) => key(event),
  });
  const dialog = h(
    "dialog",
    { class: "switcher", "aria-label": "Jump to", onclick: (event) => event.target === dialog && dialog.close() },
    h("div", { class: "switcher-top" }, icon("search", 18), field),
    list,
    h("p", { class: "switcher-foot", "aria-hidden": "true" }, h("kbd", {}, "↑"), h("kbd", {}, "↓"), " to choose ", h("kbd", {}, "Enter"), " to go ", h("kbd", {}, "Esc"), " to leave"),
  );
  document.body.append(dialog);

  function all() {
    const seen = page.seen();
    const channels = seen.channels.map((one) => ({
      label: one.name,
      face: icon(sign(one), 18),
      detail: [one.private && "private", one.archived && "archived"].filter(Boolean).join(", "),
      news: hasNews(seen.me, one.id, one.latest),
      rank: one.archived ? 3 : 0,
      go: () => page.go(one.id),
    }));
    const app = { label: seen.app.name, face: avatar(page.person(seen.app.id), "small"), detail: "app", news: hasNews(seen.me, seen.dm.id, seen.dm.latest), rank: 1, go: () => page.go(seen.dm.id) };
    const people = acting(seen)
      .filter((one) => one.id !== seen.me)
      .map((one) => ({ label: one.name, face: avatar(one, "small"), detail: [one.title, "see as"].filter(Boolean).join(" · "), news: waits(one), rank: 2, go: () => page.as(one.id) }));
    return [...channels, app, ...people];
  }

  function draw() {
    const wanted = field.value.trim().toLowerCase().replace(/^[#@]/, "");
    matches = all()
      .map((one) => ({ ...one, place: placeIn(one, wanted) }))
      .filter((one) => one.place >= 0)
      .toSorted((one, other) => one.place - other.place || Number(other.news) - Number(one.news) || one.rank - other.rank || one.label.localeCompare(other.label))
      .slice(0, SHOWN);
    list.replaceChildren(...(matches.length ? matches.map(row) : [h("li", { class: "none" }, "Nobody and nothing by that name")]));
    mark();
  }

  function row(one, index) {
    const take = (event) => {
      event.preventDefault();
      choose(one);
    };
    return h(
      "li",
      { role: "option", id: `${listId}-${index}`, class: one.news ? "news" : "", onclick: take },
      h("span", { class: "sign" }, one.face),
      h("span", { class: "words" }, one.label),
      one.news ? h("span", { class: "tag" }, "new") : null,
      one.detail ? h("small", {}, one.detail) : null,
    );
  }

  function mark() {
    list.querySelectorAll('[role="option"]').forEach((child, index) => {
      child.setAttribute("aria-selected", String(index === active));
      if (index === active) child.scrollIntoView({ block: "nearest" });
    });
    if (matches.length) field.setAttribute("aria-activedescendant", `${listId}-${active}`);
    else field.removeAttribute("aria-activedescendant");
  }

  function key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + matches.length) % Math.max(matches.length, 1);
      mark();
    } else if (event.key === "Enter" && matches[active]) {
      event.preventDefault();
      choose(matches[active]);
    }
  }

  function choose(one) {
    dialog.close();
    one.go();
  }

  return () => {
    if (dialog.open || document.querySelector("dialog[open]")) return;
    field.value = "";
    active = 0;
    draw();
    dialog.showModal();
    field.focus();
  };
}

/** 0 when it begins like that, 1 when one of its words does, 2 when it is inside; -1 when not. */
function placeIn(one, wanted) {
  const label = one.label.toLowerCase();
  if (label.startsWith(wanted)) return 0;
  if (label.split(/[\s.-]+/).some((word) => word.startsWith(wanted))) return 1;
  return `${label} ${one.detail}`.toLowerCase().includes(wanted) ? 2 : -1;
}
