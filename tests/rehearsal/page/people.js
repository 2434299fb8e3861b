// The people of the city: whose client this page shows.

import { fill, h } from "./element.js";

/** Draws the list; `choose` is told whom the reader wants to be. */
export function drawPeople(nav, groups, chosen, choose) {
  fill(
    nav,
    h("p", { class: "ask" }, "だれとして見るか"),
    groups.map((group) => h("section", {}, h("h2", {}, group.name), h("ul", {}, rows(group.people, chosen, choose)))),
  );
}

function rows(members, chosen, choose) {
  return members.map((person) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          class: "person",
          type: "button",
          "aria-current": person.id === chosen ? "true" : false,
          on: { click: () => choose(person.id) },
        },
        avatar(person),
        h("span", { class: "person-words" }, h("span", { class: "person-name" }, person.name), h("span", { class: "badge" }, person.capacity)),
      ),
    ),
  );
}

/** The round sign of an account: the first letter of its name on a colour of its own. */
export function avatar(person) {
  const sign = h("span", { class: person.bot ? "avatar bot" : "avatar", "aria-hidden": "true" }, initial(person.name));
  if (!person.bot) sign.style.setProperty("--hue", String(hue(person.id)));
  return sign;
}

/** Gives an element a colour of Discord's; without one it keeps the page's own. */
export function tint(element, color) {
  if (color) element.style.setProperty("--tint", `#${color.toString(16).padStart(6, "0")}`);
}

// Titles come first, as in 会長 有働; the name is what tells people apart.
function initial(name) {
  return [...name.split(" ").at(-1)][0] ?? "？";
}

// Ids of people who joined together lie close; the golden angle puts their colours apart.
function hue(id) {
  return Math.round((Number(BigInt(id) % 4093n) * 137.508) % 360);
}
