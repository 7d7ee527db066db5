// The app's own pages: Home as the app made it, and what it is.

import { blocks } from "../blocks/blocks.js";
import { rawOf } from "../blocks/elements.js";
import { avatar } from "../kit/avatars.js";
import { h, part, reconcile } from "../kit/dom.js";

export function showHome(seen, page) {
  const use = {
    names: page.names,
    options: page.options,
    zone: page.zone,
    today: page.today,
    value: (block, item) => rawOf(page.seen().home?.values[block.block_id]?.[item.action_id]),
    note: () => {},
    act: (block, item, raw) => page.act({ view: page.seen().home.id }, block, item, raw),
  };
  const rows = seen.home
    ? seen.home.blocks.map((block) => ({ key: block.block_id, data: { block, names: seen.people.map((one) => one.name), zone: page.zone() } }))
    : [{ key: "none", data: { none: true } }];
  reconcile(part("home"), rows, ({ data }) =>
    data.none
      ? h("p", { class: "empty" }, `${seen.app.name} has not made a Home for you yet.`)
      : h("div", { class: `home-block of-${data.block.type}` }, blocks([data.block], use)),
  );
}

export function showAbout(seen, page) {
  const row = { key: "about", data: [seen.app, seen.commands] };
  reconcile(part("about"), [row], () =>
    h(
      "div",
      { class: "about" },
      h("div", { class: "about-top" }, avatar(page.person(seen.app.id), "huge"), h("div", {}, h("h3", {}, seen.app.name), h("p", {}, "The real bot; only the Slack around it is played."))),
      h("h4", {}, "In any channel"),
      h("p", {}, "Mention ", h("span", { class: "mention" }, `@${seen.app.name}`), " with a question; the answer comes in the thread. Or write here, under Messages."),
      h("h4", {}, "Slash commands"),
      h("ul", { class: "commands" }, seen.commands.map(command)),
    ),
  );
}

/** A command, and each of the words that its hint says may follow. */
function command({ name, hint, description }) {
  const follow = (hint ?? "").replace(/^\[|\]$/g, "").split(" | ").filter(Boolean);
  return h(
    "li",
    {},
    h("div", {}, h("code", {}, name), " ", description),
    follow.length > 1 ? h("p", { class: "follow" }, follow.map((word) => h("code", {}, word))) : null,
  );
}
