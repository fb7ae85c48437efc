import "server-only";
import { formatMoney } from "@/components/ui/money";
import { formatNumber } from "@/components/ui/number";
import { attempt } from "@/lib/next/load";
import { STATUS_WORDS } from "@/lib/subscriptions/client";
import { listSubscriptions } from "@/lib/subscriptions/queries";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import { approvalCountsOf } from "../approvals/counts-of";
import type { Finding } from "./findings";
import { revenueFiguresOf } from "./revenue-of";

/** Who does not pay; amounts of different currencies stand beside each other. */
export async function ofPastDue(): Promise<Finding[]> {
  const figures = await revenueFiguresOf();
  if (!figures.ok) return [];
  const behind = figures.value.data.filter(({ past_due }) => past_due > 0);
  const count = behind.reduce((sum, { past_due }) => sum + past_due, 0);
  if (count === 0) return [];
  const risk = behind.map(({ at_risk_minor: minor, currency }) => formatMoney(minor, currency)).join(", ");
  return [
    {
      title: `${formatNumber(count)} ${count === 1 ? "subscription is" : "subscriptions are"} past due`,
      text: `${risk} at risk.`,
      since: null,
      tone: "warn",
      href: "/subscriptions?status=past_due",
      action: "Review",
    },
  ];
}

/** Billing renews within a minute; this long after the end of a period something is wrong. */
const RENEWED_WITHIN_MS = 3_600_000;

/** Whose period is over and was not renewed: nobody bills them, or their bill cannot be made. */
export async function ofUnbilled(): Promise<Finding[]> {
  const before = new Date(Date.now() - RENEWED_WITHIN_MS).toISOString();
  const filter = { status: "trialing,active,past_due", period_end_before: before };
  const found = await attempt(listSubscriptions, { ...filter, sort: "next", limit: 1 });
  const first = found.ok ? found.value.data[0] : undefined;
  if (!found.ok || !first) return [];
  const { estimated_total: count, exact } = found.value.page;
  return [
    {
      title: `${exact ? "" : "About "}${formatNumber(count)} ${count === 1 ? "subscription was" : "subscriptions were"} not renewed`,
      text: `The first of ${first.customer.display_name}. Look whether the worker runs, and what it logged.`,
      since: first.period_end,
      tone: "bad",
      href: `/subscriptions?${new URLSearchParams(filter)}`,
      action: "Review",
    },
  ];
}

/** Where a processor and we do not mean the same. */
export async function ofDifferences(): Promise<Finding[]> {
  const found = await attempt(listSubscriptions, { differs: "true", limit: 1 });
  const first = found.ok ? found.value.data[0] : undefined;
  if (!found.ok || !first) return [];
  const { estimated_total: count, exact } = found.value.page;
  const subscriptions = count === 1 ? "1 subscription differs" : `${formatNumber(count)} subscriptions differ`;
  return [
    {
      title: `${exact ? "" : "About "}${subscriptions} from the processor`,
      text: `The newest, ${first.customer.display_name}: ${differenceOf(first)}.`,
      since: first.provider_seen_at,
      tone: "warn",
      href: "/subscriptions?differs=true",
      action: "Compare",
    },
  ];
}

function differenceOf({ status, provider_status: told }: SubscriptionRow): string {
  return `we say ${STATUS_WORDS[status].toLowerCase()}, the processor ${(told ?? "nothing").replaceAll("_", " ")}`;
}

export async function ofApprovals(): Promise<Finding[]> {
  const counts = await approvalCountsOf();
  const waiting = counts.ok ? counts.value.for_me : 0;
  if (waiting === 0) return [];
  return [
    {
      title: `${formatNumber(waiting)} ${waiting === 1 ? "approval waits" : "approvals wait"} for you`,
      text: "Whoever asked may not do it alone; it expires after a day.",
      since: null,
      tone: "info",
      href: "/approvals",
      action: "Review",
    },
  ];
}
