import { Meter } from "@/components/charts/meter";
import { Row, Table, Td } from "@/components/data-table/table";
import { Th } from "@/components/data-table/head-cell";
import { CardBody } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatValue } from "@/components/ui/value";
import { listSessions } from "@/lib/health/postgres/queries";
import type { Session, Sessions } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import type { May } from "../../viewer";
import { BlindNote } from "../frame/blind-note";
import { Nothing, Panel } from "./panel";
import { SessionButtons } from "./session-buttons";

/** What runs, and who holds the connections: two cards of one reading. */
export async function SessionsPanels({ may }: { may: May }) {
  const found = await attempt(listSessions, {});
  return (
    <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Panel id="running" title="Running now" hint="values hidden, the oldest first" what="what runs now" found={found}>
        {({ busy, blind }) =>
          blind ? (
            <BlindNote blind={blind} bare />
          ) : busy.length === 0 ? (
            <Nothing>No session runs a statement or holds a transaction.</Nothing>
          ) : (
            <Busy sessions={busy} may={may} />
          )
        }
      </Panel>
      <Panel id="sessions" title="Sessions" hint="by state and application" what="the sessions" found={found}>
        {(sessions) => (sessions.blind ? <BlindNote blind={sessions.blind} bare /> : <Shares {...sessions} />)}
      </Panel>
    </div>
  );
}

function Busy({ sessions, may }: { sessions: readonly Session[]; may: May }) {
  return (
    <Table caption={`${sessions.length} sessions that run a statement or hold a transaction`} variant="card">
      <thead>
        <tr>
          <Th>Session</Th>
          <Th>Statement</Th>
          <Th numeric>Since</Th>
          <Th numeric>Transaction</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <Row key={session.pid}>
            <Td className="py-1.5">
              <Mono>{session.pid}</Mono>
              <span className="block max-w-[150px] truncate text-sm text-text-2" title={session.application}>
                {session.role}, {session.application || "no name"}
              </span>
            </Td>
            <Td className="max-w-[320px] min-w-[200px] whitespace-normal">
              <Mono className="line-clamp-2">{session.query || "–"}</Mono>
              <span className={session.state === "active" ? "text-sm text-text-2" : "text-sm text-warn"}>
                {session.state}
                {session.waits_for ? `, waits for ${session.waits_for}` : ""}
              </span>
            </Td>
            <Td numeric>{formatValue(session.state === "active" ? session.query_s : session.state_s, "s")}</Td>
            <Td numeric muted>
              {formatValue(session.tx_s, "s")}
            </Td>
            <Td className="text-right whitespace-normal">
              <SessionButtons session={session} may={may} />
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
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
