import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardBody } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { Time } from "@/components/ui/time";
import { formatValue } from "@/components/ui/value";
import { listRedisLatency } from "@/lib/health/redis/queries";
import type { LatencyEvents } from "@/lib/health/redis/schema";
import { attempt } from "@/lib/next/load";
import { ReadCard } from "./read-card";

export async function LatencyCard() {
  return (
    <ReadCard title="Latency events" found={await attempt(listRedisLatency, {})} hint={() => "newest of each kind"}>
      {(events) =>
        events.length === 0 ? (
          <CardBody>
            <p className="text-text-2">
              None. Redis records them only where <Mono>latency-monitor-threshold</Mono> is above 0.
            </p>
          </CardBody>
        ) : (
          <Events events={events} />
        )
      }
    </ReadCard>
  );
}

function Events({ events }: { events: LatencyEvents }) {
  return (
    <Table caption={`${events.length} kinds of latency events`} variant="card">
      <thead>
        <tr>
          <Th>Event</Th>
          <Th>Last, UTC</Th>
          <Th numeric>Took</Th>
          <Th numeric>Longest</Th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ event, at, latest_ms, longest_ms }) => (
          <Row key={event}>
            <Td>
              <Mono>{event}</Mono>
            </Td>
            <Td muted>
              <Time value={at} mode="clock" />
            </Td>
            <Td numeric>{formatValue(latest_ms, "ms")}</Td>
            <Td numeric muted>
              {formatValue(longest_ms, "ms")}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
