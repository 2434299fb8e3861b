// Dialogs: the forms the bot opens, and the page's own.

import { byId, fill, freshId, h } from "./element.js";

/** Opens the page's dialog with these children; gives a function that closes it. */
export function openDialog(title, lead, ...children) {
  const dialog = byId("dialog");
  const titleId = freshId();
  fill(dialog, h("h2", { id: titleId }, title), lead && h("p", { class: "lead" }, lead), children);
  dialog.setAttribute("aria-labelledby", titleId);
  if (!dialog.open) dialog.showModal();
  return () => dialog.close();
}

/** Opens a form of the bot; `submit(fields)` sends it and is true when it arrived. */
export function openModal(modal, submit) {
  const fields = modal.fields.map(entry);
  const send = h("button", { class: "button primary", type: "submit" }, "送信");
  const wrong = h("p", { class: "wrong", role: "alert" });
  const form = h(
    "form",
    { autocomplete: "off" },
    fields.map((field) => field.element),
    wrong,
    h("div", { class: "send" }, h("button", { class: "button secondary", type: "button", on: { click: () => close() } }, "キャンセル"), send),
  );
  const close = openDialog(modal.title, "連携（アプリ）の入力欄です。", form);
  fields[0]?.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const bad = fields.find((field) => !field.check());
    if (bad) {
      bad.focus();
      return;
    }
    send.classList.add("busy");
    send.disabled = true;
    const note = await submit(Object.fromEntries(fields.map((field) => [field.id, field.value()])));
    send.classList.remove("busy");
    send.disabled = false;
    if (note) fill(wrong, note);
    else close();
  });
}

function entry(asked) {
  const id = freshId();
  const noteId = freshId();
  const { min_length: least, max_length: most, required: needed } = asked;
  const shape = { id, placeholder: asked.placeholder || false, maxlength: most, "aria-describedby": noteId };
  const field = asked.long ? h("textarea", shape) : h("input", shape);
  field.value = asked.value ?? "";
  const count = h("span", { class: "count", "aria-hidden": "true" });
  const wrong = h("p", { class: "wrong", id: noteId });
  const draw = () => fill(count, `${field.value.length} / ${most}`);
  field.addEventListener("input", draw);
  draw();
  const check = () => {
    const length = field.value.length;
    const isEmpty = field.value.trim() === "";
    const note = isEmpty ? (needed ? "入力してください。" : "") : length < least ? `${least} 文字以上にしてください。` : length > most ? `${most} 文字までです。` : "";
    fill(wrong, note);
    field.toggleAttribute("aria-invalid", Boolean(note));
    return !note;
  };
  const element = h(
    "div",
    { class: "entry" },
    h("label", { for: id }, asked.label, needed && h("span", { class: "needed" }, "必須")),
    field,
    count,
    wrong,
  );
  return { id: asked.id, element, check, value: () => field.value, focus: () => field.focus() };
}
