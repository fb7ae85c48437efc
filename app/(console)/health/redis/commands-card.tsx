import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { listRedisCommands } from "@/lib/health/redis/queries";
import type { CommandUse } from "@/lib/health/redis/schema";
import { attempt } from "@/lib/next/load";
import { ReadCard } from "./read-card";

const SHOWN = 8;

const micros = (value: number | null) =>
  value === null ? "–" : value >= 1000 ? `${(value / 1000).toFixed(1)}\u2009ms` : `${Math.round(value)}\u2009µs`;

export async function CommandsCard() {
  return (
    <ReadCard
      title="Commands"
      found={await attempt(listRedisCommands, {})}
      hint={() => "by share of time since the last reset"}
    >
      {(commands) => (
        <>
          <Table caption={`${Math.min(SHOWN, commands.length)} commands by share of time`} variant="card">
            <thead>
              <tr>
                <Th>Command</Th>
                <Th>Share</Th>
                <Th numeric>Calls</Th>
                <Th numeric>p50</Th>
                <Th numeric>p99</Th>
                <Th numeric>Refused</Th>
              </tr>
            </thead>
            <tbody>
              {commands.slice(0, SHOWN).map((command) => (
                <CommandRow key={command.name} command={command} />
              ))}
            </tbody>
          </Table>
          <CardFooter className="text-text-3">
            One command at a time: a slow one delays all clients. {formatNumber(commands.length)} commands in use
          </CardFooter>
        </>
      )}
    </ReadCard>
  );
}

function CommandRow({
  command: { name, share_percent, calls, p50_us, p99_us, mean_us, refused },
}: {
  command: CommandUse;
}) {
  return (
    <Row>
      <Td>
        <Mono>{name}</Mono>
      </Td>
      <Td>
        <span className="inline-flex items-center gap-2">
          <span aria-hidden className="inline-block h-1.5 w-9 overflow-hidden rounded-full bg-grid">
            <span className="block h-full bg-chart-1" style={{ width: `max(2px, ${share_percent}%)` }} />
          </span>
          {share_percent.toFixed(1)} %
        </span>
      </Td>
      <Td numeric muted>
        {formatNumber(calls)}
      </Td>
      <Td numeric muted>
        {micros(p50_us ?? mean_us)}
      </Td>
      <Td numeric muted>
        {micros(p99_us)}
      </Td>
      <Td numeric className={refused > 0 ? "text-warn" : "text-text-2"}>
        {formatNumber(refused)}
      </Td>
    </Row>
  );
}
