import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardBody, CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { formatValue } from "@/components/ui/value";
import { getRedisSlowlog } from "@/lib/health/redis/queries";
import type { Slowlog } from "@/lib/health/redis/schema";
import { attempt } from "@/lib/next/load";
import { RemedyButton } from "../frame/remedy-button";
import { resetSlowlogDry, resetSlowlogRun } from "./actions";
import { ReadCard } from "./read-card";

/** A command that holds all others this long is marked. */
const LONG_MS = 100;

export async function SlowlogCard({ mayReset }: { mayReset: boolean }) {
  return (
    <ReadCard
      title="Slow log"
      found={await attempt(getRedisSlowlog, {})}
      hint={({ length }) => `${formatNumber(length)} entries, arguments hidden`}
      controls={({ length }) =>
        mayReset && length > 0 ? (
          <RemedyButton
            run={resetSlowlogRun}
            dryRun={resetSlowlogDry}
            fields={{}}
            label="Reset…"
            ariaLabel="Reset the slow log…"
            title="Reset the slow log"
            confirm="Reset slow log"
          />
        ) : null
      }
    >
      {(slowlog) => <Entries {...slowlog} />}
    </ReadCard>
  );
}

function Entries({ length, entries }: Slowlog) {
  if (entries.length === 0) {
    return (
      <CardBody>
        <p className="text-text-2">No command took long enough to be noted.</p>
      </CardBody>
    );
  }
  return (
    <>
      <Table caption={`${entries.length} newest entries of the slow log`} variant="card">
        <thead>
          <tr>
            <Th>Entry</Th>
            <Th>UTC</Th>
            <Th>Command</Th>
            <Th numeric>Took</Th>
            <Th from="lg">Client</Th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, at, ms, text, client }) => (
            <Row key={id}>
              <Td muted>{formatNumber(id)}</Td>
              <Td muted>
                <Time value={at} mode="clock" />
              </Td>
              <Td>
                <Mono>{text}</Mono>
              </Td>
              <Td numeric className={ms >= LONG_MS ? "font-medium text-warn" : ""}>
                {formatValue(ms, "ms")}
              </Td>
              <Td muted from="lg">
                {client}
              </Td>
            </Row>
          ))}
        </tbody>
      </Table>
      <CardFooter className="text-text-3">
        {length > entries.length ? `The newest ${entries.length} of ${formatNumber(length)}` : "All entries it keeps"}
      </CardFooter>
    </>
  );
}
