import { Wrench } from "lucide-react";
import { Th } from "@/components/data-table/head-cell";
import { Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { Time } from "@/components/ui/time";
import { ENGINE_LABELS, ENGINES } from "@/lib/databases/schema";
import { listMaintenance } from "@/lib/health/queries";
import type { Maintenance } from "@/lib/health/schema";
import { attempt } from "@/lib/next/load";
import { FailureState } from "../failure-state";
import { endMaintenanceDry, endMaintenanceRun, startMaintenanceDry, startMaintenanceRun } from "../health/actions";
import { RemedyButton } from "../health/frame/remedy-button";
import type { May } from "../viewer";

const MINUTES = [
  ["15", "15 minutes"],
  ["60", "1 hour"],
  ["240", "4 hours"],
  ["1440", "1 day"],
] as const;

/** Times in which an engine may be unwell without anybody being told. */
export async function MaintenanceTab({ may }: { may: May }) {
  const found = await attempt(listMaintenance, {});
  if (!found.ok) return <FailureState failure={found.failure} what="maintenance" href="/alerts?tab=maintenance" />;
  const windows = found.value;
  const maintains = may("health.maintain");
  return (
    <div className="grid max-w-[860px] gap-4">
      {maintains ? (
        <div>
          <RemedyButton
            command
            variant="primary"
            size="md"
            run={startMaintenanceRun}
            dryRun={startMaintenanceDry}
            fields={{}}
            label={
              <>
                <Wrench size={14} aria-hidden />
                Start maintenance
              </>
            }
            title="Start maintenance"
            description="From now on its rules are still evaluated, but nobody is told until it ends."
            confirm="Start maintenance"
            extra={[
              {
                name: "engine",
                label: "Engine",
                choices: ENGINES.map((engine) => ({ value: engine, label: ENGINE_LABELS[engine] })),
                value: ENGINES[0],
              },
              {
                name: "minutes",
                label: "Ends by itself after",
                choices: MINUTES.map(([value, label]) => ({ value, label })),
                value: "60",
              },
            ]}
          />
        </div>
      ) : null}
      <Card>
        <CardHeader title="Windows" hint="running ones first" />
        {windows.length === 0 ? (
          <Empty icon={Wrench} title="No maintenance yet" role="status" className="py-8">
            While a window runs, alerts of its engine are kept but not told.
          </Empty>
        ) : (
          <Windows windows={windows} maintains={maintains} />
        )}
      </Card>
    </div>
  );
}

function Windows({ windows, maintains }: { windows: readonly Maintenance[]; maintains: boolean }) {
  return (
    <Table caption={`${windows.length} maintenance windows`} variant="card" cards>
      <thead>
        <tr>
          <Th>Engine</Th>
          <Th>From, UTC</Th>
          <Th>Until, UTC</Th>
          <Th>Reason</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {windows.map(({ id, engine, starts_at, ends_at, reason, version, running }) => (
          <tr key={id}>
            <Td slot="title">
              <span className="flex items-center gap-2 font-medium">
                {ENGINE_LABELS[engine]}
                {running ? (
                  <Badge tone="info" icon={Wrench}>
                    Runs
                  </Badge>
                ) : null}
              </span>
            </Td>
            <Td slot="side">
              <Time value={starts_at} mode="utc" />
            </Td>
            <Td slot="side-2">
              <Time value={ends_at} mode="utc" />
            </Td>
            <Td slot="sub" className="whitespace-normal" muted>
              {reason}
            </Td>
            <Td slot="more">
              {running && maintains ? (
                <RemedyButton
                  command
                  reason="none"
                  run={endMaintenanceRun}
                  dryRun={endMaintenanceDry}
                  fields={{ id, version: String(version) }}
                  label="End now"
                  ariaLabel={`End the maintenance of ${ENGINE_LABELS[engine]}`}
                  title={`End the maintenance of ${ENGINE_LABELS[engine]}`}
                  description="What is open then is told within seconds."
                  confirm="End maintenance"
                />
              ) : null}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
