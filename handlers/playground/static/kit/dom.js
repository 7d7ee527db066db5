// Building the page: elements from data, and never markup from data.

const SVG = "http://www.w3.org/2000/svg";
let numbers = 0;

/** An element of the page that is always there. */
export const part = (id) => document.getElementById(id);

/** An id that no other element of the page has. */
export function freshId(prefix) {
  numbers += 1;
  return `${prefix}-${numbers}`;
}

/** An element with properties, `on…` listeners, `data-` and `aria-` attributes, and children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A drawing: attributes and shapes, each `[tag, attributes]` or `[tag, attributes, words]`. */
export function drawing(attributes, shapes) {
  const whole = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries(attributes)) whole.setAttribute(name, value);
  for (const [tag, more, words] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(more)) shape.setAttribute(name, value);
    if (words) shape.textContent = words;
    whole.append(shape);
  }
  return whole;
}

/** Text for those who listen, not for those who look. */
export const unseen = (words) => h("span", { class: "unseen" }, words);

/** Brings the children of `parent` in line with `items`, drawing only what is new or has changed.
 *
 * Each item has a `key` and the `data` that `draw(item)` shows; what stays the same stays in place,
 * with its focus and its scroll position.
 */
export function reconcile(parent, items, draw) {
  const standing = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const signature = JSON.stringify(item.data);
    let child = standing.get(item.key);
    standing.delete(item.key);
    if (!child || child.signature !== signature) {
      const fresh = draw(item);
      fresh.dataset.key = item.key;
      fresh.signature = signature;
      if (child) {
        if (place === child) place = fresh;
        takeOver(child, fresh);
      }
      child = fresh;
    }
    if (place === child) place = child.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  for (const child of standing.values()) child.remove();
}

/** Replaces an element; the focus stays on the part with the same `data-focus`. */
function takeOver(old, fresh) {
  const focus = focusedIn(old);
  old.replaceWith(fresh);
  refocus(fresh, focus);
}

/** What has the focus inside an element, by its `data-focus`. */
export function focusedIn(element) {
  return element.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
}

export function refocus(element, focus) {
  if (!focus) return;
  if (element.dataset.focus === focus) element.focus();
  else element.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
}

/** Arrow keys, Home and End move the focus along the elements that `among` selects. */
export function arrows(parent, among, { across = false, moved = () => {} } = {}) {
  const [back, forth] = across ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  parent.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...parent.querySelectorAll(among)].filter((one) => one.offsetParent !== null && !one.disabled);
    const at = all.indexOf(document.activeElement);
    const to = { [back]: at - 1, [forth]: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    next.focus();
    moved(next);
  });
}
