// What an operation is given: who asks, and what it may reach, by the owner of its noun.
import "server-only";
import type { Permission } from "@/lib/auth/permissions";
import type { Db, ReadDb } from "@/lib/databases/postgres/pool";
import type { Engine, EngineHealth, EngineReport } from "@/lib/databases/schema";
import type { Watchers } from "@/lib/databases/watchers";
import type { AuditReader } from "./audit-reader";
import type { Keys } from "./keys";

/** Who owns a noun's records; it picks the pool. `audit`, `mongo` and `engines` are read only. */
export type Store = "app" | "system" | "audit" | "mongo" | "engines";
export type WritableStore = "app" | "system";

/** The fields of some record. */
export type Fields = Record<string, unknown>;

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

/** Bounded search of one index; throws AppError `unavailable` when Elasticsearch cannot answer. */
export type Search = { run(index: string, body: Fields): Promise<SearchAnswer> };

export type SearchAnswer = {
  took_ms: number;
  total: { value: number; exact: boolean };
  hits: {
    id: string;
    source: Fields;
    highlight: Record<string, string[]>;
    sort: (string | number | null)[];
  }[];
};

/** Bounded reads of documents by id. */
export type Documents = { find(collection: string, id: string): Promise<Fields | null> };

export type EngineReports = {
  /** Status of the four engines: own probes, and what the sampler measured. */
  health(): readonly EngineHealth[];
  /** The own probes alone. */
  reach(): readonly EngineHealth[];
  /** What the sampler last reported of an engine, however old; null when it never did. */
  report(engine: Engine): EngineReport | null;
  /** Connections of this process to an engine, or its calls under way where all share one connection. */
  pool(engine: Engine): { max: number; busy: number; idle: number; waiting: number };
};

/** What is there to look at and act on an engine; no transaction spans it. */
export type EngineScope = {
  readonly ctx: Context;
  readonly now: Date;
  readonly engines: EngineReports;
  readonly watch: Watchers;
  /** Bounded reads of the system schema, for history and incidents. */
  system<T>(work: (db: ReadDb) => Promise<T>): Promise<T>;
  /** Bounded reads of the audit, for what was done to the engines. */
  audit<T>(work: (db: ReadDb) => Promise<T>): Promise<T>;
};

type RowScope = { readonly db: ReadDb; readonly search: Search; readonly keys: Keys };

export type ReadScope<S extends Store> = { readonly ctx: Context; readonly now: Date } & (S extends "mongo"
  ? { readonly documents: Documents }
  : S extends "engines"
    ? EngineScope
    : S extends "audit"
      ? RowScope & AuditReader
      : RowScope);

/** Select, insert and update in the command's transaction; sessions ended through it are counted for the preview. */
export type Scope = {
  readonly ctx: Context;
  readonly now: Date;
  readonly tx: Db;
  readonly keys: Keys;
  /** Ends every live session of a person; answers how many. */
  endSessions(user: string, reason: string): Promise<number>;
  /** Ends one session, named by the hex of its id_hash; false when it had ended before. */
  endSession(idHash: string, reason: string): Promise<boolean>;
};
