// The top of the conversation: where it is, what it is about, who is in it; for the app, its tabs.

import { avatar } from "../kit/avatars.js";
import { arrows, h, part } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { disclosure } from "../kit/popup.js";
import { hourOf } from "../kit/time.js";
import { sign } from "./sidebar.js";

export const TABS = ["home", "messages", "about"];

export function headingOn(page) {
  part("back").append(icon("back"));
  part("back").onclick = () => page.view("list");
  part("close-thread").append(icon("close"));
  arrows(part("tabs"), '[role="tab"]', { across: true, moved: (tab) => tab.click() });
  for (const tab of TABS) part(`tab-${tab}`).onclick = () => page.openTab(tab);
  return (seen, tab) => {
    const channel = seen.channels.find((one) => one.id === seen.at);
    const name = channel?.name ?? seen.app.name;
    redraw(part("place"), [seen.at, name, channel?.private], () => [
      h("span", { class: "sign", "aria-hidden": "true" }, channel ? icon(sign(channel), 18) : avatar(page.person(seen.app.id), "small")),
      h("span", {}, name),
      channel ? null : h("span", { class: "badge" }, "APP"),
    ]);
    part("topic").textContent = channel ? (channel.topic ?? "") : "Answers in plain words, here and in every channel";
    part("thread-place").textContent = channel ? `#${name}` : name;
    facts(channel);
    redraw(part("members"), [channel?.member_ids, channel?.members, seen.at], () => (channel ? [members(channel, page)] : []));
    tabs(!channel, tab);
  };
}

/** Draws the children of an element anew, but only when what they show has changed. */
function redraw(element, data, draw) {
  const signature = JSON.stringify(data);
  if (element.signature === signature) return;
  element.signature = signature;
  element.replaceChildren(...draw().filter(Boolean));
}

function facts(channel) {
  const words = channel ? [channel.private && "Private", channel.shared && "Shared with another company", channel.archived && "Archived"] : [];
  part("facts").textContent = words.filter(Boolean).join(" · ");
}

function members(channel, page) {
  const count = channel.members;
  const all = (channel.member_ids ?? []).map(page.person);
  const faces = all.filter((one) => !one.bot).slice(0, 3).map((one) => avatar(one, "small"));
  const words = `${count} members`;
  if (!all.length) return h("small", { class: "count" }, icon("people", 16), words);
  const button = h("button", { type: "button", class: "members", "aria-label": words, "aria-haspopup": "dialog" }, faces, h("span", {}, String(count)));
  const panel = h("div", { class: "member-list", role: "dialog", "aria-label": "Members", tabIndex: 0 });
  const shown = disclosure(button, panel, {
    end: true,
    opened() {
      panel.replaceChildren(h("h3", {}, words), h("ul", {}, all.map((one) => member(one, page))));
      shown.place();
      panel.focus();
    },
  });
  return h("span", {}, button, panel);
}

function member(person, page) {
  const time = person.zone ? `${hourOf(page.now(), person.zone)} local time` : "";
  const words = person.bot ? "App" : [person.title, time].filter(Boolean).join(" · ");
  return h("li", {}, avatar(person, "medium"), h("span", {}, h("strong", {}, person.name), h("small", {}, words)));
}

function tabs(visible, current) {
  part("tabs").hidden = !visible;
  for (const tab of TABS) {
    part(`tab-${tab}`).setAttribute("aria-selected", String(tab === current));
    part(`tab-${tab}`).tabIndex = tab === current ? 0 : -1;
  }
}
