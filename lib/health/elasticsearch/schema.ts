// What is shown of Elasticsearch, and what may be done to it; safe for a browser.
import { z } from "zod";
import { text, whole } from "@/lib/core/schema";
import type { Blind } from "@/lib/databases/schema";

/** One index by its full name: no pattern, no list, no alias of all, none of the server's own. */
export const IndexName = z
  .string()
  .max(255)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, "is not the name of one index");

/** `node:number`, as a task is named by the server. */
const TaskId = z.string().regex(/^[A-Za-z0-9_-]{10,40}:[0-9]{1,19}$/, "is not the id of a task");

const reason = text(500);

export const NoInput = z.strictObject({});
export const ExplainShard = z.strictObject({
  index: IndexName,
  shard: whole(0, 10_000),
  primary: z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]),
});
export const CancelTask = z.strictObject({ task: TaskId, reason });
export const RetryAllocation = z.strictObject({ reason });
export const OneIndex = z.strictObject({ index: IndexName, reason });

export type IndicatorStatus = "green" | "yellow" | "red" | "unknown";

export type ReportView = {
  /** The worst of cluster health, health report and write blocks. */
  worst: IndicatorStatus;
  cluster: IndicatorStatus;
  /** Where one node holds all data, replicas have no home: yellow is how it is, not what is wrong. */
  single_node: boolean;
  indicators: {
    id: string;
    label: string;
    /** `absent`: this server has no such indicator, which is no good news. */
    status: IndicatorStatus | "absent";
    symptom: string;
    impacts: string[];
    diagnoses: { cause: string; action: string }[];
  }[];
  blocks: { index: string | null; flood: boolean; why: string }[];
  blind: Blind[];
};

export type Copy = { shard: number; primary: boolean; state: "started" | "moving" | "starting" | "homeless" };

export type ShardsView = {
  nodes: string[];
  /** Copies of an index by the node they are on; `homeless` are on none. */
  indices: { index: string; bytes: number; copies: Record<string, Copy[]>; homeless: Copy[] }[];
  hidden: number;
  blind: Blind[];
};

export type Answer = {
  index: string;
  shard: number;
  primary: boolean;
  since: string | null;
  /** Why it lost its home or never had one. */
  cause: string;
  /** Whether it may be placed now, in a sentence. */
  verdict: string;
  nodes: { node: string; may: boolean; rule: string; why: string }[];
  /** Whether the server gave up after failed attempts: only then does a retry change anything. */
  retry_helps: boolean;
};

export type NodesView = {
  nodes: {
    name: string;
    is_master: boolean;
    heap_percent: number;
    heap_bytes: number;
    heap_max_bytes: number;
    cpu_percent: number;
    disk: { total: number; available: number; low: number; high: number; flood: number } | null;
    pools: { name: string; threads: number; active: number; queue: number; rejected: number }[];
    breakers: { name: string; used: number; limit: number; tripped: number }[];
  }[];
  watermarks: { enabled: boolean; low: string; high: string; flood: string } | null;
  blind: Blind[];
};

export type IndicesView = {
  indices: {
    name: string;
    health: IndicatorStatus;
    open: boolean;
    documents: number | null;
    deleted: number | null;
    bytes: number | null;
    primaries: number | null;
    replicas: number | null;
    segments: number | null;
    refreshes: number | null;
    refresh_ms: number | null;
    merges: number | null;
    merge_ms: number | null;
    aliases: { name: string; writes: boolean }[];
  }[];
  hidden: number;
  blind: Blind[];
};

export type TasksView = {
  running: {
    id: string;
    node: string;
    action: string;
    indices: string | null;
    started_at: string;
    running_ms: number;
    cancellable: boolean;
    cancelled: boolean;
    request: string | null;
  }[];
  pending: { source: string; priority: string; executing: boolean; waiting_ms: number }[];
  blind: Blind[];
};
