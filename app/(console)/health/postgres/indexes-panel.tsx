import { CircleCheck, CircleMinus, CopyX, OctagonX, ShieldCheck } from "lucide-react";
import { Th } from "@/components/data-table/head-cell";
import { Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { CardFooter } from "@/components/ui/card";
import { Copy } from "@/components/ui/copy";
import { formatNumber } from "@/components/ui/number";
import { formatUtc } from "@/components/ui/time-format";
import { listIndexes } from "@/lib/health/postgres/queries";
import type { IndexAdvice, IndexRow } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import type { May } from "../../viewer";
import { RemedyButton } from "../frame/remedy-button";
import { reindexDry, reindexRun } from "./actions";
import { BloatLink, limitOf, ObjectsPanel, ObjectTable } from "./objects-panel";

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
  const found = await attempt(listIndexes, { limit: limitOf(params, "indexes") });
  return (
    <ObjectsPanel
      id="indexes"
      title="Index use"
      hint="at most 5 min old, what needs a look first"
      found={found}
      params={params}
    >
      {({ rows, since }) => (
        <>
          <Rows rows={rows} params={params} may={may} />
          <CardFooter className="py-1.5">
            <span className="min-w-0">
              Use counted {since ? `since ${formatUtc(since).slice(0, 10)}` : "since the database was made"}, on this
              server only: ask every standby before an index goes. The console drops none; copy the statement.
            </span>
          </CardFooter>
        </>
      )}
    </ObjectsPanel>
  );
}

function Rows({ rows, params, may }: IndexesPanelProps & { rows: readonly IndexRow[] }) {
  const mayReindex = may("health.postgres.reindex");
  return (
    <ObjectTable
      caption={`${rows.length} indexes with advice`}
      kind="Index"
      rows={rows}
      nameOf={({ schema, name, table }) => ({ shown: name, title: `${schema}.${name} on ${table}` })}
      heads={
        <>
          <Th numeric>Scans</Th>
          <Th>Advice</Th>
        </>
      }
      cells={({ scans, advice, twin }) => (
        <>
          <Td numeric muted>
            {formatNumber(scans)}
          </Td>
          <Td title={twin ? `covered by ${twin}` : undefined}>
            <Badge tone={ADVICE[advice].tone} icon={ADVICE[advice].icon} quiet>
              {ADVICE[advice].word}
            </Badge>
          </Td>
        </>
      )}
      actions={(row) => (
        <>
          {row.drop ? <Copy text={row.drop} label={`Copy the statement that drops ${row.name}`} /> : null}
          <BloatLink schema={row.schema} table={row.table} of={row.name} params={params} />
          {mayReindex ? <ReindexButton row={row} /> : null}
        </>
      )}
    />
  );
}

function ReindexButton({ row: { schema, name } }: { row: IndexRow }) {
  return (
    <RemedyButton
      run={reindexRun}
      dryRun={reindexDry}
      fields={{ schema, index: name }}
      label="Rebuild"
      ariaLabel={`Rebuild ${name}`}
      title={`Rebuild ${name}`}
      description="A new copy is built beside the old one; readers and writers go on meanwhile."
      confirm="Rebuild index"
      variant="ghost"
    />
  );
}
