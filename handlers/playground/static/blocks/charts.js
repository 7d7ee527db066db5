// Charts: bars, lines, areas and pies, with their numbers beside the shapes and never by colour
// alone: a series has a dash, a mark and a hatch of its own.

import { drawing, freshId, h } from "../kit/dom.js";

const WIDE = 640;
const HIGH = 240;
const EDGE = { left: 44, right: 120, top: 24, bottom: 44 };
const ROW = 26;
const BARS = { wide: 480, names: 150, values: 186, room: 280 };
const [ABOVE, BELOW, TIGHT] = [13, 14, 11];
const DASHES = ["", "7 4", "2 4", "10 3 2 3", "4 2", "1 3"];
const MARKS = ["●", "■", "▲", "◆", "✚", "○"];
const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A chart as a figure; whoever does not see it hears its numbers. */
export function chart(block) {
  const series = block.chart.series ?? [{ name: "", data: block.chart.segments }];
  const drawn = block.chart.type === "bar" || block.chart.type === "pie" ? bars(series) : lines(block.chart, series);
  const id = freshId("chart");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-labelledby", id);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, h("strong", {}, block.title), legend(block.chart, series)),
    h("div", { class: "plot", role: "group", tabIndex: 0, "aria-label": block.title }, drawn),
    h("span", { class: "unseen", id }, said(block, series)),
  );
}

function said(block, series) {
  const values = series.map((one) => `${one.name}: ${one.data.map((at) => `${at.label} ${plain.format(at.value)}`).join(", ")}`);
  return [block.title, ...values].join(". ");
}

/** What the marks mean; of a single series, what is counted. */
function legend(told, series) {
  const axes = told.axis_config ?? {};
  const names = series.length > 1 ? series.map((one, number) => `${MARKS[number]} ${one.name}`) : [axes.y_label ?? series[0].name];
  return h("span", { class: "legend" }, names.filter(Boolean).join("   "));
}

const text = (x, y, words, more = {}) => ["text", { x, y, ...more }, words];

function bars(series) {
  const rows = series.flatMap((one, number) => one.data.map((at) => ({ ...at, number })));
  const most = Math.max(...rows.map((row) => row.value), 0) || 1;
  const shapes = rows.flatMap((row, index) => {
    const y = index * ROW;
    const wide = Math.max(2, (Math.max(row.value, 0) / most) * BARS.room);
    const mark = series.length > 1 ? `${MARKS[row.number]} ` : "";
    return [
      text(BARS.names, y + 17, `${mark}${row.label}`, { "text-anchor": "end" }),
      text(BARS.values, y + 17, plain.format(row.value), { "text-anchor": "end", class: "value" }),
      ["rect", { x: BARS.values + 8, y: y + 5, width: wide, height: ROW - 9, rx: 3, class: "column" }],
    ];
  });
  return drawing({ viewBox: `0 0 ${BARS.wide} ${rows.length * ROW + 2}`, class: "bars" }, shapes);
}

function lines(told, series) {
  const labels = told.axis_config.categories;
  const all = series.flatMap((one) => one.data.map((at) => at.value));
  const [least, most] = [Math.min(0, ...all), Math.max(...all, 1)];
  const step = labels.length > 1 ? (WIDE - EDGE.left - EDGE.right) / (labels.length - 1) : 0;
  const x = (index) => EDGE.left + index * step;
  const y = (value) => EDGE.top + (1 - (value - least) / (most - least || 1)) * (HIGH - EDGE.top - EDGE.bottom);
  const places = series.map((one) => pointsOf(one, labels, { x, y }));
  const shapes = [
    ["line", { x1: EDGE.left, x2: WIDE - EDGE.right, y1: y(least), y2: y(least), class: "axis" }],
    ...labels.map((label, index) => labelled(label, index, labels.length, x)),
    ...places.flatMap((points, number) => line(points, number, told.type)),
    ...numbers(places),
    ...ends(series, labels, { x, y }),
  ];
  return drawing({ viewBox: `0 0 ${WIDE} ${HIGH}` }, shapes);
}

/** Every label where there is room, else every other or third. */
function labelled(label, index, count, x) {
  const each = Math.ceil(count / 6);
  const isShown = (count - 1 - index) % each === 0;
  return text(x(index), HIGH - 22, isShown ? label : "", { "text-anchor": "middle", class: "label" });
}

function pointsOf(one, labels, { x, y }) {
  const value = new Map(one.data.map((at) => [at.label, at.value]));
  return labels.map((label, index) => ({ left: x(index), top: y(value.get(label)), value: value.get(label) }));
}

function line(points, number, kind) {
  const path = points.map(({ left, top }) => `${left},${top}`).join(" ");
  const style = { fill: kind === "area" ? "currentColor" : "none", "fill-opacity": 0.12, "stroke-dasharray": DASHES[number] };
  return [
    ["polyline", { points: path, class: `line line-${number}`, ...style }],
    ...points.map(({ left, top }) => text(left, top + 4, MARKS[number], { "text-anchor": "middle", class: `mark line-${number}` })),
  ];
}

/** What the points are worth: above them, or below where another line is in the way; of a level line once. */
function numbers(places) {
  const taken = places[0].map((_, index) => places.map((points) => points[index].top));
  const shown = places.flatMap((points) => {
    const isLevel = places.length > 1 && points.every((one) => one.value === points[0].value);
    return points.flatMap((point, index) => (isLevel && index ? [] : [{ ...point, index }]));
  });
  return shown.map(({ left, top, value, index }) => {
    const isFree = (middle) => taken[index].every((other) => Math.abs(other - middle) >= TIGHT);
    const middle = [top - ABOVE, top + BELOW].find(isFree) ?? top - ABOVE;
    taken[index].push(middle);
    return text(left, middle + 4, plain.format(value), { "text-anchor": "middle", class: "value" });
  });
}

/** The names of the lines at their ends, one under the other where they would touch. */
function ends(series, labels, { x, y }) {
  const last = labels.at(-1);
  const placed = series
    .map((one) => ({ name: one.name, top: y(one.data.find((at) => at.label === last).value) + 4 }))
    .toSorted((one, other) => one.top - other.top);
  placed.forEach((one, index) => {
    if (index && one.top < placed[index - 1].top + 15) one.top = placed[index - 1].top + 15;
  });
  return series.length > 1 ? placed.map((one) => text(x(labels.length - 1) + 14, one.top, one.name, { class: "end" })) : [];
}
