// What stands in the cells of tables: text, numbers, rich text.

import { richText } from "./richtext.js";

export function cell(content, names) {
  return content.type === "rich_text" ? richText(content, names) : wordsOf(content);
}

export const isNumber = (content) => content.type === "raw_number";

export const valueOf = (content) => Number(content.value ?? content.number ?? content.text);

/** The cell as it is read, to compare and to search. */
export function wordsOf(content, names) {
  if (content.type === "raw_number") return String(content.text ?? content.value ?? content.number);
  if (content.type !== "rich_text") return content.text;
  return names ? richText(content, names).textContent : "";
}
