// "だれに見えるか": who has got a text, asked from what each person's client was really sent.

import { get } from "./api.js";
import { byId, fill, h } from "./element.js";
import { avatar } from "./people.js";

/** The wait after a key before asking, in milliseconds. */
const ASK_WAIT = 250;

/** Opens the panel for a text. */
export function openSeen(text) {
  const panel = byId("seen");
  const result = h("div", { "aria-live": "polite" });
  const field = h("textarea", { "aria-label": "調べることば" });
  field.value = text;
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(field.value, result), ASK_WAIT);
  });
  const close = () => {
    panel.hidden = true;
    fill(panel);
    byId("composer-text")?.focus();
  };
  panel.onkeydown = (event) => {
    if (event.key === "Escape") close();
  };
  const shut = h("button", { class: "plain", type: "button", on: { click: close } }, "閉じる");
  fill(
    panel,
    h("header", {}, h("h2", {}, "だれに見えるか"), shut),
    h("p", { class: "explain" }, "このことばが、どの人の画面に一度でも届いたかを調べます。決まりからの推測ではなく、実際に送られた内容の記録です。"),
    field,
    result,
  );
  panel.hidden = false;
  shut.focus();
  ask(text, result);
}

async function ask(text, result) {
  if (!text.trim()) {
    fill(result, h("p", { class: "explain" }, "ことばを入れてください。"));
    return;
  }
  let found;
  try {
    found = await get(`/api/seen?text=${encodeURIComponent(text)}`);
  } catch (error) {
    fill(result, h("p", { class: "wrong", role: "alert" }, error.message));
    return;
  }
  const groups = (seen) =>
    found.groups
      .map((group) => ({ name: group.name, people: group.people.filter((person) => person.seen === seen) }))
      .filter((group) => group.people.length > 0);
  fill(result, part("届いた人", "✓", groups(true), ""), part("届いていない人", "—", groups(false), "not"));
}

function part(title, mark, groups, kind) {
  const count = groups.reduce((sum, group) => sum + group.people.length, 0);
  return h(
    "section",
    { class: kind || false },
    h("h3", {}, `${title}（${count}人）`),
    groups.map((group) => [h("h4", {}, group.name), h("ul", {}, group.people.map((person) => row(person, mark)))]),
  );
}

function row(person, mark) {
  return h(
    "li",
    {},
    h("span", { class: "mark", "aria-hidden": "true" }, mark),
    avatar(person),
    h("span", { class: "who" }, person.name, h("span", { class: "badge" }, person.capacity)),
  );
}
