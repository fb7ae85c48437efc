import Link from "next/link";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatValue } from "@/components/ui/value";
import { measureBloat } from "@/lib/health/postgres/queries";
import type { BloatRow } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import { BlindNote } from "../frame/blind-note";
import { address } from "./address";
import { Panel } from "./panel";

/** From here it is worth the work: of a table the mark of PMM, of an index that of Awesome Prometheus alerts. */
const BLOATED = { table: { share: 70, bytes: 200 * 2 ** 20 }, index: { share: 80, bytes: 100 * 2 ** 20 } };

type BloatPanelProps = { schema: string; table: string; params: Record<string, string> };

export async function BloatPanel({ schema, table, params }: BloatPanelProps) {
  const found = await attempt(measureBloat, { schema, table });
  return (
    <Panel
      id="bloat"
      title={`Bloat of ${schema}.${table}`}
      hint="read from its pages, at most 1 min old"
      what="the bloat"
      found={found}
      controls={
        <Link
          href={address(params, { bloat: null, schema: null }, "tables")}
          className="inline-flex min-h-6 items-center text-accent-text hover:underline"
        >
          Close
        </Link>
      }
    >
      {({ rows, blind }) => (
        <>
          {blind ? <BlindNote blind={blind} bare /> : <Rows rows={rows} />}
          <CardFooter className="py-1.5">
            <span className="min-w-0">
              Bloat is what is dead or free. Vacuum makes dead rows free, and new rows fill that again; the file hardly
              ever shrinks. An index is held against one that was just built, which Rebuild makes.
            </span>
          </CardFooter>
        </>
      )}
    </Panel>
  );
}

function Rows({ rows }: { rows: readonly BloatRow[] }) {
  return (
    <Table caption={`Bloat of a table and ${rows.length - 1} indexes`} variant="card">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th numeric>Size</Th>
          <Th numeric>Bloat</Th>
          <Th numeric>Share</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.name}>
            <Td className="py-1.5 whitespace-normal max-md:w-full">
              <Mono className="block [overflow-wrap:anywhere]">{row.name}</Mono>
              <span className="block text-sm text-text-3">{wordsOn(row)}</span>
            </Td>
            <Td numeric className="font-medium">
              {formatValue(row.bytes, "bytes")}
            </Td>
            <Td numeric>{formatValue(row.bloat_bytes, "bytes")}</Td>
            <Td numeric className={isBloated(row) ? "font-medium text-warn" : undefined}>
              {formatValue(row.bloat_share, "percent")}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function isBloated({ kind, bloat_bytes: bytes, bloat_share: share }: BloatRow): boolean {
  const mark = BLOATED[kind];
  return (bytes ?? 0) > mark.bytes && (share ?? 0) > mark.share;
}

function wordsOn({ why, kind, dead_share: dead, density }: BloatRow): string {
  if (why !== null) return why;
  if (kind === "table") return `table, ${formatValue(dead, "percent")} dead rows`;
  return density === null ? "index, empty" : `index, pages ${formatValue(density, "percent")} full`;
}
