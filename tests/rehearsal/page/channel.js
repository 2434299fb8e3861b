// The channels a person sees, and the list of posts of a forum.

import { fill, h } from "./element.js";
import { EVENTS } from "./event.js";

const SIGNS = { text: "#", forum: "▤", voice: "♪", announcement: "◈", thread: "└", events: "▦" };
const KINDS = { text: "チャンネル", forum: "フォーラム", voice: "ボイスチャンネル", announcement: "お知らせ", thread: "スレッド", events: "イベント" };

/** The server's events, drawn among the channels. */
export const EVENT_PLACE = { id: EVENTS, name: "イベント", kind: "events", topic: "サーバーの全員に見えます", threads: [], writable: false };

/** Draws the list; channels with something new are marked. Above them stand the events, where there are any. */
export function drawChannels(nav, { events, categories }, chosen, fresh, choose) {
  const eventRow = (events.length > 0 || chosen === EVENTS) && h("section", {}, h("ul", {}, h("li", {}, entry({ ...EVENT_PLACE, name: `イベント（${events.length}件）` }, "events", chosen, fresh, choose))));
  if (categories.length === 0) {
    fill(nav, eventRow, h("p", { class: "empty" }, "見えるチャンネルはありません。"));
    return;
  }
  const sections = categories.map((category) =>
    h(
      "section",
      {},
      category.name && h("h2", {}, category.name),
      h("ul", {}, category.channels.map((channel) => row(channel, chosen, fresh, choose))),
    ),
  );
  fill(nav, eventRow, sections);
}

function row(channel, chosen, fresh, choose) {
  const threads = channel.threads.filter((thread) => !thread.archived || thread.id === chosen);
  return h(
    "li",
    {},
    entry(channel, channel.kind, chosen, fresh, choose),
    threads.length > 0 && h("ul", { class: "threads" }, threads.map((thread) => h("li", {}, entry(thread, "thread", chosen, fresh, choose)))),
  );
}

function entry(channel, kind, chosen, fresh, choose) {
  const isFresh = fresh.has(channel.id) && channel.id !== chosen;
  return h(
    "button",
    {
      class: isFresh ? "channel fresh" : "channel",
      type: "button",
      "aria-current": channel.id === chosen ? "page" : false,
      on: { click: () => choose(channel.id) },
    },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[kind] ?? "#"),
    h("span", { class: "channel-name" }, channel.name),
    isFresh && h("span", { class: "hidden" }, "（新しいメッセージ）"),
  );
}

/** Draws the heading of the chosen channel. */
export function drawPlace(header, channel, parent, choose) {
  if (!channel) {
    fill(header, h("h2", {}, "チャンネルを選んでください"));
    return;
  }
  fill(
    header,
    parent && h("button", { class: "plain back", type: "button", on: { click: () => choose(parent.id) } }, `← ${parent.name}`),
    h("h2", {}, h("span", { class: "sign", title: KINDS[channel.kind], "aria-hidden": "true" }, SIGNS[channel.kind] ?? "#"), channel.name),
    channel.topic && h("p", { class: "topic" }, channel.topic),
  );
}

/** Draws the posts of a forum, newest first. */
export function drawPosts(list, forum, choose) {
  if (forum.threads.length === 0) {
    fill(list, h("li", { class: "empty" }, "まだ投稿はありません。"));
    return;
  }
  fill(
    list,
    forum.threads.map((post) =>
      h(
        "li",
        {},
        h(
          "button",
          { class: "post", type: "button", on: { click: () => choose(post.id) } },
          post.tags.length > 0 && h("span", { class: "tags" }, post.tags.map((tag) => h("span", { class: "tag" }, tag))),
          h("span", { class: "post-title" }, post.name),
          h("span", { class: "post-more" }, post.archived ? "アーカイブ済み" : `返信 ${post.count}`),
        ),
      ),
    ),
  );
}
