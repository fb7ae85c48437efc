import { CircleCheck, CircleMinus, CopyX, OctagonX, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { CardFooter } from "@/components/ui/card";
import { Copy } from "@/components/ui/copy";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatUtc } from "@/components/ui/time-format";
import { formatValue } from "@/components/ui/value";
import { listIndexes } from "@/lib/health/postgres/queries";
import type { IndexAdvice, IndexRow } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import type { May } from "../../viewer";
import { RemedyButton } from "../frame/remedy-button";
import { reindexDry, reindexRun } from "./actions";
import { address } from "./address";
import { Panel } from "./panel";

const ADVICE = {
  in_use: { word: "In use", icon: CircleCheck, tone: "ok" },
  enforces: { word: "Enforces a rule", icon: ShieldCheck, tone: "ok" },
  unused: { word: "Never used", icon: CircleMinus, tone: "warn" },
  duplicate: { word: "Duplicate", icon: CopyX, tone: "warn" },
  redundant: { word: "Redundant", icon: CopyX, tone: "warn" },
  invalid: { word: "Invalid", icon: OctagonX, tone: "bad" },
} as const satisfies Record<IndexAdvice, object>;

type IndexesPanelProps = { params: Record<string, string>; may: May };

export async function IndexesPanel({ params, may }: IndexesPanelProps) {
  const found = await attempt(listIndexes, { limit: params["indexes"] === "all" ? 500 : 8 });
  const total = found.ok ? found.value.total : 0;
  return (
    <Panel
      id="indexes"
      title="Index use"
      hint="at most 5 min old, what needs a look first"
      what="the indexes"
      found={found}
      controls={
        found.ok && found.value.rows.length < total ? (
          <Link href={address(params, { indexes: "all" }, "indexes")} className="text-accent-text hover:underline">
            All {formatNumber(total)}
          </Link>
        ) : null
      }
    >
      {({ rows, since }) => (
        <>
          <Rows rows={rows} mayReindex={may("health.postgres.reindex")} />
          <CardFooter className="py-1.5">
            <span className="min-w-0">
              Use counted {since ? `since ${formatUtc(since).slice(0, 10)}` : "since the database was made"}, on this
              server only: ask every standby before an index goes. The console drops none; copy the statement.
            </span>
          </CardFooter>
        </>
      )}
    </Panel>
  );
}

function Rows({ rows, mayReindex }: { rows: readonly IndexRow[]; mayReindex: boolean }) {
  return (
    <Table caption={`${rows.length} indexes with advice`} variant="card">
      <thead>
        <tr>
          <Th>Index</Th>
          <Th numeric>Size</Th>
          <Th numeric>Scans</Th>
          <Th>Advice</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.schema}.${row.name}`}>
            <Td className="max-w-[220px]">
              <Mono className="block truncate" title={`${row.schema}.${row.name} on ${row.table}`}>
                {row.name}
              </Mono>
            </Td>
            <Td numeric className="font-medium">
              {formatValue(row.bytes, "bytes")}
            </Td>
            <Td numeric muted>
              {formatNumber(row.scans)}
            </Td>
            <Td title={row.twin ? `covered by ${row.twin}` : undefined}>
              <Badge tone={ADVICE[row.advice].tone} icon={ADVICE[row.advice].icon} quiet>
                {ADVICE[row.advice].word}
              </Badge>
            </Td>
            <Td>
              <span className="flex items-center justify-end gap-1.5">
                {row.drop ? <Copy text={row.drop} label={`Copy the statement that drops ${row.name}`} /> : null}
                {mayReindex ? (
                  <RemedyButton
                    run={reindexRun}
                    dryRun={reindexDry}
                    fields={{ schema: row.schema, index: row.name }}
                    label="Rebuild"
                    ariaLabel={`Rebuild ${row.name}`}
                    title={`Rebuild ${row.name}`}
                    description="A new copy is built beside the old one; readers and writers go on meanwhile."
                    confirm="Rebuild index"
                    variant="ghost"
                  />
                ) : null}
              </span>
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
