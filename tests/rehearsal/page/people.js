// The people of the city: whose client this page shows.

import { fill, h } from "./element.js";

/** Draws the list; `choose` is told whom the reader wants to be. */
export function drawPeople(nav, groups, chosen, choose) {
  fill(
    nav,
    h("p", { class: "lead" }, "だれとして見るか"),
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

/** The round sign of an account: its first letter on a colour of its own. */
export function avatar(person) {
  const sign = h("span", { class: person.bot ? "avatar bot" : "avatar", "aria-hidden": "true" }, [...person.name][0] ?? "？");
  if (!person.bot) sign.style.setProperty("--hue", String(hue(person.id)));
  return sign;
}

/** Gives an element a colour of Discord's; without one it keeps the page's own. */
export function tint(element, color) {
  if (color) element.style.setProperty("--tint", `#${color.toString(16).padStart(6, "0")}`);
}

function hue(id) {
  let sum = 7;
  for (const digit of id) sum = (sum * 31 + digit.charCodeAt(0)) % 360;
  return sum;
}
