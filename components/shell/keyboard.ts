import { showOverlay } from "./overlay-store";
import { SHORTCUTS, type Shortcut } from "./shortcuts";

/** The second key of a pair must follow within this time. */
const PAIR_MS = 1500;

const FIELDS = "input, textarea, select, [contenteditable=true], [role=dialog], [popover]:popover-open";

type Means = { walk: (href: string) => void; refresh: () => void };

let first: { key: string; at: number } | null = null;

/** Single letters do nothing in fields and dialogs, and nowhere once they are switched off. */
export function handleKey(event: KeyboardEvent, means: Means): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) {
    return;
  }
  if (event.metaKey || event.ctrlKey) {
    if (event.key.toLowerCase() === "k" && !event.shiftKey) {
      event.preventDefault();
      showOverlay("palette");
    }
    return;
  }
  const inField = event.target instanceof Element && event.target.closest(FIELDS) !== null;
  if (inField || document.documentElement.dataset.keys === "off") {
    return;
  }
  const shortcut = match(event.key.toLowerCase());
  if (shortcut && run(shortcut, means)) {
    event.preventDefault();
  }
}

function match(key: string): Shortcut | undefined {
  const before = first && Date.now() - first.at < PAIR_MS ? first.key : null;
  first = null;
  const pair = SHORTCUTS.find(({ keys }) => keys.length === 2 && keys[0] === before && keys[1] === key);
  if (pair) {
    return pair;
  }
  if (SHORTCUTS.some(({ keys }) => keys.length === 2 && keys[0] === key)) {
    first = { key, at: Date.now() };
    return undefined;
  }
  return SHORTCUTS.find(({ keys }) => keys.length === 1 && keys[0] === key);
}

/** False when there is nothing here that the key could mean. */
function run({ id, href }: Shortcut, { walk, refresh }: Means): boolean {
  if (href !== undefined) {
    walk(href);
    return true;
  }
  if (id === "shortcuts") {
    showOverlay("shortcuts");
    return true;
  }
  if (id === "refresh") {
    refresh();
    return true;
  }
  if (id === "row-next" || id === "row-previous") {
    return step(id === "row-next" ? 1 : -1);
  }
  return press(id) || (id === "search" && openPalette());
}

function openPalette(): boolean {
  showOverlay("palette");
  return true;
}

function step(by: 1 | -1): boolean {
  const links = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
  const row = document.activeElement?.closest("[data-row]");
  const now = links.findIndex((link) => row?.contains(link));
  const next = now === -1 ? (by === 1 ? 0 : links.length - 1) : now + by;
  links[next]?.focus();
  return links[next] !== undefined;
}

/** In the row that has the focus, else on the page outside of rows. */
function press(id: string): boolean {
  const selector = `[data-shortcut="${id}"]`;
  const row = document.activeElement?.closest("[data-row]");
  const outside = [...document.querySelectorAll<HTMLElement>(selector)].find((found) => !found.closest("[data-row]"));
  const target = row?.querySelector<HTMLElement>(selector) ?? outside;
  if (target instanceof HTMLInputElement) {
    target.focus();
    target.select();
  } else {
    target?.click();
  }
  return target !== undefined;
}
