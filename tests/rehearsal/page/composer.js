// The line at the bottom: plain words, or "/" and the list of commands.

import { commandForm } from "./command.js";
import { byId, fill, freshId, h } from "./element.js";

/**
 * Draws the composer of a channel. `acts` has `say(text)`, `slash(command, options)` and
 * `autocomplete(command, options, focused)`; `channel` is null where nothing can be written.
 */
export function drawComposer(channel, commands, names, acts) {
  const box = byId("composer");
  if (!channel) {
    fill(box);
    return;
  }
  if (channel.kind === "events") {
    fill(box, h("p", { class: "shut" }, "イベントは、連携の場の予定に合わせて変わります。"));
    return;
  }
  if (channel.kind === "forum") {
    fill(box, h("p", { class: "shut" }, "ここには投稿が並びます。投稿を開くと、書きこみやコマンドが使えます。"));
    return;
  }
  const rows = commands.filter((command) => command.kind === "slash");
  const back = () => {
    drawComposer(channel, commands, names, acts);
    byId("composer-text")?.focus();
  };
  const open = (command) => {
    const form = commandForm(command, names, { ...acts, back });
    fill(box, form.element);
    form.focus();
  };
  fill(box, line(channel, rows, open, acts));
}

function line(channel, rows, open, acts) {
  const listId = freshId();
  const picker = h("div", { class: "picker", id: listId, role: "listbox", "aria-label": "コマンド", hidden: true });
  const place = channel.kind === "thread" ? "この投稿" : `#${channel.name} `;
  const hint = channel.writable ? `${place}へ書く　（「/」でコマンド）` : "ここには書きこめません　（「/」でコマンド）";
  const text = h("textarea", {
    id: "composer-text",
    rows: 1,
    maxlength: 2000,
    placeholder: hint,
    "aria-label": hint,
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
  });
  const send = h("button", { class: "button primary", type: "submit" }, "送信");
  let shown = [];
  let chosen = 0;

  const draw = () => {
    const typed = text.value;
    shown = typed.startsWith("/") && !typed.includes("\n") ? rows.filter((row) => fits(row, typed)) : [];
    chosen = Math.min(chosen, Math.max(shown.length - 1, 0));
    const isOpen = typed.startsWith("/") && !typed.includes("\n");
    picker.hidden = !isOpen;
    text.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    fill(
      picker,
      h("h3", { role: "presentation" }, "連携"),
      shown.length === 0 && h("p", { class: "empty" }, "当てはまるコマンドはありません。"),
      shown.map((row, index) =>
        h(
          "div",
          { role: "option", id: `${listId}-${index}`, "aria-selected": String(index === chosen), on: { mousedown: (event) => event.preventDefault(), click: () => open(row) } },
          h("span", { class: "command-name" }, `/${row.display}`),
          h("span", { class: "command-words" }, row.description),
        ),
      ),
    );
    if (shown.length > 0) {
      text.setAttribute("aria-activedescendant", `${listId}-${chosen}`);
      picker.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    }
  };

  text.addEventListener("input", () => {
    chosen = 0;
    text.rows = Math.min(text.value.split("\n").length, 8);
    draw();
  });
  text.addEventListener("blur", () => { picker.hidden = true; });
  text.addEventListener("focus", draw);
  text.addEventListener("keydown", (event) => {
    // Enter also ends a conversion of kana; that must neither send nor choose.
    if (event.isComposing) return;
    if (!picker.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      chosen = (chosen + step + shown.length) % Math.max(shown.length, 1);
      draw();
    } else if (!picker.hidden && event.key === "Escape") {
      picker.hidden = true;
    } else if (!picker.hidden && (event.key === "Tab" || event.key === "Enter") && shown[chosen]) {
      event.preventDefault();
      open(shown[chosen]);
    } else if (event.key === "Enter" && !event.shiftKey && matchMedia("(hover: hover)").matches) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  const form = h("form", { class: "line", autocomplete: "off" }, text, send);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (words.startsWith("/")) {
      if (shown[chosen]) open(shown[chosen]);
      return;
    }
    if (!words) return;
    send.disabled = true;
    if (await acts.say(words)) {
      text.value = "";
      text.rows = 1;
    }
    send.disabled = false;
    text.focus();
  });
  return [picker, form];
}

function fits(row, typed) {
  const wanted = typed.slice(1).trim().toLowerCase();
  const places = [row.display, row.path].map((words) => words.toLowerCase());
  return places.some((words) => wanted.split(/\s+/).every((word) => words.includes(word)));
}
