// The page: who one is, where one stands, and keeping what is shown true.

import { address, get, post } from "./api.js";
import { EVENT_PLACE, drawChannels, drawPlace, drawPosts } from "./channel.js";
import { startClock } from "./clock.js";
import { drawComposer } from "./composer.js";
import { byId, fill, h } from "./element.js";
import { EVENTS, drawEvents } from "./event.js";
import { drawMessages, wordsOf } from "./message.js";
import { openDialog, openModal } from "./modal.js";
import { drawPeople } from "./people.js";
import { openSeen } from "./seen.js";

const NO_NAMES = { users: {}, roles: {}, channels: {} };
/** Changes that come close together are drawn once, after this many milliseconds. */
const GATHER = 60;

const here = { groups: [], people: [], person: null, channel: null, events: [], categories: [], names: NO_NAMES, commands: [], fresh: new Set(), changes: null, turn: 0 };

start();

async function start() {
  try {
    const city = await get("/api/people");
    here.groups = city.groups;
    here.people = city.groups.flatMap((group) => group.people);
    fill(byId("city"), city.name);
    document.title = `連携 予行演習（${city.name}）`;
  } catch (error) {
    tell(error.message);
    return;
  }
  byId("menu").addEventListener("click", () => openDrawer(!byId("drawer").classList.contains("open")));
  byId("drawer").addEventListener("keydown", (event) => {
    if (event.key === "Escape") openDrawer(false);
  });
  byId("about").addEventListener("click", explain);
  byId("scroll").addEventListener("click", () => openDrawer(false));
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("hashchange", follow);
  await startClock(() => refresh());
  follow();
}

// The address says who and where, so that a reload and a bookmark come back to the same place.
function follow() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const person = here.people.find((one) => one.id === parts.get("person")) ?? here.people[0];
  enter(person.id, parts.get("channel"));
}

function go(person, channel) {
  const parts = new URLSearchParams({ person });
  if (channel) parts.set("channel", channel);
  const hash = `#${parts}`;
  if (location.hash === hash) follow();
  else location.hash = hash;
}

async function enter(person, channel) {
  const isOther = person !== here.person;
  here.turn += 1;
  const turn = here.turn;
  here.person = person;
  if (isOther) {
    here.fresh = new Set();
    byId("seen").hidden = true;
    listen();
  }
  fill(byId("me"), here.people.find((one) => one.id === person)?.name);
  drawPeople(byId("people"), here.groups, person, (id) => go(id, here.channel));
  tell("");
  if (!(await loadServer(turn))) return;
  const known = find(channel);
  here.channel = known ? known.channel.id : firstChannel();
  here.fresh.delete(here.channel);
  drawServer();
  await Promise.all([loadCommands(turn), loadMessages(turn, true)]);
}

function firstChannel() {
  const all = here.categories.flatMap((category) => category.channels);
  return (all.find((channel) => channel.kind === "text") ?? all[0])?.id ?? null;
}

function find(id) {
  if (id === EVENTS) return { channel: EVENT_PLACE, parent: null };
  for (const channel of here.categories.flatMap((category) => category.channels)) {
    if (channel.id === id) return { channel, parent: null };
    const thread = channel.threads.find((thread) => thread.id === id);
    if (thread) return { channel: { ...thread, kind: "thread", threads: [] }, parent: channel };
  }
  return null;
}

// Posts and events are drawn with the server itself; there are no messages between them.
function isList(place) {
  return place.channel.kind === "forum" || place.channel.kind === "events";
}

async function loadServer(turn) {
  try {
    const server = await get(address(here.person) + "/channels");
    if (turn !== here.turn) return false;
    here.events = server.events;
    here.categories = server.categories;
    here.names = server.names;
    return true;
  } catch (error) {
    tell(error.message);
    return false;
  }
}

function drawServer() {
  const place = find(here.channel);
  const choose = (id) => {
    openDrawer(false);
    go(here.person, id);
  };
  drawChannels(byId("channels"), here, here.channel, here.fresh, choose);
  drawPlace(byId("place"), place?.channel, place?.parent, choose);
  if (place?.channel.kind === "forum") drawPosts(byId("messages"), place.channel, choose);
  if (place?.channel.kind === "events") drawEvents(byId("messages"), here.events, here.names);
}

async function loadCommands(turn) {
  const place = find(here.channel);
  here.commands = [];
  try {
    if (place && !isList(place)) here.commands = (await get(address(here.person, here.channel, "commands"))).commands;
  } catch (error) {
    tell(error.message);
  }
  if (turn === here.turn) drawComposer(place?.channel ?? null, here.commands, here.names, composing());
}

async function loadMessages(turn, toEnd) {
  const place = find(here.channel);
  if (!place) {
    fill(byId("messages"), h("li", { class: "empty" }, "この人に見えるチャンネルはありません。"));
    return;
  }
  if (isList(place)) return;
  const scroll = byId("scroll");
  const wasAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  try {
    const { messages } = await get(address(here.person, here.channel, "messages"));
    if (turn !== here.turn) return;
    const menus = here.commands.filter((command) => command.kind === "message");
    drawMessages(byId("messages"), messages, here.names, menus, acts());
    if (toEnd || wasAtEnd) scroll.scrollTop = scroll.scrollHeight;
  } catch (error) {
    tell(error.message);
  }
}

async function refresh() {
  const turn = here.turn;
  if (!(await loadServer(turn))) return;
  drawServer();
  await loadMessages(turn, false);
}

// What happens meanwhile. A hidden page gives its connection back; browsers allow only a few.
function listen() {
  here.changes?.close();
  here.changes = null;
  if (document.hidden || !here.person) return;
  const changes = new EventSource(address(here.person) + "/events");
  let server = false;
  let messages = false;
  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = here.turn;
      const [wasServer, wasMessages] = [server, messages];
      server = false;
      messages = false;
      if (wasServer && (await loadServer(turn))) drawServer();
      if (wasMessages) await loadMessages(turn, false);
    }, GATHER);
  };
  changes.addEventListener("open", () => {
    server = true;
    messages = true;
    later();
  });
  changes.addEventListener("server", () => {
    server = true;
    later();
  });
  changes.addEventListener("messages", (event) => {
    if (event.data === here.channel) messages = true;
    else here.fresh.add(event.data);
    // A forum's list counts the replies of its posts, and the column marks what is new.
    server = true;
    later();
  });
  here.changes = changes;
}

function composing() {
  return {
    say: async (text) => Boolean(await act("say", { text })),
    slash: async (command, options) => Boolean(await act("slash", { command, options })),
    autocomplete: async (command, options, focused) => {
      try {
        return (await post(address(here.person, here.channel, "autocomplete"), { command, options, focused })).choices;
      } catch (error) {
        tell(error.message);
        return [];
      }
    },
  };
}

function acts() {
  return {
    press: (message, custom_id) => act("press", { message: message.id, custom_id }),
    select: (message, custom_id, values) => act("select", { message: message.id, custom_id, values }),
    menu: (message, command) => act("menu", { message: message.id, command: command.path }),
    dismiss: (message) => act("dismiss", { message: message.id }),
    seen: (message) => openSeen(wordsOf(message)),
  };
}

/** Does something in the channel; gives the outcome, or null after telling what went wrong. */
async function act(what, body) {
  tell("");
  const turn = here.turn;
  const [person, channel] = [here.person, here.channel];
  try {
    const outcome = await post(address(person, channel, what), body);
    if (outcome.kind === "failed") {
      tell(outcome.reason);
      return null;
    }
    if (outcome.kind === "modal") openModal(outcome.modal, (fields) => submit(person, channel, outcome.modal.id, fields));
    await loadMessages(turn, true);
    return outcome;
  } catch (error) {
    tell(error.message);
    return null;
  }
}

/** Sends a form of the bot; gives the words to show when it did not arrive. */
async function submit(person, channel, modal, fields) {
  try {
    const outcome = await post(address(person, channel, "submit"), { modal, fields });
    if (outcome.kind === "failed") return outcome.reason;
    await loadMessages(here.turn, true);
    return "";
  } catch (error) {
    return error.message;
  }
}

function tell(words) {
  fill(byId("notice"), words);
}

function openDrawer(open) {
  byId("drawer").classList.toggle("open", open);
  byId("menu").setAttribute("aria-expanded", String(open));
  if (open) byId("drawer").querySelector("[aria-current]")?.focus();
}

function explain() {
  const close = openDialog(
    "この画面について",
    "",
    h("p", {}, "本物の連携ボットを、このパソコンの中だけで動かしています。相手はインターネットの Discord ではなく、よく似せた代わりのものです。ここで書いたことは外へ出ず、終わると消えます。"),
    h(
      "ul",
      {},
      h("li", {}, "左の列で人を選ぶと、その人の画面になります。見えないチャンネルは並びません。"),
      h("li", {}, "下の欄に「/」と打つと、コマンドが選べます。まず「/課題 記録」をお試しください。"),
      h("li", {}, "メッセージの「⋯」から「課題として記録」が選べます。"),
      h("li", {}, "「だれに見えるか」で、そのことばがどの人に届いたかを確かめられます。"),
      h("li", {}, "人も街も架空です。実在の方のお名前や病状は書かないでください。"),
    ),
    h("div", { class: "send" }, h("button", { class: "button primary", type: "button", on: { click: () => close() } }, "閉じる")),
  );
}
