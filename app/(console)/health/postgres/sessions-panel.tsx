import { Meter } from "@/components/charts/meter";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardBody } from "@/components/ui/card";
import type { Sessions } from "@/lib/health/postgres/schema";
import type { Attempt } from "@/lib/next/load";
import { BlindNote } from "../frame/blind-note";
import { Panel } from "./panel";

/** Who holds the connections, against how many there are. */
export async function SessionsPanel({ sessions }: { sessions: Promise<Attempt<Sessions>> }) {
  const found = await sessions;
  return (
    <Panel id="sessions" title="Sessions" hint="by state and application" what="the sessions" found={found}>
      {(seen) => (seen.blind ? <BlindNote blind={seen.blind} bare /> : <Shares {...seen} />)}
    </Panel>
  );
}

function Shares({ clients, usable, max, states, applications }: Sessions) {
  const part = clients / Math.max(1, usable);
  const tone = part >= 0.9 ? "bad" : part >= 0.8 ? "warn" : undefined;
  const word = part >= 1 ? "all are taken" : `${Math.max(0, usable - clients)} free`;
  return (
    <>
      <CardBody className="space-y-1.5">
        <Meter label="Connections" value={clients} max={usable} more={word} tone={tone} />
        <p className="text-sm text-text-2">
          {states.map(({ state, count }) => `${count} ${state}`).join(", ")}. The server takes {max}; {max - usable} of
          them are kept for administrators and for whoever watches.
        </p>
      </CardBody>
      <Table caption={`Connections of ${applications.length} applications`} variant="card">
        <thead>
          <tr>
            <Th>Application</Th>
            <Th numeric>Sessions</Th>
            <Th numeric>Active</Th>
            <Th numeric>Idle in tx</Th>
          </tr>
        </thead>
        <tbody>
          {applications.slice(0, 8).map(({ application, role, count, active, idle_tx: idle }) => (
            <Row key={`${application} ${role}`}>
              <Td className="max-w-[220px]">
                <span className="block truncate" title={`${application}, ${role}`}>
                  {application} <span className="text-sm text-text-3">{role}</span>
                </span>
              </Td>
              <Td numeric>{count}</Td>
              <Td numeric>{active}</Td>
              <Td numeric className={idle > 0 ? "text-warn" : undefined}>
                {idle}
              </Td>
            </Row>
          ))}
        </tbody>
      </Table>
    </>
  );
}
