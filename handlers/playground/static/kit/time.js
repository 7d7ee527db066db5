// Moments as the acting person reads them: in their zone, and in the browser's language.

const made = new Map();

/** A formatter for a zone, made once; an unknown zone is the browser's. */
function formatter(zone, options) {
  const key = JSON.stringify([zone, options]);
  if (!made.has(key)) made.set(key, build(zone, options));
  return made.get(key);
}

function build(zone, options) {
  try {
    return new Intl.DateTimeFormat(undefined, { ...options, timeZone: zone || undefined });
  } catch {
    return new Intl.DateTimeFormat(undefined, options);
  }
}

export const format = (when, zone, options) => formatter(zone, options).format(when);

export const atTs = (ts) => new Date(Number(ts) * 1000);

export const hourOf = (when, zone) => format(when, zone, { hour: "2-digit", minute: "2-digit" });

/** The hour where there is little room: "02:05" of "02:05 PM". */
export const shortHourOf = (when, zone) =>
  formatter(zone, { hour: "2-digit", minute: "2-digit" })
    .formatToParts(when)
    .filter((one) => one.type !== "dayPeriod")
    .map((one) => one.value)
    .join("")
    .trim();

export const dayOf = (when, zone) => format(when, zone, { weekday: "short", day: "numeric", month: "short" });

export const momentOf = (when, zone) => `${dayOf(when, zone)}, ${hourOf(when, zone)}`;

/** The date in a zone, as 2026-11-27. */
export function dateIn(when, zone) {
  const parts = partsOf(when, zone);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** The time in a zone, as 09:05. */
export function timeIn(when, zone) {
  const parts = partsOf(when, zone);
  return `${parts.hour}:${parts.minute}`;
}

function partsOf(when, zone) {
  const options = {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    calendar: "gregory", numberingSystem: "latn",
  };
  return Object.fromEntries(formatter(zone, options).formatToParts(when).map((one) => [one.type, one.value]));
}

/** The moment at which clocks in a zone show this date and time. */
export function moment(date, time, zone) {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  let guess = wanted;
  // Twice: the first guess may stand on the other side of a change of the clocks.
  for (let round = 0; round < 2; round += 1) {
    const when = new Date(guess);
    const shown = Date.parse(`${dateIn(when, zone)}T${timeIn(when, zone)}:00Z`);
    guess += wanted - shown;
  }
  return new Date(guess);
}

/** A date moved by days, as 2026-11-28. */
export function addDays(date, days) {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** "Today", "Yesterday", "Tomorrow", or the day with its weekday. */
export function dayName(date, today) {
  const near = { [today]: "Today", [addDays(today, -1)]: "Yesterday", [addDays(today, 1)]: "Tomorrow" }[date];
  if (near) return near;
  const noon = new Date(`${date}T12:00:00Z`);
  const sameYear = date.slice(0, 4) === today.slice(0, 4);
  return format(noon, "UTC", { weekday: "long", day: "numeric", month: "long", year: sameYear ? undefined : "numeric" });
}

const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "always" });

/** "2 hours ago", counted down to whole units. */
export function agoOf(when, now) {
  const seconds = (when.getTime() - now.getTime()) / 1000;
  const [unit, length] = UNITS.find(([, one]) => Math.abs(seconds) >= one) ?? ["second", 1];
  return relative.format(Math.trunc(seconds / length), unit);
}

/** "Europe/London" as "London". */
export const placeOf = (zone) => (zone || "").split("/").at(-1).replaceAll("_", " ");

/** The time in a zone with the place that it is named after, as in "14:05 in Tokyo". */
export const hourThere = (when, zone) => `${hourOf(when, zone)} ${zone.includes("/") ? "in " : ""}${placeOf(zone)}`;

export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
