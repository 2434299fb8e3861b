// Messages as Discord shows them: author, words, embeds, files, and what can be done with each.

import { drawControls } from "./control.js";
import { fill, h } from "./element.js";
import { blocks, inline } from "./markdown.js";
import { avatar, tint } from "./people.js";

const DAY = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { timeZone: "Asia/Tokyo", era: "long", year: "numeric", month: "long", day: "numeric", weekday: "short" });
const TIME = new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit" });

/**
 * Draws the messages of a channel, oldest first.
 *
 * `acts` has what a reader can do: `press`, `select`, `menu`, `seen`, `dismiss`; `menus` names the
 * commands of the message menu.
 */
export function drawMessages(list, messages, names, menus, acts) {
  if (messages.length === 0) {
    fill(list, h("li", { class: "empty" }, "まだメッセージはありません。"));
    return;
  }
  let day = "";
  const rows = messages.flatMap((message) => {
    const written = DAY.format(new Date(message.at));
    const heading = written === day ? [] : [h("li", { class: "day", role: "separator" }, written)];
    day = written;
    return [...heading, row(message, names, menus, acts)];
  });
  fill(list, rows);
}

/** The words by which a message is looked for in what people got. */
export function wordsOf(message) {
  const embed = message.embeds.find((embed) => embed.description) ?? message.embeds[0];
  return embed?.description ?? (message.content || embed?.title || "");
}

function row(message, names, menus, acts) {
  const element = h(
    "li",
    { class: message.ephemeral ? "message own-answer" : "message", data: { id: message.id } },
    avatar(message.author),
    h(
      "div",
      { class: "message-body" },
      head(message),
      message.loading ? h("p", { class: "waiting" }, "考えています…") : body(message, names, acts),
      message.ephemeral && onlyYou(message, acts),
    ),
  );
  if (!message.loading) element.append(tools(message, menus, acts, element));
  return element;
}

function head(message) {
  return h(
    "div",
    { class: "message-head" },
    h("span", { class: "author" }, message.author.name),
    message.author.bot && h("span", { class: "bot-mark" }, "アプリ"),
    h("time", { class: "time", datetime: message.at }, TIME.format(new Date(message.at))),
    message.edited && h("span", { class: "edited" }, "（編集済み）"),
  );
}

function body(message, names, acts) {
  return [
    message.content && h("div", { class: "words" }, blocks(message.content, names)),
    message.embeds.map((embed) => frame(embed, names)),
    message.files.map(attached),
    drawControls(message, names, acts),
  ];
}

/** A picture as it is shown, with the words that stand for it; any other file by its name. */
function attached(file) {
  if (file.picture) {
    const picture = h("img", { class: "picture", src: file.address, alt: file.description ?? file.name });
    return h("a", { href: file.address, target: "_blank", rel: "noopener" }, picture);
  }
  return h(
    "a",
    { class: "file", href: file.address, download: file.name },
    h("span", { "aria-hidden": "true" }, "📎"),
    file.name,
  );
}

function frame(embed, names) {
  const element = h(
    "article",
    { class: "embed" },
    embed.author?.name && h("p", { class: "small" }, embed.author.name),
    embed.title && h("p", { class: "embed-title" }, inline(embed.title)),
    embed.description && h("div", { class: "words" }, blocks(embed.description, names)),
    embed.fields?.length > 0 &&
      h(
        "dl",
        { class: "fields" },
        embed.fields.map((field) =>
          h(
            "div",
            { class: field.inline ? "field inline" : "field" },
            h("dt", {}, inline(field.name)),
            h("dd", { class: "words" }, blocks(field.value, names)),
          ),
        ),
      ),
    embed.footer?.text && h("p", { class: "embed-foot" }, embed.footer.text),
  );
  tint(element, embed.color);
  return element;
}

function onlyYou(message, acts) {
  return h(
    "p",
    { class: "only-you" },
    h("span", {}, h("span", { "aria-hidden": "true" }, "👁 "), "あなただけに表示"),
    h("button", { class: "link", type: "button", on: { click: () => acts.dismiss(message) } }, "このメッセージを閉じる"),
  );
}

function tools(message, menus, acts, row) {
  const more = h("button", { class: "tool", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", title: "そのほか" }, "⋯", h("span", { class: "hidden" }, "そのほか"));
  const offered = message.ephemeral ? [] : menus;
  if (offered.length > 0) more.addEventListener("click", () => toggle(more, row, message, offered, acts));
  return h(
    "div",
    { class: "tools" },
    h("button", { class: "tool", type: "button", on: { click: () => acts.seen(message) } }, "だれに見えるか"),
    offered.length > 0 && more,
  );
}

function toggle(opener, row, message, menus, acts) {
  const old = row.querySelector(".popup");
  if (old) {
    old.remove();
    opener.setAttribute("aria-expanded", "false");
    return;
  }
  let isOpen = true;
  const close = () => {
    // Removing what has the focus moves the focus, which would close once more.
    if (!isOpen) return;
    isOpen = false;
    popup.remove();
    opener.setAttribute("aria-expanded", "false");
  };
  const choose = (command) => {
    close();
    acts.menu(message, command);
  };
  const popup = h(
    "div",
    { class: "popup", role: "menu", "aria-label": "アプリ" },
    h("h3", { role: "presentation" }, "アプリ"),
    menus.map((command) => h("button", { type: "button", role: "menuitem", on: { click: () => choose(command) } }, command.display)),
  );
  popup.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      opener.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const items = [...popup.querySelectorAll("button")];
      const step = event.key === "ArrowDown" ? 1 : -1;
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    }
  });
  popup.addEventListener("focusout", (event) => {
    if (!popup.contains(event.relatedTarget) && event.relatedTarget !== opener) close();
  });
  row.append(popup);
  opener.setAttribute("aria-expanded", "true");
  popup.querySelector("button").focus();
}
