import { CircleCheck } from "lucide-react";
import { Th } from "@/components/data-table/head-cell";
import { Table, Td } from "@/components/data-table/table";
import { Time } from "@/components/ui/time";
import type { Alert } from "@/lib/alerts/schema";
import { lasted, shown } from "./words";

/** What has ended: how bad it was, when, how long. */
export function ClearedTable({ alerts }: { alerts: readonly Alert[] }) {
  return (
    <Table caption={`${alerts.length} cleared alerts`} variant="card" cards>
      <thead>
        <tr>
          <Th>Alert</Th>
          <Th>At worst</Th>
          <Th>Cleared, UTC</Th>
          <Th>Lasted</Th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <tr key={alert.id}>
            <Td slot="title" className="whitespace-normal">
              <span className="flex items-center gap-2 font-medium">
                <CircleCheck size={14} aria-hidden className="flex-none text-ok" />
                {alert.name}
              </span>
            </Td>
            <Td slot="sub">
              {alert.threshold === null
                ? "no value"
                : `${shown(alert.peak, alert.unit)}, limit ${shown(alert.threshold, alert.unit)}`}
            </Td>
            <Td slot="side">
              <Time value={alert.resolved_at} mode="utc" />
            </Td>
            <Td slot="side-2" muted>
              {alert.resolved_at ? lasted(alert.started_at, alert.resolved_at) : "–"}
              {alert.resolved_why === "rule" ? ", its rule was changed" : ""}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
