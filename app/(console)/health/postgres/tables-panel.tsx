import { Th } from "@/components/data-table/head-cell";
import { Td } from "@/components/data-table/table";
import { CardFooter } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { formatValue } from "@/components/ui/value";
import { listTables } from "@/lib/health/postgres/queries";
import type { TableRow, Tables } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import type { May } from "../../viewer";
import { RemedyButton } from "../frame/remedy-button";
import { vacuumDry, vacuumRun } from "./actions";
import { BloatLink, limitOf, ObjectsPanel, ObjectTable } from "./objects-panel";
import { Nothing } from "./panel";

/** The mark of PMM: fewer dead rows, or a smaller part, are nothing to speak of. */
const DIRTY = { rows: 10_000, share: 10 };

type TablesPanelProps = { params: Record<string, string>; may: May };

export async function TablesPanel({ params, may }: TablesPanelProps) {
  const found = await attempt(listTables, { limit: limitOf(params, "tables") });
  return (
    <ObjectsPanel
      id="tables"
      title="Largest tables"
      hint="at most 5 min old, with indexes"
      found={found}
      params={params}
    >
      {({ rows, unindexed_keys: keys }) => (
        <>
          {rows.length === 0 ? (
            <Nothing>There is no table yet.</Nothing>
          ) : (
            <Rows rows={rows} params={params} may={may} />
          )}
          <Keys keys={keys} />
        </>
      )}
    </ObjectsPanel>
  );
}

function Rows({ rows, params, may }: TablesPanelProps & { rows: readonly TableRow[] }) {
  const mayVacuum = may("health.postgres.vacuum");
  return (
    <ObjectTable
      caption={`${rows.length} tables by size`}
      kind="Table"
      rows={rows}
      nameOf={(row) => ({ shown: fullName(row), title: fullName(row) })}
      heads={
        <>
          <Th numeric>Rows</Th>
          <Th numeric>Dead</Th>
          <Th>Last vacuum</Th>
        </>
      }
      cells={(row) => (
        <>
          <Td numeric muted>
            ≈ {formatNumber(row.rows)}
          </Td>
          <Td numeric className={isDirty(row) ? "font-medium text-warn" : undefined} title={deadTitle(row)}>
            {formatValue(row.dead_share, "percent")}
          </Td>
          <Td>
            <LastVacuum row={row} />
          </Td>
        </>
      )}
      actions={(row) => (
        <>
          <BloatLink schema={row.schema} table={row.name} of={fullName(row)} params={params} />
          {mayVacuum ? <VacuumButton row={row} /> : null}
        </>
      )}
    />
  );
}

function LastVacuum({ row: { vacuum_progress: progress, last_vacuum: last } }: { row: TableRow }) {
  if (progress !== null) return `running, ${progress} %`;
  return last ? <Time value={last} /> : "never";
}

function fullName({ schema, name }: TableRow): string {
  return `${schema}.${name}`;
}

function VacuumButton({ row: { schema, name } }: { row: TableRow }) {
  return (
    <RemedyButton
      run={vacuumRun}
      dryRun={vacuumDry}
      fields={{ schema, table: name }}
      label="Vacuum"
      ariaLabel={`Vacuum ${schema}.${name}`}
      title={`Vacuum ${schema}.${name}`}
      description="Readers and writers go on meanwhile."
      confirm="Run it"
      variant="ghost"
      extra={[
        {
          name: "mode",
          label: "What to do",
          value: "vacuum",
          choices: [
            { value: "vacuum", label: "Remove dead rows and count anew: VACUUM (ANALYZE)" },
            { value: "analyze", label: "Only count anew: ANALYZE" },
          ],
        },
      ]}
    />
  );
}

function Keys({ keys }: { keys: Tables["unindexed_keys"] }) {
  if (keys.length === 0) return <CardFooter>Every foreign key has an index.</CardFooter>;
  const shown = keys.slice(0, 3).map(({ table, name }) => `${name} of ${table}`);
  const more = keys.length > shown.length ? ` and ${keys.length - shown.length} more` : "";
  return (
    <CardFooter className="py-1.5">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        Foreign keys without an index: {shown.join(", ")}
        {more}.
      </span>
    </CardFooter>
  );
}

function isDirty({ dead, dead_share: share }: TableRow): boolean {
  return dead > DIRTY.rows && share >= DIRTY.share;
}

function deadTitle({ dead, trigger_at: at }: TableRow): string {
  const comes =
    at === null ? "autovacuum is off for this table" : `autovacuum comes at ${formatNumber(Math.round(at))}`;
  return `${formatNumber(dead)} dead rows; ${comes}`;
}
