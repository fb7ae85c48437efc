import { Meter } from "@/components/charts/meter";
import { Row, Table, Td } from "@/components/data-table/table";
import { Th } from "@/components/data-table/head-cell";
import { CardBody, CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatUtc } from "@/components/ui/time-format";
import { formatValue } from "@/components/ui/value";
import type { KeyPattern, Keyspace } from "@/lib/health/redis/schema";
import { RemedyButton } from "../frame/remedy-button";
import { deleteKeysDry, deleteKeysRun } from "./actions";
import { PatternNote } from "./pattern-note";
import { ReadCard } from "./read-card";
import { keysNow } from "./reads";

/** Keys by pattern from a sample; everything estimated says so. */
export async function KeysCard({ mayDelete }: { mayDelete: boolean }) {
  return (
    <ReadCard
      title="Keys by pattern"
      found={await keysNow()}
      hint={({ at }) => `sample at ${formatUtc(at).slice(11, 16)} UTC`}
      controls={() =>
        mayDelete ? (
          <RemedyButton
            run={deleteKeysRun}
            dryRun={deleteKeysDry}
            fields={{}}
            label="Delete keys…"
            title="Delete keys"
            description="Keys that match are counted before anything is deleted."
            confirm="Delete keys"
            danger
            extra={[
              { name: "pattern", label: "Pattern", placeholder: "export_tmp:*", note: "begins with 3 characters" },
            ]}
          />
        ) : null
      }
    >
      {(keyspace) => <Patterns keyspace={keyspace} />}
    </ReadCard>
  );
}

function Patterns({ keyspace }: { keyspace: Keyspace }) {
  const { total, seen, complete, took_ms, budget_ms, patterns } = keyspace;
  const most = Math.max(1, ...patterns.map(({ bytes }) => bytes));
  return (
    <>
      <CardBody className="border-b">
        <div className="max-w-[460px]">
          <Meter
            label="Budget used"
            value={Math.min(took_ms, budget_ms)}
            max={budget_ms}
            show={(ms) => `${formatNumber(Math.round(ms))} ms`}
            more={`${formatNumber(seen)} of ${complete ? "" : "≈ "}${formatNumber(complete ? seen : total)} keys seen`}
          />
        </div>
      </CardBody>
      {patterns.length === 0 ? (
        <CardBody>
          <p className="text-text-2">There are no keys.</p>
        </CardBody>
      ) : (
        <Table caption={`${patterns.length} patterns of keys`} variant="card">
          <thead>
            <tr>
              <Th>Pattern</Th>
              <Th from="lg">What it is</Th>
              <Th from="lg">Type</Th>
              <Th numeric>Keys</Th>
              <Th numeric>Error</Th>
              <Th numeric>Memory</Th>
              <Th numeric from="xl">
                Mean
              </Th>
              <Th numeric from="lg">
                Largest
              </Th>
              <Th numeric>Time left</Th>
              <Th>Note</Th>
            </tr>
          </thead>
          <tbody>
            {patterns.map((pattern) => (
              <PatternRow key={pattern.pattern} pattern={pattern} complete={complete} share={pattern.bytes / most} />
            ))}
          </tbody>
        </Table>
      )}
      <CardFooter className="text-text-3">Key names are shortened to their pattern, values are never read</CardFooter>
    </>
  );
}

function PatternRow({ pattern, complete, share }: { pattern: KeyPattern; complete: boolean; share: number }) {
  return (
    <Row>
      <Td>
        <Mono>{pattern.pattern}</Mono>
      </Td>
      <Td from="lg" className={pattern.purpose ? "" : "text-warn"}>
        {pattern.purpose ?? "Unknown to Quadrant"}
      </Td>
      <Td from="lg" muted>
        {pattern.type}
      </Td>
      <Td numeric className="font-medium">
        {complete ? "" : "≈ "}
        {formatNumber(pattern.keys)}
      </Td>
      <Td numeric muted>
        {complete ? "exact" : `± ${pattern.error_percent} %`}
      </Td>
      <Td numeric>
        <span className="inline-flex items-center gap-2">
          <span aria-hidden className="inline-block h-1.5 w-10 overflow-hidden rounded-full bg-grid max-lg:hidden">
            <span className="block h-full bg-chart-1" style={{ width: `max(2px, ${share * 100}%)` }} />
          </span>
          <span className="min-w-14">{formatValue(pattern.bytes, "bytes")}</span>
        </span>
      </Td>
      <Td numeric muted from="xl">
        {formatValue(pattern.mean_bytes, "bytes")}
      </Td>
      <Td numeric muted from="lg">
        {formatValue(pattern.largest_bytes, "bytes")}
      </Td>
      <Td numeric className={pattern.lasting > 0 ? "text-warn" : ""}>
        {pattern.lasting > 0 && pattern.ttl_s === null ? "never" : formatValue(pattern.ttl_s, "s")}
      </Td>
      <Td>
        <PatternNote pattern={pattern} />
      </Td>
    </Row>
  );
}
