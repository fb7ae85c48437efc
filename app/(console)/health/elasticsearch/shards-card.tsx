import { Table, Td } from "@/components/data-table/table";
import { cn } from "@/components/ui/cn";
import { CardBody, CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import type { Copy } from "@/lib/health/elasticsearch/schema";
import { Panel } from "./panel";
import { shardsNow } from "./reads";

export async function ShardsCard() {
  return (
    <Panel title="Where the shards are" found={await shardsNow()} controls={() => <Legend />}>
      {({ nodes, indices, hidden }) => (
        <>
          {indices.length === 0 ? (
            <CardBody className="text-text-2">There is no index.</CardBody>
          ) : (
            <Table caption={`Copies of ${indices.length} indices by node`} variant="card">
              <thead>
                <tr>
                  <th scope="col">Index</th>
                  <th scope="col" className="text-right">
                    Size
                  </th>
                  {nodes.map((node) => (
                    <th key={node} scope="col">
                      {node}
                    </th>
                  ))}
                  <th scope="col">No home</th>
                </tr>
              </thead>
              <tbody>
                {indices.map(({ index, bytes, copies, homeless }) => (
                  <tr key={index}>
                    <td>
                      <Mono>{index}</Mono>
                    </td>
                    <Td numeric>{formatValue(bytes, "bytes")}</Td>
                    {nodes.map((node) => (
                      <td key={node}>
                        <Copies copies={copies[node] ?? []} />
                      </td>
                    ))}
                    <td>
                      <Copies copies={homeless} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
          {hidden > 0 ? <CardFooter>{formatNumber(hidden)} more indices are not drawn.</CardFooter> : null}
        </>
      )}
    </Panel>
  );
}

/** More copies of one index on one node than this are counted, not drawn. */
const DRAWN = 12;

function Copies({ copies }: { copies: readonly Copy[] }) {
  if (copies.length === 0) return <span className="text-text-3">–</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {copies.slice(0, DRAWN).map((copy) => (
        <Chip key={`${copy.shard}${copy.primary}`} copy={copy} />
      ))}
      {copies.length > DRAWN ? <span className="text-sm text-text-2">+ {copies.length - DRAWN}</span> : null}
    </span>
  );
}

const WORDS = { started: "", moving: ", moving", starting: ", starting", homeless: ", without a home" };

function Chip({ copy: { shard, primary, state } }: { copy: Copy }) {
  const kind = primary ? "primary" : "copy";
  return (
    <span
      title={`Shard ${shard}, ${kind}${WORDS[state]}`}
      className={cn(
        "inline-grid h-[21px] min-w-[27px] place-items-center rounded-[5px] border px-1 font-mono text-sm",
        primary ? "border-ink bg-ink text-on-ink" : "border-line-2 bg-sunken text-text-2",
        state !== "started" && "border-dashed border-warn bg-warn-soft text-warn",
        state === "homeless" && primary && "border-bad bg-bad-soft text-bad",
      )}
    >
      {shard}
      <span className="sr-only">
        {kind}
        {WORDS[state]}
      </span>
    </span>
  );
}

function Legend() {
  const kinds: Copy[] = [
    { shard: 0, primary: true, state: "started" },
    { shard: 0, primary: false, state: "started" },
    { shard: 0, primary: false, state: "homeless" },
  ];
  return (
    <span aria-hidden className="flex items-center gap-3 text-sm text-text-2 max-md:hidden">
      {kinds.map((copy, position) => (
        <span key={position} className="flex items-center gap-1.5">
          <Chip copy={copy} />
          {["primary", "replica", "no home"][position]}
        </span>
      ))}
    </span>
  );
}
