// Who somebody is: role, local time, and a way to see the workspace with their eyes.

import { avatar } from "../kit/avatars.js";
import { confirmed } from "../kit/dialogs.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { disclosure } from "../kit/popup.js";
import { hourOf, placeOf } from "../kit/time.js";
import { waits } from "./unread.js";

/** The panel that a person's button opens. */
export function card(button, person, page) {
  const panel = h("div", { class: "profile", role: "dialog", "aria-label": "Profile" });
  const shown = disclosure(button, panel, {
    opened() {
      panel.replaceChildren(...content(person, page, shown));
      shown.place();
      panel.querySelector("button").focus();
    },
  });
  return panel;
}

function content(person, page, shown) {
  const look = (news) => () => {
    shown.close();
    page.as(person.id, news);
  };
  return [
    h("div", { class: "profile-top" }, avatar(person, "huge"), h("span", {}, h("strong", {}, person.name), h("small", {}, person.title))),
    person.deleted ? h("p", {}, icon("close", 16), "This account was deactivated.") : null,
    person.zone && !person.deleted
      ? h("p", {}, icon("clock", 16), `${hourOf(page.now(), person.zone)} local time · ${placeOf(person.zone)}`)
      : null,
    h("p", {}, icon("mention", 16), person.handle),
    h(
      "div",
      { class: "row" },
      person.deleted ? null : h("button", { type: "button", class: "button primary", onclick: look(false) }, `See as ${person.name.split(" ")[0]}`),
      waits(person) && !person.deleted ? h("button", { type: "button", class: "button", onclick: look(true) }, "Read the news") : null,
      page.person(page.me()).admin ? account(person, page, shown) : null,
    ),
  ].filter(Boolean);
}

/** What an admin can do with somebody's account, to see what Charter makes of it. */
function account(person, page, shown) {
  const change = async () => {
    shown.close();
    if (person.deleted || (await confirmed(leaving(person), (text) => text.text)))
      page.send("deactivate", { person: person.id, back: person.deleted });
  };
  return h("button", { type: "button", class: "button", onclick: change }, person.deleted ? "Reactivate" : "Deactivate");
}

const leaving = ({ name }) => ({
  title: { text: `Deactivate ${name}?` },
  text: { text: "Every letter of theirs becomes a vacant seat, and whoever looks after the seats is told. Reactivating them gives nothing back by itself." },
  confirm: { text: "Deactivate" },
  deny: { text: "Keep them" },
  style: "danger",
});
