// A text object of Block Kit, plain or in mrkdwn, as nodes.

import { mrkdwn } from "./mrkdwn.js";

export function words(text, names) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, names) : text.text;
}
