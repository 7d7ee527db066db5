// Who somebody is: role, local time, and a way to see the workspace with their eyes.

import { avatar } from "../kit/avatars.js";
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
    person.zone
      ? h("p", {}, icon("clock", 16), `${hourOf(page.now(), person.zone)} local time · ${placeOf(person.zone)}`)
      : null,
    h("p", {}, icon("mention", 16), person.handle),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "button primary", onclick: look(false) }, `See as ${person.name.split(" ")[0]}`),
      waits(person) ? h("button", { type: "button", class: "button", onclick: look(true) }, "Read the news") : null,
    ),
  ].filter(Boolean);
}
