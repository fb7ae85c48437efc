import Link from "next/link";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { formatValue } from "@/components/ui/value";
import { listTables } from "@/lib/health/postgres/queries";
import type { TableRow, Tables } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import type { May } from "../../viewer";
import { RemedyButton } from "../frame/remedy-button";
import { vacuumDry, vacuumRun } from "./actions";
import { address } from "./address";
import { Nothing, Panel } from "./panel";

/** The mark of PMM: fewer dead rows, or a smaller part, are nothing to speak of. */
const DIRTY = { rows: 10_000, share: 10 };

type TablesPanelProps = { params: Record<string, string>; may: May };

export async function TablesPanel({ params, may }: TablesPanelProps) {
  const found = await attempt(listTables, { limit: params["tables"] === "all" ? 500 : 8 });
  const total = found.ok ? found.value.total : 0;
  return (
    <Panel
      id="tables"
      title="Largest tables"
      hint="at most 5 min old, with indexes"
      what="the tables"
      found={found}
      controls={
        found.ok && found.value.rows.length < total ? (
          <Link href={address(params, { tables: "all" }, "tables")} className="text-accent-text hover:underline">
            All {formatNumber(total)}
          </Link>
        ) : null
      }
    >
      {({ rows, unindexed_keys: keys }) => (
        <>
          {rows.length === 0 ? <Nothing>There is no table yet.</Nothing> : <Rows rows={rows} may={may} />}
          <Keys keys={keys} />
        </>
      )}
    </Panel>
  );
}

function Rows({ rows, may }: { rows: readonly TableRow[]; may: May }) {
  const mayVacuum = may("health.postgres.vacuum");
  return (
    <Table caption={`${rows.length} tables by size`} variant="card">
      <thead>
        <tr>
          <Th>Table</Th>
          <Th numeric>Size</Th>
          <Th numeric>Rows</Th>
          <Th numeric>Dead</Th>
          <Th>Last vacuum</Th>
          {mayVacuum ? (
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.schema}.${row.name}`}>
            <Td className="max-w-[200px]">
              <Mono className="block truncate" title={`${row.schema}.${row.name}`}>
                {row.schema}.{row.name}
              </Mono>
            </Td>
            <Td numeric className="font-medium">
              {formatValue(row.bytes, "bytes")}
            </Td>
            <Td numeric muted>
              ≈ {formatNumber(row.rows)}
            </Td>
            <Td numeric className={isDirty(row) ? "font-medium text-warn" : undefined} title={deadTitle(row)}>
              {formatValue(row.dead_share, "percent")}
            </Td>
            <Td>
              {row.vacuum_progress === null ? (
                row.last_vacuum ? (
                  <Time value={row.last_vacuum} />
                ) : (
                  "never"
                )
              ) : (
                `running, ${row.vacuum_progress} %`
              )}
            </Td>
            {mayVacuum ? (
              <Td className="text-right">
                <VacuumButton row={row} />
              </Td>
            ) : null}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function VacuumButton({ row: { schema, name } }: { row: TableRow }) {
  return (
    <RemedyButton
      run={vacuumRun}
      dryRun={vacuumDry}
      fields={{ schema, table: name }}
      label="Vacuum…"
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
