// The page's own line drawings: one stroke width, the colour of the text around them.

import { drawing } from "./dom.js";

const LINES = {
  app: "M10 2.5l7.5 7.5-7.5 7.5L2.5 10z",
  back: "M12.5 4.5L7 10l5.5 5.5",
  bold: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  bolt: "M11 2.5L4.5 11H9l-1 6.5L15.5 9H11z",
  bubble: "M4 4.5h12v8.5H9.5L6 16v-3H4z",
  calendar: "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
  check: "M4.5 10.5l3.7 3.7 7.3-8",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.2l2.8 1.8",
  close: "M5 5l10 10M15 5L5 15",
  clip: "M14.5 9l-5.2 5.2a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.8 5.8a.9.9 0 0 1-1.3-1.3L12 6.1",
  code: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  copy: "M7 7h9v9.5H7zM4 13V3.5h9",
  down: "M5 7.5l5 5 5-5",
  download: "M10 3v9M6 8.5l4 4 4-4M3.5 16.5h13",
  eye: "M2.5 10s2.8-5 7.5-5 7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  file: "M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4",
  filter: "M3 5.5h14M6 10h8M8.5 14.5h3",
  forth: "M7.5 4.5L13 10l-5.5 5.5",
  hand: "M3 8h11.5l-3-3M17 12H5.5l3 3",
  hash: "M8 3.5L6.5 16.5M13.5 3.5L12 16.5M4 7.5h12.5M3.5 12.5H16",
  help: "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4zM7.8 8a2.2 2.2 0 1 1 3.4 1.8c-.8.5-1.2.9-1.2 1.7M10 14v.2",
  home: "M3.5 9.5L10 4l6.5 5.5M5.5 8.5v8h9v-8M8.5 16.5v-4h3v4",
  italic: "M8.5 4h5M6.5 16h5M11.5 4l-3 12",
  link: "M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 1 0-4.3-4.3l-.8.8M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 1 0 4.3 4.3l.8-.8",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  mention: "M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM13 7v4.2c0 2.3 4 2.3 4-1.2a7 7 0 1 0-2.8 5.6",
  moon: "M16 11.8A6.5 6.5 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.8z",
  more: "M10 4.6v.1M10 10v.1M10 15.4v.1",
  people: "M7.5 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM2.5 16c0-2.8 2.2-4.5 5-4.5s5 1.7 5 4.5M13 4.8a2.4 2.4 0 0 1 0 4.6M14 11.8c2 .4 3.5 2 3.5 4.2",
  search: "M8.8 3.5a5.3 5.3 0 1 0 0 10.6 5.3 5.3 0 0 0 0-10.6zM12.7 12.7l4 4",
  scroll: "M6 3.5h9v10.5a2.5 2.5 0 0 1-2.5 2.5H5.5A2 2 0 0 0 7.5 14.5V5A1.5 1.5 0 0 0 6 3.5zM6 3.5A1.5 1.5 0 0 0 4.5 5v1.5h3M10 7.5h3M10 10.5h3",
  send: "M3.5 4l13.5 6-13.5 6 2-6zM5.5 10H11",
  shared: "M4 7.5h11.5l-3-3M16 12.5H4.5l3 3",
  sheet: "M4 3h12v14H4zM4 7.5h12M4 12h12M9 7.5V17",
  slash: "M4 3.5h12v13H4zM11.8 6.5l-3.6 7",
  sun: "M10 6.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.5 1.5M14.2 14.2l1.5 1.5M15.7 4.3l-1.5 1.5M5.8 14.2l-1.5 1.5",
  thread: "M3.5 4h13v9H10l-3.5 3v-3h-3zM6.5 7.5h7M6.5 10h4.5",
  up: "M5 12.5l5-5 5 5",
  upDown: "M6.5 8L10 4.5 13.5 8M6.5 12l3.5 3.5 3.5-3.5",
  warning: "M10 3.5l7.2 13H2.8zM10 8.5v3.8M10 14.4v.1",
};

/** A drawing by name; it says nothing of its own to those who listen. */
export function icon(name, size = 20) {
  const frame = {
    class: `icon icon-${name}`,
    viewBox: "0 0 20 20",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": name === "more" ? "2.6" : "1.6",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  };
  return drawing(frame, [["path", { d: LINES[name] }]]);
}
