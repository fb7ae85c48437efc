import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { formatNumber } from "@/components/ui/number";
import { attempt } from "@/lib/next/load";
import { subscriptionCounts } from "@/lib/subscriptions/queries";
import type { SubscriptionCounts } from "@/lib/subscriptions/totals/schema";
import type { SubscriptionsQuery } from "./list-query";

const TABS = [
  { key: "all", label: "All", patch: { status: null, ending: null } },
  { key: "active", label: "Active", patch: { status: "active", ending: null } },
  { key: "trialing", label: "Trial", patch: { status: "trialing", ending: null } },
  { key: "past_due", label: "Past due", patch: { status: "past_due", ending: null } },
  { key: "ending", label: "Ending", patch: { status: null, ending: "true" } },
] as const;

/** What people look for most, each with how many there are in all; without a count when that is not known. */
export async function CountedTabs({ query }: { query: SubscriptionsQuery }) {
  const counted = await attempt(subscriptionCounts, {});
  return <StatusTabs query={query} counts={counted.ok ? counted.value : null} />;
}

export function StatusTabs({ query, counts }: { query: SubscriptionsQuery; counts: SubscriptionCounts | null }) {
  const { given, href } = query;
  return (
    <nav
      aria-label="Status"
      className="flex h-[30px] max-w-full flex-none divide-x divide-line overflow-x-auto rounded-md border border-line-2 bg-raised touch:h-11"
    >
      {TABS.map(({ key, label, patch }) => {
        const isActive = (given["status"] ?? null) === patch.status && (given["ending"] ?? null) === patch.ending;
        return (
          <Link
            key={key}
            href={href(patch)}
            scroll={false}
            aria-current={isActive ? "true" : undefined}
            className={cn(
              "flex items-center gap-1.5 px-2.5 font-medium whitespace-nowrap text-text-2 -outline-offset-2 hover:text-text",
              isActive && "bg-hover text-text",
            )}
          >
            {key === "past_due" && counts && counts.past_due > 0 ? (
              <TriangleAlert size={13} aria-hidden className="text-warn" />
            ) : null}
            {label}
            {counts ? <span className="font-normal text-text-3">{formatNumber(counts[key])}</span> : null}
          </Link>
        );
      })}
    </nav>
  );
}
