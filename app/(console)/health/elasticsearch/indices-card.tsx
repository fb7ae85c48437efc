import { Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { CardBody, CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import { getElasticIndices } from "@/lib/health/elasticsearch/queries";
import { IndexName, type IndicesView } from "@/lib/health/elasticsearch/schema";
import { attempt } from "@/lib/next/load";
import { RemedyButton } from "../frame/remedy-button";
import { mergeDry, mergeRun, refreshDry, refreshRun } from "./actions";
import { Panel } from "./panel";

type Index = IndicesView["indices"][number];
type IndicesCardProps = { mayRefresh: boolean; mayMerge: boolean };

const HEADS = ["Entries", "Deleted", "Size", "Shards", "Segments", "Refreshes", "Merges"];

export async function IndicesCard({ mayRefresh, mayMerge }: IndicesCardProps) {
  return (
    <Panel title="Indices" hint={() => "read again every 5 min"} found={await attempt(getElasticIndices, {})}>
      {({ indices, hidden }) => (
        <>
          {indices.length === 0 ? (
            <CardBody className="text-text-2">There is no index.</CardBody>
          ) : (
            <Table caption={`${indices.length} indices`} variant="card">
              <thead>
                <tr>
                  <th scope="col">Index</th>
                  <th scope="col">Aliases</th>
                  {HEADS.map((head) => (
                    <th key={head} scope="col" className="text-right">
                      {head}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="sr-only">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {indices.map((index) => (
                  <IndexRow key={index.name} index={index} mayRefresh={mayRefresh} mayMerge={mayMerge} />
                ))}
              </tbody>
            </Table>
          )}
          {hidden > 0 ? <CardFooter>{formatNumber(hidden)} smaller indices are not shown.</CardFooter> : null}
        </>
      )}
    </Panel>
  );
}

const TONES = { green: "ok", yellow: "warn", red: "bad", unknown: "off" } as const;

function IndexRow({ index, mayRefresh, mayMerge }: { index: Index } & IndicesCardProps) {
  const { name, health, open, documents, deleted, bytes, primaries, replicas, segments, aliases } = index;
  return (
    <tr>
      <td>
        <span className="flex items-center gap-2">
          <Mono>{name}</Mono>
          <Badge tone={TONES[health]} quiet={health === "green"}>
            {open ? health : "closed"}
          </Badge>
        </span>
      </td>
      <td className="text-text-2">
        {aliases.length === 0 ? "–" : aliases.map((alias) => alias.name + (alias.writes ? " (writes)" : "")).join(", ")}
      </td>
      <Td numeric>{formatNumber(documents)}</Td>
      <Td numeric>{formatNumber(deleted)}</Td>
      <Td numeric>{formatValue(bytes, "bytes")}</Td>
      <Td numeric>
        {formatNumber(primaries)} × {formatNumber((replicas ?? 0) + 1)}
      </Td>
      <Td numeric>{formatNumber(segments)}</Td>
      <Td numeric>{spent(index.refreshes, index.refresh_ms)}</Td>
      <Td numeric>{spent(index.merges, index.merge_ms)}</Td>
      <td className="text-right">
        <IndexActions index={index} mayRefresh={mayRefresh} mayMerge={mayMerge} />
      </td>
    </tr>
  );
}

/** How often, and how long all of them together. */
function spent(count: number | null, ms: number | null): string {
  return count === null ? "–" : `${formatNumber(count)}, ${formatValue(ms, "ms")}`;
}

/** An index the server keeps for itself is not touched, and one that takes writes is not merged. */
function IndexActions({ index: { name, open, aliases }, mayRefresh, mayMerge }: { index: Index } & IndicesCardProps) {
  if (!open || !IndexName.safeParse(name).success) return null;
  const writes = aliases.some((alias) => alias.writes);
  return (
    <span className="inline-flex gap-1.5">
      {mayRefresh ? (
        <RemedyButton
          run={refreshRun}
          dryRun={refreshDry}
          fields={{ index: name }}
          label="Refresh…"
          ariaLabel={`Refresh ${name}…`}
          title={`Refresh ${name}`}
          description="Makes everything that was written searchable now."
          confirm="Refresh index"
        />
      ) : null}
      {mayMerge && !writes ? (
        <RemedyButton
          run={mergeRun}
          dryRun={mergeDry}
          fields={{ index: name }}
          label="Merge…"
          ariaLabel={`Merge ${name}…`}
          title={`Merge the segments of ${name}`}
          description="Only for an index that is no longer written to. Once it runs nothing stops it."
          confirm="Merge segments"
        />
      ) : null}
    </span>
  );
}
