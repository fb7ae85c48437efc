// What an operation is: a value that names its noun, action, permission and input, and a pure run().
import "server-only";
import type { z } from "zod";
import type { Permission } from "@/lib/auth/permissions";
import type { EngineHealth } from "@/lib/databases/schema";
import type { Db, ReadDb } from "@/lib/databases/postgres/pool";
import type { Code } from "./errors";
import type { Keys } from "./keys";

/** Who owns a noun's records; it picks the pool. `audit`, `mongo` and `engines` are read only. */
export type Store = "app" | "system" | "audit" | "mongo" | "engines";

export type Strict = z.ZodObject<z.core.$ZodLooseShape, z.core.$strict>;

/** `epoch` and `session` let the database check at the moment of writing that the snapshot still holds. */
export type Actor = {
  kind: "user" | "job";
  id: string;
  session: Buffer | null;
  epoch: number;
  permissions: ReadonlySet<Permission>;
};

export type Context = {
  requestId: string;
  actor: Actor;
  origin: "ui" | "api" | "job" | "import";
  /** Network part only (a CIDR), never the whole address. */
  ip_prefix?: string;
  signal?: AbortSignal;
};

/** One record before and after. `subject` is the person concerned, whose key seals personal values. */
export type Change<N extends string, R> = {
  entity: N;
  id: string;
  version: number;
  before: Partial<R> | null;
  after: Partial<R> | null;
  subject?: string;
};

export type Touch = {
  store: "postgres" | "mongodb" | "redis" | "elasticsearch";
  what: string;
  count: number;
  /** False for what an undo does not bring back (ended sessions). */
  undo: boolean;
};

/** Bounded search of one index; throws AppError `unavailable` when Elasticsearch cannot answer. */
export type Search = {
  run(index: string, body: Record<string, unknown>): Promise<SearchAnswer>;
};

export type SearchAnswer = {
  took_ms: number;
  total: { value: number; exact: boolean };
  hits: {
    id: string;
    source: Record<string, unknown>;
    highlight: Record<string, string[]>;
    sort: (string | number | null)[];
  }[];
};

/** Bounded reads of documents by id. */
export type Documents = {
  find(collection: string, id: string): Promise<Record<string, unknown> | null>;
};

export type EngineReports = { health(): readonly EngineHealth[] };

export type ReadScope<S extends Store> = { readonly ctx: Context; readonly now: Date } & (S extends "mongo"
  ? { readonly documents: Documents }
  : S extends "engines"
    ? { readonly engines: EngineReports }
    : { readonly db: ReadDb; readonly search: Search; readonly keys: Keys });

/** Select, insert and update in the command's transaction; endSessions and endSession are counted for the preview. */
export type Scope = {
  readonly ctx: Context;
  readonly now: Date;
  readonly tx: Db;
  endSessions(user: string, reason: string): Promise<number>;
};
