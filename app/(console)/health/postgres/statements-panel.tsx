import Link from "next/link";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { Segmented } from "@/components/ui/segmented";
import { formatUtc } from "@/components/ui/time-format";
import { formatValue } from "@/components/ui/value";
import { listStatements } from "@/lib/health/postgres/queries";
import { STATEMENT_ORDERS, type Statement, type StatementOrder, type Statements } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import type { May } from "../../viewer";
import { BlindNote } from "../frame/blind-note";
import { RemedyButton } from "../frame/remedy-button";
import { resetStatementsDry, resetStatementsRun } from "./actions";
import { address } from "./address";
import { Nothing, Panel } from "./panel";
import { shortStatement } from "./short-statement";

const WORDS: Record<StatementOrder, [title: string, label: string]> = {
  total: ["Queries by total time", "Total"],
  mean: ["Queries by mean time", "Mean"],
  calls: ["Queries by calls", "Calls"],
  reads: ["Queries by disk reads", "Disk reads"],
};
/** From here a mean is worth an index or a cache: the mark of PgHero. */
const SLOW = { ms: 20, calls: 100 };

type StatementsPanelProps = { params: Record<string, string>; may: May };

export async function StatementsPanel({ params, may }: StatementsPanelProps) {
  const order = STATEMENT_ORDERS.find((each) => each === params["order"]) ?? "total";
  const found = await attempt(listStatements, { order, limit: params["shapes"] === "all" ? 100 : 8 });
  const segments = STATEMENT_ORDERS.map((each) => ({
    label: WORDS[each][1],
    href: address(params, { order: each }, "queries"),
    active: each === order,
  }));
  return (
    <Panel
      id="queries"
      title={WORDS[order][0]}
      hint="values hidden"
      controls={<Segmented label="Order of the queries" small segments={segments} />}
      what="the statements"
      found={found}
    >
      {(statements) =>
        statements.blind && statements.rows.length === 0 ? (
          <BlindNote blind={statements.blind} bare />
        ) : (
          <>
            {statements.blind ? <BlindNote blind={statements.blind} bare /> : null}
            {statements.rows.length === 0 ? (
              <Nothing>No statement was counted yet.</Nothing>
            ) : (
              <Rows rows={statements.rows} params={params} mayExplain={may("health.postgres.explain")} />
            )}
            <Foot statements={statements} params={params} may={may} />
          </>
        )
      }
    </Panel>
  );
}

type RowsProps = { rows: readonly Statement[]; params: Record<string, string>; mayExplain: boolean };

function Rows({ rows, params, mayExplain }: RowsProps) {
  return (
    <Table caption={`${rows.length} statements`} variant="card">
      <thead>
        <tr>
          <Th>Query</Th>
          <Th>Share of time</Th>
          <Th numeric>Calls</Th>
          <Th numeric>Mean</Th>
          <Th numeric>Hit</Th>
          <Th>
            <span className="sr-only">Plan</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ queryid, role, query, share, calls, mean_ms: mean, hit }) => (
          <Row key={`${queryid} ${role}`}>
            <Td className="max-w-[340px] min-w-[220px] py-1.5 whitespace-normal">
              <Mono className="line-clamp-2" title={query.slice(0, 800)}>
                {shortStatement(query)}
              </Mono>
              <span className="text-sm text-text-3">{role}</span>
            </Td>
            <Td>
              <span className="flex items-center gap-2">
                <span aria-hidden className="h-1.5 w-10 overflow-hidden rounded-full bg-grid">
                  <span className="block h-full bg-chart-1" style={{ width: `${share}%` }} />
                </span>
                {formatValue(share, "percent")}
              </span>
            </Td>
            <Td numeric>{formatNumber(calls)}</Td>
            <Td numeric className={mean >= SLOW.ms && calls >= SLOW.calls ? "font-medium text-warn" : undefined}>
              {formatValue(mean, "ms")}
            </Td>
            <Td numeric>{formatValue(hit, "percent")}</Td>
            <Td className="text-right">
              {mayExplain ? (
                <Link
                  href={address(params, { explain: queryid, role }, "plan")}
                  className="inline-flex min-h-6 items-center text-accent-text hover:underline"
                >
                  Explain<span className="sr-only"> {shortStatement(query).slice(0, 60)}</span>
                </Link>
              ) : null}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

type FootProps = { statements: Statements; params: Record<string, string>; may: May };

function Foot({ statements: { shapes, since, evicted, rows }, params, may }: FootProps) {
  return (
    <CardFooter className="flex-wrap py-1.5">
      <span className="min-w-0 flex-1">
        {since ? `Counted since ${formatUtc(since).slice(0, 16)} UTC. ` : ""}
        {evicted > 0 ? `${formatNumber(evicted)} were pushed out: raise pg_stat_statements.max. ` : ""}
      </span>
      {shapes > rows.length ? (
        <Link href={address(params, { shapes: "all" }, "queries")} className="text-accent-text hover:underline">
          {shapes > 100 ? "First 100 of" : "All"} {formatNumber(shapes)} shapes
        </Link>
      ) : null}
      {may("health.postgres.reset-statements") ? (
        <RemedyButton
          run={resetStatementsRun}
          dryRun={resetStatementsDry}
          fields={{}}
          label="Count anew"
          title="Begin the statement statistics anew"
          description="All counts of this database are lost, for every tool that reads them."
          confirm="Reset statistics"
          variant="ghost"
          danger
        />
      ) : null}
    </CardFooter>
  );
}
