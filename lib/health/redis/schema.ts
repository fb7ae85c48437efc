import { z } from "zod";
import { text, whole } from "@/lib/core/schema";
import type { Blind } from "@/lib/databases/schema";

export const NoInput = z.strictObject({});

/** What was read, or why it could not be: never an empty list in place of a missing right. */
export type Read<T> = { ok: true; value: T } | { ok: false; blind: Blind };

const reason = text(500);

/** Ids only grow, and the address tells a server that was started anew. */
export const KillClient = z.strictObject({
  id: whole(1),
  addr: text(100),
  reason,
});

export const PurgeMemory = z.strictObject({ reason });
export const ResetSlowlog = z.strictObject({ reason });

const SHORTEST_PREFIX = 3;
const MOST_WILDCARDS = 3;

/** Which keys, in the words of SCAN MATCH. It begins with plain characters, so that nothing matches by wildcard only. */
export const DeleteKeys = z.strictObject({
  pattern: text(200)
    .refine((pattern) => !/[\r\n\t]/.test(pattern), { error: "must be one line" })
    .refine((pattern) => prefixOf(pattern).length >= SHORTEST_PREFIX, {
      error: "must begin with at least 3 characters that are no wildcard",
    })
    .refine((pattern) => (pattern.match(/[*?[]/g) ?? []).length <= MOST_WILDCARDS, {
      error: "may hold three wildcards at most",
    }),
  reason,
});

/** The part before the first wildcard or escape. */
function prefixOf(pattern: string): string {
  return /^[^*?[\]\\^]*/.exec(pattern)?.[0] ?? "";
}

export type RedisState = {
  version: string;
  started_at: string | null;
  memory: {
    used: number | null;
    /** Null: unlimited. */
    limit: number | null;
    policy: string | null;
    peak: number | null;
    /** What the server took from its host. */
    resident: number | null;
    dataset: number | null;
    fragmentation: number | null;
    fragmented: number | null;
    allocator: string | null;
    /** Since the counters began. */
    evicted: number | null;
    expired: number | null;
    hits: number | null;
    misses: number | null;
  };
  persistence: {
    snapshot_ok: boolean | null;
    snapshot_at: string | null;
    /** No snapshot has been made since the start; then `snapshot_at` is the start. */
    snapshot_took_s: number | null;
    snapshot_running: boolean;
    changes_since: number | null;
    append_on: boolean | null;
    append_ok: boolean | null;
    append_rewrite_ok: boolean | null;
    append_bytes: number | null;
    delayed_syncs: number | null;
    fork_ms: number | null;
    loading: boolean;
  };
  replication: {
    role: "primary" | "replica";
    primary: string | null;
    link_up: boolean | null;
    full_copies: number | null;
    partial_copies: number | null;
    partial_refused: number | null;
    replicas: { addr: string; state: string; behind_bytes: number | null; lag_s: number | null }[];
  };
  /** Null where this server is no cluster. */
  cluster: { state: string; slots_assigned: number; slots_ok: number; nodes: number; size: number } | null;
};

export type CommandUse = {
  name: string;
  calls: number;
  share_percent: number;
  mean_us: number;
  p50_us: number | null;
  p99_us: number | null;
  refused: number;
  failed: number;
};

export type Client = {
  id: number;
  name: string;
  addr: string;
  user: string;
  age_s: number;
  idle_s: number;
  command: string;
  output_bytes: number;
  memory_bytes: number;
  waits: boolean;
  own: boolean;
  /** Why it must not be ended; null when it may. */
  kept: string | null;
};

export type ClientGroup = { name: string; own: boolean; open: number; idle_s: number; memory_bytes: number };

export type Clients = { total: number; limit: number | null; groups: ClientGroup[]; rows: Client[] };

export type Slowlog = {
  length: number;
  entries: { id: number; at: string; ms: number; text: string; client: string }[];
};

export type LatencyEvents = { event: string; at: string; latest_ms: number; longest_ms: number }[];

export type KeyPattern = {
  pattern: string;
  /** What Quadrant keeps there; null for keys that are not ours. */
  purpose: string | null;
  type: string;
  keys: number;
  /** Half the width of the 95 % interval; 0 when every key was seen. */
  error_percent: number;
  bytes: number;
  mean_bytes: number;
  largest_bytes: number;
  /** Median of those that end. */
  ttl_s: number | null;
  /** Keys without an end, of those seen. */
  lasting: number;
};

export type BigKey = { key: string; type: string; bytes: number; elements: number | null; ttl_s: number | null };

export type Keyspace = {
  at: string;
  total: number;
  seen: number;
  budget_ms: number;
  took_ms: number;
  /** Every key was seen; nothing is estimated. */
  complete: boolean;
  patterns: KeyPattern[];
  big: BigKey[];
};

export type Rights = {
  user: string;
  /** False: the console looks with the user it works with, which may do everything. */
  own_user: boolean;
  /** Makes the user whole: all rights the checks need and no other. */
  rule: string;
  blind: readonly Blind[];
  /** What MEMORY DOCTOR says now; null when it may not be asked. */
  advice: string | null;
};
