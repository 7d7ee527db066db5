// What each person has read: kept by the browser, so that switching between people shows news.

import { keep, recall } from "../kit/memory.js";

const KEY = "read";
let since = null;
let marks = {};

/** Begins where this browser left off, but never in a future that a moved clock once had. */
export function begin(now) {
  const kept = recall(KEY, {});
  since = kept.since && Number(kept.since) <= now ? kept.since : now.toFixed(6);
  const past = Object.entries(kept.marks ?? {}).filter(([, ts]) => Number(ts) <= now + 1);
  marks = Object.fromEntries(past);
}

export function readUntil(who, at) {
  return marks[`${who}/${at}`] ?? since;
}

export function hasNews(who, at, latest) {
  return Boolean(latest) && Number(latest) > Number(readUntil(who, at));
}

export function read(who, at, latest) {
  if (!hasNews(who, at, latest)) return;
  marks[`${who}/${at}`] = latest;
  keep(KEY, { since, marks });
}

const byName = (one, other) => one.name.localeCompare(other.name);

/** Everybody one can act as, by name. */
export function acting(seen) {
  return seen.people.filter((person) => !person.bot && !person.deleted).toSorted(byName);
}

/** Everybody whose account was deactivated, by name. */
export function gone(seen) {
  return seen.people.filter((person) => !person.bot && person.deleted).toSorted(byName);
}

/** Whether the app has written to somebody who has not been here since. */
export function waits(person) {
  return Boolean(person.dm) && hasNews(person.id, person.dm, person.latest);
}
