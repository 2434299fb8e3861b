// The server's own list of events, which everybody in the server sees.

import { fill, h } from "./element.js";
import { blocks } from "./markdown.js";

/** What stands in the address where a channel would. */
export const EVENTS = "events";

const DAY = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { timeZone: "Asia/Tokyo", era: "long", year: "numeric", month: "long", day: "numeric", weekday: "short" });
const TIME = new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit" });

/** Draws the events, the next one first. */
export function drawEvents(list, events, names) {
  if (events.length === 0) {
    fill(list, h("li", { class: "empty" }, "イベントはありません。三次連携の場は、/拠点設定 設定 で session_event を tier3 にすると、ここに出ます。"));
    return;
  }
  fill(list, events.map((event) => h("li", {}, card(event, names))));
}

function card(event, names) {
  return h(
    "article",
    { class: "event" },
    h("p", { class: "event-when" }, h("time", { datetime: event.start }, when(event)), event.active && h("span", { class: "tag" }, "開催中")),
    h("h3", {}, event.name),
    h("p", { class: "event-where" }, event.location),
    event.description && h("div", { class: "words" }, blocks(event.description, names)),
  );
}

// An event that ends on another day says so; most end on the same.
function when(event) {
  const [start, end] = [new Date(event.start), new Date(event.end)];
  const until = DAY.format(start) === DAY.format(end) ? TIME.format(end) : `${DAY.format(end)} ${TIME.format(end)}`;
  return `${DAY.format(start)} ${TIME.format(start)}～${until}`;
}
