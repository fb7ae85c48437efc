// Which forms of operations cost most: from the server's own statistics, else from its profiler.
import "server-only";
import type { Blind } from "../schema";
import { ROLES, asked, notReported } from "./blind";
import { at, documentAt, numberAt, textAt, timeAt } from "./documents";
import { shapeOf } from "./shape";
import type { Document, MongoWatch } from "./watch";

export type SlowShape = {
  /** Without its values. */
  shape: string;
  ns: string;
  calls: number;
  total_ms: number;
  mean_ms: number;
  max_ms: number | null;
  /** Documents read for each one returned; null where nothing was read or it is not counted. */
  read_per_result: number | null;
  /** Null where it cannot be told. */
  is_full_scan: boolean | null;
  last_at: string | null;
  /** Fields of an index that would serve it, best first. */
  filter: Document | null;
  sort: Document | null;
};

export type SlowShapes = {
  source: "statistics" | "profiler" | null;
  /** ISO: counted since then. */
  since: string | null;
  /** What the profiler notes, in milliseconds; null when it is off or absent. */
  profiler_ms: number | null;
  rows: SlowShape[];
  blind: Blind[];
};

const MAX = 100;
const SYSTEM = ["admin", "config", "local"];

export async function slowShapes(watch: MongoWatch): Promise<SlowShapes> {
  const [statistics, profiler] = await Promise.all([
    asked(watch, "query statistics", ROLES.monitor, () => watch.aggregate("admin", 1, STATISTICS)),
    asked(watch, "profiler", ROLES.monitor, () => watch.command(watch.database, { profile: -1 })),
  ]);
  const blind = [statistics, profiler].flatMap((one) => (one.ok ? [] : [one.blind]));
  const level = profiler.ok ? (numberAt(profiler.value, "was") ?? 0) : 0;
  const found = { profiler_ms: level > 0 && profiler.ok ? numberAt(profiler.value, "slowms") : null };
  if (statistics.ok && statistics.value.length > 0) {
    const first = statistics.value.flatMap((row) => timeAt(row, "metrics", "firstSeenTimestamp")?.toISOString() ?? []);
    return {
      ...found,
      source: "statistics",
      since: first.sort()[0] ?? null,
      rows: statistics.value.map(fromStatistics),
      blind,
    };
  }
  if (statistics.ok)
    blind.push(notReported("query statistics", "The server answers an empty list: empty is not fast."));
  if (level === 0) return { ...found, source: null, since: null, rows: [], blind };
  const rows = await watch.aggregate(watch.database, "system.profile", PROFILED);
  return { ...found, source: "profiler", since: null, rows: rows.map(fromProfiler), blind };
}

/** Stages of those who look at collections, the console among them. */
const LOOKING = ["$collStats", "$indexStats"];

const STATISTICS = [
  { $queryStats: {} },
  { $match: { "key.queryShape.cmdNs.db": { $nin: SYSTEM }, "key.queryShape.cmdNs.coll": { $ne: "system.profile" } } },
  { $match: { $nor: LOOKING.map((stage) => ({ [`key.queryShape.pipeline.0.${stage}`]: { $exists: true } })) } },
  { $sort: { "metrics.totalExecMicros.sum": -1 } },
  { $limit: MAX },
];

function fromStatistics(row: Document): SlowShape {
  const shape = documentAt(row, "key", "queryShape") ?? {};
  const calls = numberAt(row, "metrics", "execCount") ?? 0;
  const totalMs = (numberAt(row, "metrics", "totalExecMicros", "sum") ?? 0) / 1000;
  const max = numberAt(row, "metrics", "totalExecMicros", "max");
  const executed = (name: string) => numberAt(row, "metrics", "queryExec", name, "sum");
  const space = documentAt(shape, "cmdNs");
  return {
    shape: shapeOf(shape).text,
    ns: `${textAt(space, "db") ?? ""}.${textAt(space, "coll") ?? ""}`,
    calls,
    total_ms: totalMs,
    mean_ms: calls > 0 ? totalMs / calls : 0,
    max_ms: max === null ? null : max / 1000,
    ...reads(executed("docsExamined"), executed("keysExamined"), executed("docsReturned")),
    last_at: timeAt(row, "metrics", "latestSeenTimestamp")?.toISOString() ?? null,
    filter: documentAt(shape, "filter") ?? documentAt(shape, "q"),
    sort: documentAt(shape, "sort"),
  };
}

const PROFILED = [
  { $match: { ns: { $not: /\.system\.profile$/ } } },
  { $sort: { ts: -1 } },
  { $limit: 5_000 },
  {
    $group: {
      _id: { ns: "$ns", op: "$op", hash: { $ifNull: ["$planCacheShapeHash", "$queryHash"] } },
      command: { $first: "$command" },
      calls: { $sum: 1 },
      total: { $sum: "$millis" },
      max: { $max: "$millis" },
      docs: { $sum: "$docsExamined" },
      keys: { $sum: "$keysExamined" },
      returned: { $sum: "$nreturned" },
      last: { $max: "$ts" },
    },
  },
  { $sort: { total: -1 } },
  { $limit: MAX },
];

function fromProfiler(row: Document): SlowShape {
  const command = documentAt(row, "command") ?? {};
  const calls = numberAt(row, "calls") ?? 0;
  const total = numberAt(row, "total") ?? 0;
  return {
    shape: shapeOf(command).text,
    ns: textAt(row, "_id", "ns") ?? "",
    calls,
    total_ms: total,
    mean_ms: calls > 0 ? total / calls : 0,
    max_ms: numberAt(row, "max"),
    ...reads(numberAt(row, "docs"), numberAt(row, "keys"), numberAt(row, "returned")),
    last_at: timeAt(row, "last")?.toISOString() ?? null,
    filter: documentAt(command, "filter") ?? documentAt(command, "q"),
    sort: documentAt(command, "sort"),
  };
}

function reads(docs: number | null, keys: number | null, returned: number | null) {
  const hasRead = docs !== null && docs > 0;
  return {
    read_per_result: hasRead ? docs / Math.max(1, returned ?? 0) : null,
    is_full_scan: hasRead && keys !== null ? keys === 0 : null,
  };
}

/** The key of an index for a form: fields compared for equality, then those of the sort, then ranges. */
export function indexFor({ filter, sort }: Pick<SlowShape, "filter" | "sort">): [field: string, direction: 1 | -1][] {
  const fields = conditionsOf(filter).filter(([field]) => !field.startsWith("$"));
  const isEqual = (condition: unknown) => {
    const operators = Object.keys(documentAt({ condition }, "condition") ?? {});
    return operators.length === 0 || operators.every((name) => name === "$eq" || name === "$in");
  };
  const sorted = Object.entries(sort ?? {}).map(([field, way]): [string, 1 | -1] => [
    field,
    at({ way }, "way") === -1 ? -1 : 1,
  ]);
  const equal = fields.filter(([, condition]) => isEqual(condition)).map(([field]): [string, 1] => [field, 1]);
  const ranges = fields.filter(([, condition]) => !isEqual(condition)).map(([field]): [string, 1] => [field, 1]);
  const all = new Map<string, 1 | -1>();
  for (const [field, direction] of [...equal, ...sorted, ...ranges]) if (!all.has(field)) all.set(field, direction);
  return [...all].slice(0, 4);
}

/** The server writes several conditions as a list that must all hold. */
function conditionsOf(filter: unknown): [field: string, condition: unknown][] {
  const all = Object.entries(documentAt({ filter }, "filter") ?? {});
  return all.flatMap(([field, condition]) =>
    field === "$and" && Array.isArray(condition) ? condition.flatMap(conditionsOf) : [[field, condition]],
  );
}
