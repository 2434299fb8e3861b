// Buttons and selects below a message.

import { h } from "./element.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };
const ROW = 1;
const BUTTON = 2;
const LINK = 5;
const STRING = 3;
const USER = 5;
const ROLE = 6;
const MENTIONABLE = 7;
const CHANNEL = 8;

/** The rows of controls of a message. */
export function drawControls(message, names, acts) {
  return message.components
    .filter((component) => component.type === ROW)
    .map((component) => h("div", { class: "controls" }, component.components.map((control) => draw(control, message, names, acts))));
}

function draw(control, message, names, acts) {
  if (control.type === BUTTON) return button(control, message, acts);
  const choices = choicesOf(control, names);
  return choices ? select(control, choices, message, acts) : null;
}

function button(control, message, acts) {
  const words = [control.emoji?.name, control.label].filter(Boolean).join(" ");
  if (control.style === LINK) {
    const safe = /^https?:\/\//.test(control.url ?? "");
    return h("a", { class: "button secondary", href: safe ? control.url : false, target: "_blank", rel: "noopener noreferrer" }, words);
  }
  const element = h("button", { class: `button ${STYLES[control.style] ?? "secondary"}`, type: "button", disabled: control.disabled }, words);
  element.addEventListener("click", () => busy(element, () => acts.press(message, control.custom_id)));
  return element;
}

async function busy(element, act) {
  element.classList.add("busy");
  element.disabled = true;
  try {
    await act();
  } finally {
    element.classList.remove("busy");
    element.disabled = false;
  }
}

function choicesOf(control, names) {
  const users = () => Object.entries(names.users).map(([value, label]) => ({ value, label: `@${label}` }));
  const roles = () => Object.entries(names.roles).map(([value, role]) => ({ value, label: `@${role}` }));
  const channels = () => Object.entries(names.channels).map(([value, label]) => ({ value, label: `#${label}` }));
  switch (control.type) {
    case STRING: return control.options;
    case USER: return users();
    case ROLE: return roles();
    case MENTIONABLE: return [...users(), ...roles()];
    case CHANNEL: return channels();
    default: return null;
  }
}

function select(control, choices, message, acts) {
  const most = control.max_values ?? 1;
  const label = control.placeholder || "選んでください";
  const element = h(
    "select",
    { "aria-label": label, disabled: control.disabled, multiple: most > 1, size: most > 1 ? Math.min(choices.length, 6) : false },
    most === 1 && h("option", { value: "", selected: !choices.some((choice) => choice.default) }, label),
    choices.map((choice) => h("option", { value: choice.value, selected: choice.default, title: choice.description || false }, choice.label)),
  );
  const send = () => {
    const values = [...element.selectedOptions].map((option) => option.value).filter(Boolean);
    if (values.length < (control.min_values ?? 1) || values.length > most) return undefined;
    return busy(element, () => acts.select(message, control.custom_id, values));
  };
  if (most === 1) {
    element.addEventListener("change", send);
    return element;
  }
  return [element, h("button", { class: "button secondary", type: "button", on: { click: send } }, "決定")];
}
