import Link from "next/link";
import type { ReactNode } from "react";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import type { Attempt } from "@/lib/next/load";
import { address } from "./address";
import { Panel } from "./panel";

type List = "tables" | "indexes";
type Params = Record<string, string>;

/** How many rows to ask for: some, or all once somebody wants them. */
export function limitOf(params: Params, list: List): number {
  return params[list] === "all" ? 500 : 8;
}

type ObjectsPanelProps<T> = {
  id: List;
  title: string;
  hint: string;
  found: Attempt<T>;
  params: Params;
  children: (value: T) => ReactNode;
};

/** Tables or indexes: some of them, with the way to all. */
export function ObjectsPanel<T extends { rows: readonly unknown[]; total: number }>({
  id,
  params,
  found,
  ...panel
}: ObjectsPanelProps<T>) {
  const hasMore = found.ok && found.value.rows.length < found.value.total;
  const controls = hasMore ? (
    <Link href={address(params, { [id]: "all" }, id)} className="text-accent-text hover:underline">
      All {formatNumber(found.value.total)}
    </Link>
  ) : null;
  return <Panel id={id} what={`the ${id}`} found={found} controls={controls} {...panel} />;
}

type Sized = { schema: string; name: string; bytes: number };

type ObjectTableProps<R extends Sized> = {
  caption: string;
  rows: readonly R[];
  /** Heads the column of names. */
  kind: string;
  nameOf: (row: R) => { shown: string; title: string };
  /** Heads and cells of what stands between size and actions. */
  heads: ReactNode;
  cells: (row: R) => ReactNode;
  actions: (row: R) => ReactNode;
};

export function ObjectTable<R extends Sized>({ caption, rows, kind, nameOf, ...parts }: ObjectTableProps<R>) {
  return (
    <Table caption={caption} variant="card">
      <thead>
        <tr>
          <Th>{kind}</Th>
          <Th numeric>Size</Th>
          {parts.heads}
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.schema}.${row.name}`}>
            <Td className="max-w-[220px]">
              <Mono className="block truncate" title={nameOf(row).title}>
                {nameOf(row).shown}
              </Mono>
            </Td>
            <Td numeric className="font-medium">
              {formatValue(row.bytes, "bytes")}
            </Td>
            {parts.cells(row)}
            <Td>
              <span className="flex items-center justify-end gap-1.5">{parts.actions(row)}</span>
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

type BloatLinkProps = { schema: string; table: string; of: string; params: Params };

/** Asks how much of a table and its indexes is empty; the panel that answers stands above the lists. */
export function BloatLink({ schema, table, of, params }: BloatLinkProps) {
  return (
    <Link
      href={address(params, { bloat: table, schema }, "bloat")}
      prefetch={false}
      className="inline-flex min-h-6 items-center text-accent-text hover:underline"
    >
      Bloat<span className="sr-only"> of {of}</span>
    </Link>
  );
}
