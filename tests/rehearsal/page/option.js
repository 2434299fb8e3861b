// One option of a command: the field that fits its type, its checks, its suggestions.

import { fill, freshId, h } from "./element.js";

const INTEGER = 4;
const BOOLEAN = 5;
const USER = 6;
const CHANNEL = 7;
const ROLE = 8;
const MENTIONABLE = 9;
const NUMBER = 10;
const ATTACHMENT = 11;
/** The wait after a key before suggestions are asked for, in milliseconds. */
const SUGGEST_WAIT = 200;
/** Longest text of an option, in UTF-16 units. */
const TEXT_MAX = 6000;
/** Largest file a person can attach, in bytes. */
const FILE_MAX = 10 * 1024 * 1024;

/** The row of an option: `value()`, `check()` (false and a note when it cannot be sent), `focus()`. */
export function optionField(option, names, acts) {
  const id = freshId();
  const wrong = h("p", { class: "wrong", role: "alert" });
  const field = fieldOf(option, names, id, acts);
  const element = h(
    "div",
    { class: "option" },
    h("label", { for: id }, option.display, option.required && h("span", { class: "needed" }, "必須")),
    h("div", { class: "value" }, field.element),
    acts.remove && h("button", { class: "remove", type: "button", title: "外す", on: { click: acts.remove } }, "✕", h("span", { class: "hidden" }, `${option.display}を外す`)),
    field.list,
    h("p", { class: "hint" }, option.description),
    wrong,
  );
  const check = () => {
    const note = complaint(option, field.value());
    fill(wrong, note);
    field.element.toggleAttribute("aria-invalid", Boolean(note));
    return !note;
  };
  return { element, value: field.value, check, focus: () => field.element.focus() };
}

function complaint(option, value) {
  if (value === undefined) return option.required ? "必須の項目です。" : "";
  if (option.kind === INTEGER && !Number.isInteger(value)) return "整数を入れてください。";
  if (option.kind === NUMBER && !Number.isFinite(value)) return "数を入れてください。";
  if (typeof value === "string" && value.length > TEXT_MAX) return `${TEXT_MAX} 文字までです（いま ${value.length} 文字）。`;
  return "";
}

function fieldOf(option, names, id, acts) {
  if (option.choices.length > 0) return choice(id, option, option.choices.map((one) => [one.value, one.display]));
  switch (option.kind) {
    case BOOLEAN: return choice(id, option, [[true, "はい"], [false, "いいえ"]]);
    case USER: return choice(id, option, people(names));
    case ROLE: return choice(id, option, roles(names));
    case MENTIONABLE: return choice(id, option, [...people(names), ...roles(names)]);
    case CHANNEL: return choice(id, option, channels(names));
    case ATTACHMENT: return attachment(id);
    default: return option.autocomplete ? suggested(id, option, acts) : written(id, option);
  }
}

function people(names) {
  return Object.entries(names.users).map(([value, name]) => [value, `@${name}`]);
}

function roles(names) {
  return Object.entries(names.roles).map(([value, role]) => [value, `@${role}`]);
}

function channels(names) {
  return Object.entries(names.channels).map(([value, name]) => [value, `#${name}`]);
}

function choice(id, option, pairs) {
  const element = h("select", { id }, h("option", { value: "" }, "選んでください"), pairs.map(([, shown], index) => h("option", { value: index }, shown)));
  // The value of an element is text; the choice itself may be a number or a truth value.
  return { element, value: () => (element.value === "" ? undefined : pairs[Number(element.value)][0]) };
}

function written(id, option) {
  const isNumber = option.kind === INTEGER || option.kind === NUMBER;
  const element = isNumber
    ? h("input", { id, inputmode: "decimal" })
    : h("textarea", { id, rows: 1 });
  element.addEventListener("input", () => {
    if (!isNumber) element.rows = Math.min(element.value.split("\n").length, 6);
  });
  return { element, value: () => read(option, element.value) };
}

function read(option, text) {
  if (text.trim() === "") return undefined;
  return option.kind === INTEGER || option.kind === NUMBER ? Number(text.normalize("NFKC")) : text;
}

function suggested(id, option, acts) {
  const listId = freshId();
  const list = h("div", { class: "choices", id: listId, role: "listbox", hidden: true });
  const element = h("input", { id, role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId });
  let choices = [];
  let chosen = -1;
  let picked;
  let waiting = 0;
  let asked = 0;

  const show = (open) => {
    list.hidden = !open;
    element.setAttribute("aria-expanded", String(open));
  };
  const draw = () => {
    fill(
      list,
      choices.length === 0 && h("p", { class: "empty" }, "候補はありません。"),
      choices.map((one, index) =>
        h("div", { role: "option", id: `${listId}-${index}`, "aria-selected": String(index === chosen), on: { mousedown: (event) => event.preventDefault(), click: () => pick(one) } }, one.name),
      ),
    );
    if (chosen >= 0) {
      element.setAttribute("aria-activedescendant", `${listId}-${chosen}`);
      list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    }
  };
  const pick = (one) => {
    picked = one;
    element.value = one.name;
    show(false);
  };
  const ask = async () => {
    asked += 1;
    const turn = asked;
    const found = await acts.autocomplete(option.name, element.value);
    // A slower, older answer must not replace a newer one.
    if (turn !== asked || document.activeElement !== element) return;
    choices = found;
    chosen = -1;
    draw();
    show(true);
  };
  element.addEventListener("focus", ask);
  element.addEventListener("blur", () => show(false));
  element.addEventListener("input", () => {
    picked = undefined;
    clearTimeout(waiting);
    waiting = setTimeout(ask, SUGGEST_WAIT);
  });
  element.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      chosen = (chosen + step + choices.length) % Math.max(choices.length, 1);
      draw();
    } else if (event.key === "Enter" && choices[chosen]) {
      event.preventDefault();
      pick(choices[chosen]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(false);
    }
  });
  return { element, list, value: () => (picked ? picked.value : read(option, element.value)) };
}

function attachment(id) {
  const element = h("input", { id, type: "file" });
  let content;
  element.addEventListener("change", async () => {
    const file = element.files[0];
    content = undefined;
    element.setCustomValidity(file && file.size > FILE_MAX ? "10MB までのファイルを選んでください。" : "");
    if (!file || !element.reportValidity()) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => { content = { name: file.name, bytes_base64: String(reader.result).split(",")[1] ?? "" }; });
    reader.readAsDataURL(file);
  });
  return { element, value: () => content };
}
