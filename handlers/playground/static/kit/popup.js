// Small panels beside a control: above all else, inside the window, closed by Esc or a look elsewhere.

const GAP = 4;
const EDGE = 8;

/** Makes `panel` a popup of `anchor`. Gives `open`, `close` and `isOpen`. `wide` takes the width of
 * the anchor at least; `above` prefers the room over it; `end` aligns the right edges. */
export function popup(panel, anchor, { wide = false, above = false, end = false, closed = () => {} } = {}) {
  panel.popover = "manual";
  panel.classList.add("popup");
  let isOpen = false;

  function place() {
    if (!anchor.isConnected) return close();
    const from = anchor.getBoundingClientRect();
    panel.style.maxHeight = "";
    panel.style.minWidth = wide ? `${from.width}px` : "";
    panel.style.maxWidth = `${innerWidth - 2 * EDGE}px`;
    const size = panel.getBoundingClientRect();
    const room = { over: from.top - GAP - EDGE, under: innerHeight - from.bottom - GAP - EDGE };
    const up = above ? room.over >= Math.min(size.height, 160) : room.under < size.height && room.over > room.under;
    const height = Math.min(size.height, up ? room.over : room.under);
    if (height < size.height) panel.style.maxHeight = `${height}px`;
    const left = end ? from.right - size.width : from.left;
    panel.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - size.width - EDGE))}px`;
    panel.style.top = `${up ? from.top - GAP - height : from.bottom + GAP}px`;
    return undefined;
  }

  function elsewhere(event) {
    if (event.type === "scroll" && panel.contains(event.target)) return;
    if (event.type === "scroll") return place();
    if (!panel.contains(event.target) && !anchor.contains(event.target)) close();
  }

  function open() {
    if (!isOpen) {
      panel.showPopover();
      isOpen = true;
      addEventListener("scroll", elsewhere, true);
      addEventListener("pointerdown", elsewhere, true);
      addEventListener("resize", place);
    }
    place();
  }

  function close() {
    if (!isOpen) return;
    isOpen = false;
    if (panel.isConnected) panel.hidePopover();
    removeEventListener("scroll", elsewhere, true);
    removeEventListener("pointerdown", elsewhere, true);
    removeEventListener("resize", place);
    closed();
  }

  return { open, close, place, isOpen: () => isOpen };
}

/** A button that opens a panel and closes it again; Esc closes and returns to the button. The panel
 * stands beside the button, or beside the field that the button belongs to. */
export function disclosure(button, panel, options = {}) {
  const { opened = () => {}, beside = button, ...more } = options;
  const shown = popup(panel, beside, { ...more, closed: () => button.setAttribute("aria-expanded", "false") });
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    if (shown.isOpen()) return shown.close();
    button.setAttribute("aria-expanded", "true");
    shown.open();
    return opened();
  });
  const escape = (event) => {
    if (event.key !== "Escape" || !shown.isOpen()) return;
    event.preventDefault();
    event.stopPropagation();
    shown.close();
    button.focus();
  };
  button.addEventListener("keydown", escape);
  panel.addEventListener("keydown", escape);
  panel.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next && !panel.contains(next) && next !== button) shown.close();
  });
  return shown;
}
