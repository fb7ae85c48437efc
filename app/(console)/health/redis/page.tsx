import type { Metadata } from "next";
import { Suspense, type ReactNode } from "react";
import { getEngine } from "@/lib/health/queries";
import { load } from "@/lib/next/load";
import type { Params } from "../../list-params";
import { PanelSkeleton } from "../../users/[id]/panel-skeleton";
import { viewer } from "../../viewer";
import { EnginePage } from "../frame/engine-page";
import { BigKeysCard } from "./big-keys-card";
import { ChecksCard } from "./checks-card";
import { ClientsCard } from "./clients-card";
import { CommandsCard } from "./commands-card";
import { FIGURES, chartsFor } from "./figures";
import { KeysCard } from "./keys-card";
import { LatencyCard } from "./latency-card";
import { MemoryCard } from "./memory-card";
import { PersistenceCard } from "./persistence-card";
import { ReplicationCard } from "./replication-card";
import { SlowlogCard } from "./slowlog-card";

export const metadata: Metadata = { title: "Redis" };

export default async function RedisPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [{ may }, { report }] = await Promise.all([viewer(), load(getEngine, { engine: "redis" })]);
  return (
    <EnginePage engine="redis" searchParams={searchParams} figures={FIGURES} charts={chartsFor(report?.values ?? {})}>
      <Panel title="Keys by pattern" rows={6}>
        <KeysCard mayDelete={may("health.redis.delete-keys")} />
      </Panel>
      <div className="grid items-start gap-3 xl:grid-cols-2">
        <Column>
          <Panel title="Slow log">
            <SlowlogCard mayReset={may("health.redis.reset-slowlog")} />
          </Panel>
          <Panel title="Clients">
            <ClientsCard mayKill={may("health.redis.kill-client")} />
          </Panel>
        </Column>
        <Column>
          <Panel title="Commands">
            <CommandsCard />
          </Panel>
          <Panel title="Largest keys">
            <BigKeysCard />
          </Panel>
        </Column>
      </div>
      <div className="grid items-start gap-3 md:grid-cols-2 xl:grid-cols-3">
        <Panel title="Memory">
          <MemoryCard mayPurge={may("health.redis.purge-memory")} />
        </Panel>
        <Column>
          <Panel title="Persistence">
            <PersistenceCard />
          </Panel>
          <Panel title="Replication">
            <ReplicationCard />
          </Panel>
        </Column>
        <Column>
          <Panel title="Latency events">
            <LatencyCard />
          </Panel>
          <Panel title="Checks">
            <ChecksCard />
          </Panel>
        </Column>
      </div>
    </EnginePage>
  );
}

function Column({ children }: { children: ReactNode }) {
  return <div className="grid min-w-0 gap-3">{children}</div>;
}

/** Each waits and fails for itself. */
function Panel({ title, rows, children }: { title: string; rows?: number; children: ReactNode }) {
  return <Suspense fallback={<PanelSkeleton title={title} rows={rows} />}>{children}</Suspense>;
}
