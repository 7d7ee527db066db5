// Slack's mrkdwn as elements: styles, links, mentions, dates, quotes and code.

import { h } from "../kit/dom.js";
import { agoOf, dateIn, format as formatted } from "../kit/time.js";
import { emoji } from "./emoji.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;

/** The entities that Slack escapes, read back. */
export function plain(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A text in mrkdwn, as a list of nodes. `names` knows people, channels and groups. */
export function mrkdwn(text, names) {
  const nodes = [];
  text.split("```").forEach((part, index, parts) => {
    if (index % 2 === 1 && index < parts.length - 1) {
      nodes.push(h("pre", {}, h("code", {}, plain(part.replace(/^\n|\n$/g, "")))));
    } else {
      nodes.push(...lines(index % 2 === 1 ? "```" + part : part, names));
    }
  });
  return nodes;
}

function lines(text, names) {
  const nodes = [];
  let quote = null;
  text.split("\n").forEach((line, index) => {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (quote) quote.append(h("br"));
      else nodes.push((quote = h("blockquote")));
      quote.append(...inline(quoted[1], names));
      return;
    }
    if (index > 0 && !quote) nodes.push(h("br"));
    quote = null;
    nodes.push(...inline(line, names));
  });
  return nodes;
}

/** One line without quotes or blocks of code. */
export function inline(text, names) {
  const nodes = [];
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const found = special(text, at, names);
    if (found) {
      if (at > plainFrom) nodes.push(plain(text.slice(plainFrom, at)));
      nodes.push(found.node);
      at = plainFrom = found.end;
    } else {
      at += 1;
    }
  }
  if (at > plainFrom) nodes.push(plain(text.slice(plainFrom)));
  return nodes;
}

function special(text, at, names) {
  const rest = text.slice(at);
  const encoded = rest.match(/^<([^<>]+)>/);
  if (encoded) return { node: reference(encoded[1], names), end: at + encoded[0].length };
  const code = rest.match(/^`([^`]+)`/);
  if (code) return { node: h("code", {}, plain(code[1])), end: at + code[0].length };
  const named = rest.match(/^:([a-z0-9_+-]+):/);
  if (named) return { node: emoji(named[1]), end: at + named[0].length };
  return STYLES[text[at]] ? styled(text, at, names) : null;
}

/** `*bold*` and its like: the marks stand at the edges of words. */
function styled(text, at, names) {
  const mark = text[at];
  if (at > 0 && WORD.test(text[at - 1])) return null;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    const inner = text.slice(at + 1, end);
    const edge = text[end + 1];
    if (inner.trim() === inner && !(edge && WORD.test(edge))) {
      return { node: h(STYLES[mark], {}, inline(inner, names)), end: end + 1 };
    }
  }
  return null;
}

function reference(inner, names) {
  const [target, label] = inner.split(/\|(.*)/s);
  if (target.startsWith("@")) {
    const id = target.slice(1);
    return mention(`@${names.user(id) ?? label ?? id}`, names.isMe?.(id));
  }
  if (target.startsWith("#")) return mention(`#${names.channel(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith("!date^")) return moment(target, label, names);
  if (target.startsWith("!subteam^")) return mention(`@${(label ?? names.group(target.slice(9))).replace(/^@/, "")}`);
  if (target.startsWith("!")) return mention(`@${plain(label ?? target.slice(1))}`);
  return link(plain(target), plain(label ?? target));
}

export function mention(words, isMe = false) {
  return h("span", { class: `mention${isMe ? " of-me" : ""}` }, plain(words));
}

export function link(url, words) {
  if (!/^(https?:\/\/|mailto:)/.test(url)) return words;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);
}

const TOKENS = {
  date: { month: "long", day: "numeric", year: "numeric" },
  date_short: { month: "short", day: "numeric", year: "numeric" },
  date_long: { weekday: "long", month: "long", day: "numeric", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

function moment(target, label, names) {
  const [, seconds, format] = target.split("^");
  return dated(Number(seconds), format, plain(label ?? ""), names);
}

/** A moment in the reader's zone; the fallback is shown on hovering. */
export function dated(seconds, format, fallback, names) {
  const when = new Date(seconds * 1000);
  if (!format || Number.isNaN(when.getTime())) return fallback;
  const worded = () =>
    plain(format).replace(/\{(\w+?)(_pretty)?\}/g, (whole, token) => {
      if (token === "ago") return agoOf(when, names.now?.() ?? new Date());
      if (token === "date_num") return dateIn(when, names.zone?.());
      const options = TOKENS[token];
      return options ? formatted(when, names.zone?.(), options) : whole;
    });
  const shown = h("time", { dateTime: when.toISOString(), title: fallback }, worded());
  if (format.includes("{ago}")) {
    shown.classList.add("ago");
    shown.again = () => (shown.textContent = worded());
  }
  return shown;
}

/** Says anew how long ago things were, as the clock goes on. */
export function agree() {
  for (const one of document.querySelectorAll("time.ago")) one.again?.();
}
