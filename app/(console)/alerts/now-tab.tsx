import { CircleCheck, ListX } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Empty } from "@/components/ui/empty";
import { Time } from "@/components/ui/time";
import { listAlerts } from "@/lib/alerts/queries";
import type { Alert, AlertCounts } from "@/lib/alerts/schema";
import { attempt } from "@/lib/next/load";
import { FailureState } from "../failure-state";
import type { May } from "../viewer";
import { AlertCard } from "./alert-card";
import { ClearedTable } from "./cleared-table";
import { type WatchState, watchState } from "./watch";

const FEW = 5;

/** What is open, worst first; what is muted but still measured; and the last that cleared. */
export async function NowTab({ may, counts }: { may: May; counts: AlertCounts | null }) {
  const [open, cleared] = await Promise.all([
    attempt(listAlerts, {}),
    attempt(listAlerts, { state: "resolved", limit: FEW }),
  ]);
  if (!open.ok) return <FailureState failure={open.failure} what="alerts" href="/alerts" />;
  const at = new Date();
  const now = at.toISOString();
  const state = counts ? watchState(counts, at.getTime()) : "watched";
  const isMuted = ({ muted_until: until }: Alert) => until !== null && until > now;
  const muted = open.value.data.filter(isMuted);
  const loud = open.value.data.filter((alert) => !isMuted(alert));
  return (
    <div className="grid max-w-[860px] gap-4">
      <Section title="Open" hint={loud.length > 0 ? `${loud.length}, worst first` : undefined}>
        {counts && state !== "watched" ? <Unwatched counts={counts} state={state} /> : null}
        {loud.length === 0 && state === "watched" ? <NothingOpen counts={counts} /> : null}
        {loud.map((alert) => (
          <AlertCard key={alert.id} alert={alert} may={may} muted={false} />
        ))}
      </Section>
      {muted.length > 0 ? (
        <Section title="Muted" hint={`${muted.length}, still measured`}>
          {muted.map((alert) => (
            <AlertCard key={alert.id} alert={alert} may={may} muted />
          ))}
        </Section>
      ) : null}
      {cleared.ok && cleared.value.data.length > 0 ? (
        <Section
          title="Cleared"
          hint={counts ? `${counts.resolved_24h} in 24 h` : undefined}
          aside={
            <Link href="/alerts?tab=cleared" className="link">
              All
            </Link>
          }
        >
          <div className="overflow-hidden rounded-lg border bg-raised">
            <ClearedTable alerts={cleared.value.data} />
          </div>
        </Section>
      ) : null}
    </div>
  );
}

type SectionProps = { title: string; hint?: string | undefined; aside?: ReactNode; children: ReactNode };

function Section({ title, hint, aside, children }: SectionProps) {
  return (
    <section className="grid gap-2.5">
      <header className="flex items-baseline gap-2">
        <h2 className="font-semibold">{title}</h2>
        {hint ? <span className="text-sm text-text-3">{hint}</span> : null}
        {aside ? <span className="ml-auto text-sm">{aside}</span> : null}
      </header>
      {children}
    </section>
  );
}

/** What is open, or that nothing is, means something only where rules are checked. */
function Unwatched({ counts, state }: { counts: AlertCounts; state: Exclude<WatchState, "watched"> }) {
  return (
    <div className="rounded-lg border bg-raised">
      <Empty icon={ListX} tone="warn" title="Nobody checks the rules" role="status" className="py-8">
        {state === "no_rules" ? "No rule is switched on." : null}
        {state === "never" ? "No worker has measured yet. Start one, or look in its log why it does not." : null}
        {state === "stopped" ? (
          <>
            They were last checked <Time value={counts.checked_at} />. Look whether a worker runs, and in its log why it
            does not measure.
          </>
        ) : null}
      </Empty>
    </div>
  );
}

function NothingOpen({ counts }: { counts: AlertCounts | null }) {
  return (
    <div className="rounded-lg border bg-raised">
      <Empty icon={CircleCheck} title="No alert is open" role="status" className="py-8">
        {counts?.checked_at ? (
          <>
            Checked <Time value={counts.checked_at} />.
          </>
        ) : null}
      </Empty>
    </div>
  );
}
