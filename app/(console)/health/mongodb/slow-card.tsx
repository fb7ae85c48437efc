import { Lightbulb } from "lucide-react";
import { Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { Segmented } from "@/components/ui/segmented";
import { formatUtc } from "@/components/ui/time-format";
import { formatValue } from "@/components/ui/value";
import { ListSlow, SLOW_ORDERS, type SlowList, type SlowOperation } from "@/lib/health/mongodb/schema";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { slowOf } from "./collections-of";
import { CreateIndexButton } from "./create-index-button";

const ORDER_WORDS = { total: "Total", mean: "Mean", count: "Count" };

export async function SlowCard({ params, mayIndex }: { params: Record<string, string>; mayIndex: boolean }) {
  const given = ListSlow.safeParse({ order: params["slow"] });
  const order = given.success ? given.data.order : "total";
  const found = await slowOf(order);
  const segments = SLOW_ORDERS.map((each) => ({
    label: ORDER_WORDS[each],
    href: `/health/mongodb?${new URLSearchParams({ ...params, slow: each })}`,
    active: each === order,
  }));
  return (
    <Card>
      <CardHeader title="Slow operations" hint={found.ok ? sinceWords(found.value) : undefined}>
        <Segmented label="Order of slow operations" segments={segments} small />
      </CardHeader>
      {found.ok ? (
        <Shapes list={found.value} mayIndex={mayIndex} />
      ) : (
        <PanelFailure failure={found.failure} what="slow operations" />
      )}
    </Card>
  );
}

function sinceWords({ since }: SlowList): string {
  return since ? `since ${formatUtc(since).slice(0, 16)} UTC, values hidden` : "values hidden";
}

const SHOWN = 6;

function Shapes({ list, mayIndex }: { list: SlowList; mayIndex: boolean }) {
  const { operations, source, total } = list;
  const wanted = operations.find(({ index }) => index)?.index ?? null;
  return (
    <>
      {operations.length > 0 ? (
        <Table caption={`${operations.length} forms of operations`} variant="card">
          <thead>
            <tr>
              <th scope="col">Operation</th>
              <th scope="col" className="max-md:hidden">
                Share of time
              </th>
              <th scope="col" className="text-right max-md:hidden">
                Noted
              </th>
              <th scope="col" className="text-right">
                Mean
              </th>
              <th scope="col" className="text-right">
                Read per result
              </th>
            </tr>
          </thead>
          <tbody>
            {operations.slice(0, SHOWN).map((operation) => (
              <ShapeRow key={operation.ns + operation.shape} operation={operation} />
            ))}
          </tbody>
        </Table>
      ) : (
        <CardBody>
          <p className="text-text-2">
            {source === null
              ? "This server has noted no operation: it keeps no query statistics, or none was in its sample yet. What runs long now is listed under Running now."
              : "Nothing was counted yet."}
          </p>
        </CardBody>
      )}
      <CardFooter className="flex-wrap gap-y-1 py-1.5">
        {wanted ? (
          <>
            <Lightbulb size={14} aria-hidden className="text-warn" />
            <span className="min-w-0">
              An index on{" "}
              <Mono>
                {wanted.collection} ({wanted.keys})
              </Mono>{" "}
              would serve one of them.
            </span>
            {mayIndex ? <CreateIndexButton wanted={wanted} /> : null}
          </>
        ) : (
          <span>
            {source === "statistics"
              ? "The server notes a sample: shares and means hold, counts are a part."
              : "Counted from the profile."}
          </span>
        )}
        <span className="ml-auto flex items-center gap-2">
          <Profiler list={list} />
          {total > SHOWN ? `${formatNumber(total)} forms` : null}
        </span>
      </CardFooter>
    </>
  );
}

function Profiler({ list: { profiler_ms: ms, blind } }: { list: SlowList }) {
  if (ms !== null) return <Badge tone="off">Profiler on, over {formatValue(ms, "ms")}</Badge>;
  const isAbsent = blind.some(({ check, kind }) => check === "profiler" && kind === "not_reported");
  return <Badge tone="off">{isAbsent ? "Profiler not offered" : "Profiler off"}</Badge>;
}

/** Documents read for each one returned, from which an index is missed. */
const MUCH = 1_000;

function ShapeRow({ operation }: { operation: SlowOperation }) {
  const { shape, calls, mean_ms: mean, share, read_per_result: read, is_full_scan: scans } = operation;
  return (
    <tr>
      <td className="w-full max-w-0 py-1.5">
        <Mono className="line-clamp-2 whitespace-normal" title={shape}>
          {shape}
        </Mono>
      </td>
      <td className="max-md:hidden">
        <span className="flex items-center gap-2">
          <span aria-hidden className="h-1.5 w-10 flex-none overflow-hidden rounded-full bg-off-soft">
            <span className="block h-full bg-chart-1" style={{ width: `${Math.max(2, share * 100)}%` }} />
          </span>
          {formatValue(share * 100, "percent")}
        </span>
      </td>
      <Td numeric className="max-md:hidden">
        {formatNumber(calls)}
      </Td>
      <Td numeric className={mean > 100 ? "text-warn" : undefined}>
        {formatValue(mean, "ms")}
      </Td>
      <Td numeric className={read !== null && read > MUCH ? "text-warn" : undefined}>
        {read === null ? "–" : formatNumber(Math.round(read))}
        {scans === null ? null : <span className="block text-sm text-text-3">{scans ? "full scan" : "by index"}</span>}
      </Td>
    </tr>
  );
}
