import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { Mono } from "@/components/ui/mono";
import { formatValue } from "@/components/ui/value";
import type { Session, Sessions } from "@/lib/health/postgres/schema";
import type { Attempt } from "@/lib/next/load";
import type { May } from "../../viewer";
import { BlindNote } from "../frame/blind-note";
import { Nothing, Panel } from "./panel";
import { SessionButtons } from "./session-buttons";

export async function RunningPanel({ sessions, may }: { sessions: Promise<Attempt<Sessions>>; may: May }) {
  const found = await sessions;
  return (
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
