import { formatMoney } from "@/components/ui/money";
import type { StatusEntry } from "@/components/ui/tone";
import { type Approval, type AskedPreview, STATUSES, type Status } from "@/lib/approvals/schema";
import type { Preview } from "@/lib/core/operation";

export const VIEWS = ["for-me", "waiting", "mine", "decided"] as const;
export type View = (typeof VIEWS)[number];

export const VIEW_LABELS: Record<View, string> = {
  "for-me": "For me",
  waiting: "Waiting",
  mine: "Mine",
  decided: "Decided",
};

/** What each view asks of the list. */
export const VIEW_INPUTS: Record<View, { view?: "for-me" | "mine"; status?: string }> = {
  "for-me": { view: "for-me" },
  waiting: { status: "waiting" },
  mine: { view: "mine" },
  decided: { status: STATUSES.filter((status) => status !== "waiting").join(",") },
};

/** Whoever cannot decide sees all that waits in place of what waits for them. */
export function viewsFor(mayDecide: boolean): View[] {
  return VIEWS.filter((view) => view !== (mayDecide ? "waiting" : "for-me"));
}

export const STATUS_WORDS: Record<Status, StatusEntry> = {
  waiting: { word: "Waits for 1 of 1", icon: "stamp", tone: "info", filled: true },
  approved: { word: "Approved", icon: "circle-check", tone: "ok", filled: false },
  declined: { word: "Declined", icon: "circle-x", tone: "bad", filled: false },
  withdrawn: { word: "Taken back", icon: "circle-minus", tone: "off", filled: false },
  expired: { word: "Expired after 24 h", icon: "clock-alert", tone: "warn", filled: false },
};

/** "Refund $294.00 for Ada Okoye", "Change plan, $376.00 for Ada Okoye", "Suspend user Ada Okoye". */
export function titleOf({ action, target_type: target, subject_name: name, amounts }: Approval): string {
  const verb = (action.split(".").at(-1) ?? action).replaceAll("-", " ");
  const title = verb.charAt(0).toUpperCase() + verb.slice(1);
  const amount = amounts
    .filter(({ minor }) => minor !== 0)
    .map(({ minor, currency }) => formatMoney(Math.abs(minor), currency))
    .join(", ");
  if (amount === "") return [title, target, name].filter(Boolean).join(" ");
  return `${title}${verb.includes(" ") ? "," : ""} ${amount}${name ? ` for ${name}` : ""}`;
}

const PAGES: Record<string, string> = { user: "/users", subscription: "/subscriptions" };

export function targetHref({ target_type: type, target_id: id }: Approval): string | null {
  const page = PAGES[type];
  return page === undefined || id === null ? null : `${page}/${id}`;
}

type Shown = AskedPreview | Preview;

/** Whether money, and whether anything at all, is another now than when it was asked. */
export function movedSince(asked: AskedPreview, now: Preview): { money: boolean; any: boolean } {
  const money = moneyOf(asked) !== moneyOf(now);
  return { money, any: money || touchesOf(asked) !== touchesOf(now) };
}

function touchesOf({ will, touches }: Shown): string {
  return JSON.stringify([will, touches.map(({ store, what, count }) => [store, what, count])]);
}

function moneyOf({ money }: Shown): string {
  return JSON.stringify(
    money.map((one) => [one.currency, one.due_minor, one.next?.minor, one.monthly_minor, one.state]),
  );
}
