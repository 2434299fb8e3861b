// What Discord's client makes of the marks in a text: bold, lists, quotes, mentions, escapes.
//
// Not all of Discord's markdown: what Renkei writes, and what people could write to deceive its
// readers. Makes nodes, never markup text.

import { h } from "./element.js";

/** Nodes for a text of several lines. `names` says what ids are called. */
export function blocks(text, names) {
  const lines = text.split("\n");
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const rule = RULES.find((rule) => rule.starts.test(lines[at]));
    if (!rule) {
      const start = at;
      while (at < lines.length && !RULES.some((rule) => rule.starts.test(lines[at]))) at += 1;
      nodes.push(h("p", {}, inline(lines.slice(start, at).join("\n"), names)));
      continue;
    }
    const start = at;
    at += 1;
    while (rule.many && at < lines.length && rule.starts.test(lines[at])) at += 1;
    const inner = lines.slice(start, at).map((line) => line.replace(rule.starts, ""));
    nodes.push(rule.make(inner, names, lines[start]));
  }
  return nodes;
}

// Discord knows these only at the start of a line, which is why an escaped mark never matches.
const RULES = [
  { starts: /^> /, many: true, make: (lines, names) => h("blockquote", {}, blocks(lines.join("\n"), names)) },
  { starts: /^\s*[-*] (?=\S)/, many: true, make: (lines, names) => h("ul", {}, items(lines, names)) },
  {
    starts: /^\s*\d{1,9}\. (?=\S)/,
    many: true,
    make: (lines, names, first) => h("ol", { start: Number.parseInt(first, 10) }, items(lines, names)),
  },
  { starts: /^-# (?=\S)/, many: false, make: (lines, names) => h("p", { class: "small" }, inline(lines[0], names)) },
  { starts: /^#{1,3} (?=\S)/, many: false, make: (lines, names) => h("p", { class: "heading" }, inline(lines[0], names)) },
];

function items(lines, names) {
  return lines.map((line) => h("li", {}, inline(line, names)));
}

// The first that matches where the reader stands. `within` is read again for marks inside.
const MARKS = [
  { at: /^\\([^0-9A-Za-z\s])/, make: (found) => found[1] },
  { at: /^``([^]+?)``(?!`)|^`([^`]+)`/, make: (found) => h("code", {}, (found[1] ?? found[2]).trim()) },
  { at: /^\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/, within: (found, inner) => h("strong", {}, inner) },
  { at: /^__((?:\\[^]|[^\\])+?)__(?!_)/, within: (found, inner) => h("u", {}, inner) },
  { at: /^\*(?=\S)((?:\\[^]|[^\\*])+?)\*(?!\*)/, within: (found, inner) => h("em", {}, inner) },
  { at: /^_((?:\\[^]|[^\\_])+?)_(?![0-9A-Za-z_])/, within: (found, inner) => h("em", {}, inner) },
  { at: /^~~((?:\\[^]|[^\\])+?)~~/, within: (found, inner) => h("s", {}, inner) },
  { at: /^<@!?(\d{1,20})>/, make: (found, names) => mention("@", names?.users?.[found[1]] ?? "不明なユーザー", names) },
  { at: /^<@&(\d{1,20})>/, make: (found, names) => mention("@", names?.roles?.[found[1]] ?? "削除された役割", names) },
  { at: /^<#(\d{1,20})>/, make: (found, names) => mention("#", names?.channels?.[found[1]] ?? "アクセスできません", names) },
  { at: /^<\/([^:<>]{1,100}):\d{1,20}>/, make: (found) => mention("/", found[1], {}) },
  { at: /^<t:(-?\d{1,11})(?::[a-zA-Z])?>/, make: (found) => moment(Number(found[1])) },
  { at: /^\[((?:\\[^]|[^\]\\])+)\]\((https?:\/\/[^\s)]+)\)/, make: (found) => link(found[2], found[1]) },
  { at: /^<(https?:\/\/[^\s>]+)>/, make: (found) => link(found[1], found[1]) },
  { at: /^https?:\/\/[^\s<>「」（）、。]+/, make: (found) => link(found[0], found[0]) },
];

/** Nodes for a text without lists and quotes. Without `names`, mentions stay as they are written. */
export function inline(text, names) {
  const nodes = [];
  let plain = "";
  let rest = text;
  while (rest) {
    const found = firstMark(rest, names);
    if (!found) {
      const next = String.fromCodePoint(rest.codePointAt(0));
      plain += next;
      rest = rest.slice(next.length);
      continue;
    }
    if (plain) nodes.push(plain);
    plain = "";
    nodes.push(found.node);
    rest = rest.slice(found.length);
  }
  if (plain) nodes.push(plain);
  return nodes;
}

function firstMark(text, names) {
  if (!"\\`*_~<[h".includes(text[0])) return null;
  for (const mark of MARKS) {
    const found = mark.at.exec(text);
    if (!found) continue;
    const node = mark.within ? mark.within(found, inline(found[1], names)) : mark.make(found, names);
    if (node === null) continue;
    return { node, length: found[0].length };
  }
  return null;
}

function mention(sign, name, names) {
  // Titles show mentions as they are written; Discord resolves none there.
  return names ? h("span", { class: "mention" }, sign, name) : null;
}

function link(target, words) {
  return h("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, words);
}

function moment(seconds) {
  const at = new Date(seconds * 1000);
  const shown = new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", dateStyle: "medium", timeStyle: "short" });
  return Number.isNaN(at.valueOf()) ? null : h("time", { datetime: at.toISOString() }, shown.format(at));
}
