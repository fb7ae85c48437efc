import Link from "next/link";
import { formatNumber } from "@/components/ui/number";
import type { AlertCounts } from "@/lib/alerts/schema";
import { TAB_LABELS, TABS, type Tab } from "./words";

/** Where the reader is stands in the URL. */
export function Tabs({ active, counts }: { active: Tab; counts: AlertCounts | null }) {
  return (
    <nav aria-label="Alerts" className="-mx-5 flex gap-5 overflow-x-auto border-b px-5 max-md:-mx-4 max-md:px-4">
      {TABS.map((tab) => (
        <Link
          key={tab}
          href={tab === "now" ? "/alerts" : `/alerts?tab=${tab}`}
          aria-current={tab === active ? "page" : undefined}
          className="flex h-10 flex-none items-center gap-1.5 border-b-2 border-transparent font-medium text-text-2 -outline-offset-2 hover:text-text aria-[current=page]:border-ink aria-[current=page]:text-text touch:h-11"
        >
          {TAB_LABELS[tab]}
          {counts ? <span className="font-normal text-text-3">{hintOf(tab, counts)}</span> : null}
        </Link>
      ))}
    </nav>
  );
}

function hintOf(tab: Tab, { open, muted, resolved_24h: cleared, rules }: AlertCounts): string {
  if (tab === "now") return formatNumber(open + muted);
  if (tab === "cleared") return `${formatNumber(cleared)} in 24 h`;
  return tab === "rules" ? formatNumber(rules) : "";
}
