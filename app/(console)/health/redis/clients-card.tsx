import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import { listRedisClients } from "@/lib/health/redis/queries";
import type { Client, ClientGroup } from "@/lib/health/redis/schema";
import { attempt } from "@/lib/next/load";
import { RemedyButton } from "../frame/remedy-button";
import { killClientDry, killClientRun } from "./actions";
import { ReadCard } from "./read-card";

const SHOWN = 12;

export async function ClientsCard({ mayKill }: { mayKill: boolean }) {
  return (
    <ReadCard
      title="Clients"
      found={await attempt(listRedisClients, {})}
      hint={({ total, limit }) =>
        `${formatNumber(total)}${limit === null ? "" : ` of ${formatNumber(limit)}`}, others first`
      }
    >
      {({ rows, groups }) => (
        <>
          <Table caption={`${Math.min(rows.length, SHOWN)} clients, those of others first`} variant="card">
            <thead>
              <tr>
                <Th>Client</Th>
                <Th>Last command</Th>
                <Th numeric>Idle</Th>
                <Th numeric>Buffer</Th>
                <Th numeric from="lg">
                  Memory
                </Th>
                <Th>
                  <span className="sr-only">Act</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, SHOWN).map((client) => (
                <ClientRow key={client.id} client={client} mayKill={mayKill} />
              ))}
            </tbody>
          </Table>
          <CardFooter className="flex-wrap py-1.5 text-text-3">{groups.map(summary).join(" · ")}</CardFooter>
        </>
      )}
    </ReadCard>
  );
}

const summary = ({ name, open }: ClientGroup) => `${name || "without a name"} ${formatNumber(open)}`;

function ClientRow({ client, mayKill }: { client: Client; mayKill: boolean }) {
  const { id, name, addr, user, command, idle_s, output_bytes, memory_bytes, waits, own, kept } = client;
  return (
    <Row>
      <Td className="py-1.5 leading-4">
        <p className="truncate">{name || "Without a name"}</p>
        <p className="text-sm text-text-3">
          {addr}, {user}
        </p>
      </Td>
      <Td>
        <Mono>{command}</Mono> {waits ? <Badge tone="info">waits</Badge> : null}
      </Td>
      <Td numeric muted>
        {formatValue(idle_s, "s")}
      </Td>
      <Td numeric className={output_bytes > 1024 ** 2 ? "text-warn" : "text-text-2"}>
        {formatValue(output_bytes, "bytes")}
      </Td>
      <Td numeric muted from="lg">
        {formatValue(memory_bytes, "bytes")}
      </Td>
      <Td numeric>
        {kept === null && mayKill ? (
          <RemedyButton
            run={killClientRun}
            dryRun={killClientDry}
            fields={{ id: String(id), addr }}
            label="Kill…"
            ariaLabel={`Kill the client ${name || addr}…`}
            title={`End the connection of ${name || addr}`}
            description="What it was doing is not undone; it may connect again."
            confirm="Kill client"
            danger
          />
        ) : (
          <span className="text-sm text-text-3" title={kept ?? undefined}>
            {own ? "own" : kept === null ? "" : "kept"}
          </span>
        )}
      </Td>
    </Row>
  );
}
