// Rich text and tables.

import { h } from "../kit/dom.js";
import { emoji } from "./emoji.js";
import { dated, link, mention } from "./mrkdwn.js";

export function richText(block, names) {
  return h("div", { class: "rich" }, block.elements.map((part) => section(part, names)));
}

function section(part, names) {
  const children = () => part.elements.map((item) => piece(item, names));
  switch (part.type) {
    case "rich_text_list":
      return h(
        part.style === "ordered" ? "ol" : "ul",
        { class: `indent-${part.indent ?? 0}`, start: part.offset ? part.offset + 1 : undefined },
        part.elements.map((item) => h("li", {}, item.elements.map((each) => piece(each, names)))),
      );
    case "rich_text_preformatted":
      return h("pre", {}, h("code", {}, children()));
    case "rich_text_quote":
      return h("blockquote", {}, children());
    default:
      return h("p", {}, children());
  }
}

function piece(item, names) {
  return styled(word(item, names), item.style ?? {});
}

function word(item, names) {
  switch (item.type) {
    case "user":
      return mention(`@${names.user(item.user_id) ?? item.user_id}`, names.isMe?.(item.user_id));
    case "channel":
      return mention(`#${names.channel(item.channel_id) ?? item.channel_id}`);
    case "usergroup":
      return mention(`@${names.group(item.usergroup_id)}`);
    case "emoji":
      return emoji(item.name);
    case "link":
      return link(item.url, item.text ?? item.url);
    case "date":
      return dated(item.timestamp, item.format, item.fallback ?? "", names);
    default:
      return item.text;
  }
}

function styled(node, style) {
  let shown = node;
  if (style.code) shown = h("code", {}, shown);
  if (style.bold) shown = h("strong", {}, shown);
  if (style.italic) shown = h("em", {}, shown);
  if (style.strike) shown = h("s", {}, shown);
  return shown;
}

export function table(block, names) {
  const settings = block.column_settings ?? [];
  const words = (content) => (content.type === "rich_text" ? richText(content, names) : String(content.text ?? content.value));
  const cell = (tag) => (content, column) => {
    const { align = content.type === "raw_number" ? "right" : "left", is_wrapped: wraps = false } = settings[column] ?? {};
    return h(tag, { class: `${align}${wraps ? " wraps" : ""}`, scope: tag === "th" ? "col" : undefined }, words(content));
  };
  const [head, ...rows] = block.rows;
  return h(
    "div",
    { class: "table", role: "group", tabIndex: 0, "aria-label": "Table" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map(cell("th")))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td"))))),
    ),
  );
}
