// Building the page: elements from data, and never markup from data.

let numbers = 0;

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
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

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
  const focus = old.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  old.replaceWith(fresh);
  if (focus) fresh.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
}
