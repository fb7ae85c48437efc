type ShortcutContext = "Anywhere" | "Go to" | "In a list" | "On a record";

export type Shortcut = {
  id: string;
  label: string;
  /** One key, or two pressed one after the other. `mod` is ⌘ or Ctrl. */
  keys: readonly [string] | readonly [string, string];
  context: ShortcutContext;
  /** Where it leads; without it the element with `data-shortcut={id}` is pressed or focused. */
  href?: string;
};

/** The only list of keys: it feeds the handler, the hints on controls and the sheet. */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: "palette", label: "Search or jump to", keys: ["mod+k"], context: "Anywhere" },
  { id: "shortcuts", label: "All shortcuts", keys: ["?"], context: "Anywhere" },
  { id: "undo", label: "Undo while its message is open", keys: ["z"], context: "Anywhere" },
  { id: "refresh", label: "Refresh", keys: ["r"], context: "Anywhere" },
  { id: "go-home", label: "Home", keys: ["g", "h"], context: "Go to", href: "/" },
  { id: "go-users", label: "Users", keys: ["g", "u"], context: "Go to", href: "/users" },
  { id: "go-audit", label: "Audit log", keys: ["g", "a"], context: "Go to", href: "/audit" },
  { id: "go-health", label: "Databases", keys: ["g", "d"], context: "Go to", href: "/health" },
  { id: "go-alerts", label: "Alerts", keys: ["g", "l"], context: "Go to", href: "/alerts" },
  { id: "go-approvals", label: "Approvals", keys: ["g", "p"], context: "Go to", href: "/approvals" },
  { id: "search", label: "Search in the list", keys: ["/"], context: "In a list" },
  { id: "filter", label: "Add a filter", keys: ["f"], context: "In a list" },
  { id: "row-next", label: "Next row", keys: ["j"], context: "In a list" },
  { id: "row-previous", label: "Previous row", keys: ["k"], context: "In a list" },
  { id: "menu", label: "Menu of the row", keys: ["."], context: "In a list" },
  { id: "previous", label: "Previous page", keys: ["["], context: "In a list" },
  { id: "next", label: "Next page", keys: ["]"], context: "In a list" },
  { id: "edit", label: "Edit", keys: ["e"], context: "On a record" },
  { id: "suspend", label: "Suspend or reactivate", keys: ["s"], context: "On a record" },
];

/** How a key is written beside a control: `⌘K` or `Ctrl K`, `E`, `G H`. */
export function keyLabel({ keys }: Shortcut, apple: boolean): string[] {
  return keys.map((key) =>
    key
      .replace("mod+", apple ? "⌘" : "Ctrl ")
      .toUpperCase()
      .replace("CTRL", "Ctrl"),
  );
}
