// A chosen command with its options, until it is sent.

import { fill, h } from "./element.js";
import { optionField } from "./option.js";

/**
 * The form of one command. `acts` has `slash`, `autocomplete` and `back`.
 * Required options stand there from the start; the others can be added.
 */
export function commandForm(command, names, acts) {
  const fields = new Map();
  const list = h("div", { class: "options" });
  const more = h("div", { class: "more" });
  const send = h("button", { class: "button primary", type: "submit" }, "送信");
  const form = h(
    "form",
    { class: "command", autocomplete: "off" },
    h("div", { class: "command-head" }, h("span", { class: "command-name" }, `/${command.display}`), h("span", { class: "command-words" }, command.description)),
    list,
    more,
    h("div", { class: "send" }, h("button", { class: "button secondary", type: "button", on: { click: acts.back } }, "やめる"), send),
  );

  const values = () => {
    const given = {};
    for (const [name, field] of fields) {
      const value = field.value();
      if (value !== undefined) given[name] = value;
    }
    return given;
  };

  const add = (option) => {
    const field = optionField(option, names, {
      autocomplete: (focused, typed) => acts.autocomplete(command.path, { ...values(), [focused]: typed }, focused),
      remove: option.required ? null : () => {
        fields.delete(option.name);
        field.element.remove();
        offer();
      },
    });
    fields.set(option.name, field);
    list.append(field.element);
    offer();
    return field;
  };

  const offer = () => {
    const left = command.options.filter((option) => !fields.has(option.name));
    fill(
      more,
      left.length > 0 && h("span", {}, "加えられる項目："),
      left.map((option) =>
        h("button", { class: "add", type: "button", title: option.description, on: { click: () => add(option).focus() } }, `＋ ${option.display}`),
      ),
    );
  };

  command.options.filter((option) => option.required).forEach(add);
  offer();

  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) acts.back();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = [...fields.values()].find((field) => !field.check());
    if (wrong) {
      wrong.focus();
      return;
    }
    send.classList.add("busy");
    send.disabled = true;
    const sent = await acts.slash(command.path, values());
    send.classList.remove("busy");
    send.disabled = false;
    if (sent) acts.back();
  });
  return { element: form, focus: () => (form.querySelector("input, select, textarea") ?? send).focus() };
}
