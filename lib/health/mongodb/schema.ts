import { z } from "zod";
import { text } from "@/lib/core/schema";
import type { Advice } from "@/lib/databases/mongodb/advice";
import type { CollectionFigures, IndexFigures } from "@/lib/databases/mongodb/objects";
import type { RunningOperation } from "@/lib/databases/mongodb/operations";
import type { Member } from "@/lib/databases/mongodb/replica";
import type { Blind } from "@/lib/databases/schema";

export const ListOperations = z.strictObject({});
export const ListCollections = z.strictObject({});
export const GetReplica = z.strictObject({});

export const SLOW_ORDERS = ["total", "mean", "count"] as const;
export type SlowOrder = (typeof SLOW_ORDERS)[number];

export const ListSlow = z.strictObject({ order: z.enum(SLOW_ORDERS).default("total") });

/** `refused` says why it is not ended from here; null when it may be. */
export type Operation = RunningOperation & { refused: string | null };

export type OperationList = { operations: Operation[]; blind: Blind[] };

export type SlowOperation = {
  /** Without its values. */
  shape: string;
  ns: string;
  /** As far as they were noted: servers keep a sample. */
  calls: number;
  total_ms: number;
  mean_ms: number;
  max_ms: number | null;
  /** Of the time of all that are listed, 0 to 1. */
  share: number;
  read_per_result: number | null;
  is_full_scan: boolean | null;
  last_at: string | null;
  /** An index that would serve it: `endpoint, -at`. */
  index: { collection: string; keys: string } | null;
};

export type SlowList = {
  /** Null: neither statistics nor a profiler; then only what runs now can be seen. */
  source: "statistics" | "profiler" | null;
  since: string | null;
  profiler_ms: number | null;
  operations: SlowOperation[];
  total: number;
  blind: Blind[];
};

export type Index = IndexFigures & { collection: string; advice: Advice; by: string | null };

export type CollectionList = {
  collections: Omit<CollectionFigures, "indexes">[];
  indexes: Index[];
  /** Collections that were not looked at. */
  more: number;
  at: string;
  blind: Blind[];
};

export type ReplicaView = { set: string | null; members: Member[]; oplog_s: number | null; blind: Blind[] };

/** Names of ours: no operator, nothing of the server, no separator of databases. */
const collectionName = z
  .string()
  .regex(/^[A-Za-z_][\w.-]{0,119}$/, "is no name of a collection")
  .refine((name) => !name.startsWith("system."), "belongs to the server");

const indexName = z.string().regex(/^[A-Za-z_][\w .-]{0,126}$/, "is no name of an index");

const field = z
  .string()
  .max(120)
  .regex(/^[A-Za-z_][\w-]*(\.[\w-]+)*$/, "is no name of a field");

const key = z.strictObject({
  field,
  direction: z.union([z.literal(1), z.literal(-1)]),
});

type Key = z.infer<typeof key>;

/** As typed: `status, -updated_at`. */
function typed(words: string): Key[] {
  const names = words.split(/[\s,]+/).filter(Boolean);
  return names.map((name) =>
    name.startsWith("-") ? { field: name.slice(1), direction: -1 } : { field: name, direction: 1 },
  );
}

const keys = z
  .union([z.array(key), z.string().max(800).transform(typed)])
  .pipe(z.array(key).min(1).max(6))
  .refine((list) => new Set(list.map((one) => one.field)).size === list.length, "names a field twice");

/** A box of a form sends a word. */
const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")]).default(false);

export const ValidateCollection = z.strictObject({ collection: collectionName });

/** `broken` is counted up to `most`; null where it could not be counted, and why. */
export type Validation = { collection: string; broken: number | null; most: number; blind: Blind | null };

/** What the list showed of it: an operation that began at another time is another operation. */
export const KillOperation = z.strictObject({
  opid: z.string().regex(/^([\w.-]{1,100}:)?\d{1,15}$/, "is no number of an operation"),
  ns: z.string().max(255),
  op: z.string().regex(/^[a-z]{1,20}$/, "is no kind of operation"),
  started: z.iso.datetime(),
  reason: text(500),
});

export const CreateIndex = z.strictObject({ collection: collectionName, keys, unique: flag, reason: text(500) });

/** `confirm`: the name once more, for an index that is used. */
export const DropIndex = z.strictObject({
  collection: collectionName,
  index: indexName,
  confirm: z.string().max(127).optional(),
  reason: text(500),
});
