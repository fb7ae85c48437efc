// What is read of PostgreSQL on demand. Client-safe. Times are ISO, ages seconds, sizes bytes.
import type { Blind } from "../schema";

export type Session = {
  pid: number;
  /** The start as the server writes it: with the pid it names one session beyond doubt. */
  started: string;
  role: string;
  application: string;
  state: string;
  /** The statement that runs, or ran last; values are hidden. */
  query: string;
  /** Also names it: a later statement of the same session is another target. */
  query_started: string | null;
  query_s: number | null;
  state_s: number | null;
  tx_s: number | null;
  waits_for: string | null;
  /** Why it may not be acted on; null when it may. */
  untouchable: string | null;
};

export type Sessions = {
  clients: number;
  /** Without the slots kept for administrators and for whoever watches. */
  usable: number;
  max: number;
  states: { state: string; count: number }[];
  applications: { application: string; role: string; count: number; active: number; idle_tx: number }[];
  /** Those that run something or hold a transaction, the oldest first. */
  busy: Session[];
  blind: Blind | null;
};

/** One row per session; `level` 0 waits for nobody. Pid 0 is a prepared transaction, which is no session. */
export type LockRow = Omit<Session, "state_s"> & {
  level: number;
  blocked_by: number[];
  /** How long it has waited; null at the root. */
  waits_s: number | null;
  /** `app.users, RowExclusiveLock`. */
  wants: string | null;
};

export type Locks = { blocked: number; rows: LockRow[]; blind: Blind | null };

export const STATEMENT_ORDERS = ["total", "mean", "calls", "reads"] as const;
export type StatementOrder = (typeof STATEMENT_ORDERS)[number];

export type Statement = {
  queryid: string;
  role: string;
  query: string;
  calls: number;
  total_ms: number;
  mean_ms: number;
  /** Of the time of all statements of this database. */
  share: number;
  rows: number;
  reads: number;
  /** Percent of blocks found in memory; null when none was needed. */
  hit: number | null;
  temp_blocks: number;
};

export type Statements = {
  rows: Statement[];
  shapes: number;
  since: string | null;
  evicted: number;
  blind: Blind | null;
};

export type PlanNode = {
  depth: number;
  /** `Index Scan using users_pkey on users`. */
  text: string;
  cost: number;
  rows: number;
  filter: string | null;
};

export type Plan =
  | { kind: "plan"; queryid: string; role: string; query: string; nodes: PlanNode[] }
  | { kind: "unknown"; queryid: string; role: string; query: string; why: string; grant: string | null };

export type TableRow = {
  schema: string;
  name: string;
  bytes: number;
  rows: number;
  dead: number;
  dead_share: number;
  /** From here autovacuum comes; null when it is switched off for the table. */
  trigger_at: number | null;
  last_vacuum: string | null;
  last_analyze: string | null;
  /** Percent done of a vacuum that runs now. */
  vacuum_progress: number | null;
  xid_age: number;
  seq_scans: number;
  index_scans: number;
};

export type Tables = {
  rows: TableRow[];
  total: number;
  /** Foreign keys without an index: deleting the row they point to reads the whole table. */
  unindexed_keys: { table: string; name: string }[];
};

export type IndexAdvice = "in_use" | "unused" | "duplicate" | "redundant" | "invalid" | "enforces";

export type IndexRow = {
  schema: string;
  table: string;
  name: string;
  bytes: number;
  scans: number;
  last_scan: string | null;
  advice: IndexAdvice;
  /** The index that makes this one superfluous. */
  twin: string | null;
  /** To copy and run by hand; the console drops nothing. */
  drop: string | null;
};

/** `since`: the use of indexes is counted from here; null means since the server was made. */
export type Indexes = { rows: IndexRow[]; total: number; since: string | null };

/** A table, or an index of it, without what it keeps in TOAST. */
export type BloatRow = {
  kind: "table" | "index";
  name: string;
  bytes: number;
  /** Dead or free; an index is held against one that was just built. Null where it could not be measured. */
  bloat_bytes: number | null;
  bloat_share: number | null;
  /** Of a table: dead rows that vacuum has still to remove, in percent. */
  dead_share: number | null;
  /** Of an index: how full its pages are, in percent; null while it is empty. */
  density: number | null;
  /** Why it could not be measured. */
  why: string | null;
};

export type Bloat = { schema: string; table: string; rows: BloatRow[]; blind: Blind | null };

export type Vacuum = {
  databases: { name: string; xid_age: number; used: number; mxid_used: number }[];
  oldest: { schema: string; name: string; xid_age: number; bytes: number }[];
  /** What keeps vacuum from removing dead rows, the furthest behind first. */
  horizon: { kind: string; id: string; xids: number }[];
  running: { table: string; phase: string; progress: number | null; role: string | null }[];
  autovacuum: { name: string; value: string }[];
  blind: Blind | null;
};

export type Replication = {
  role: "primary" | "standby";
  standbys: {
    name: string;
    state: string | null;
    sync: string | null;
    lag_bytes: number | null;
    lag_s: number | null;
  }[];
  slots: { name: string; type: string; active: boolean; status: string | null; retained: number | null }[];
  archive: {
    mode: string;
    archived: number;
    failed: number;
    last_archived: string | null;
    last_failed: string | null;
    waiting: number | null;
  };
  checkpoints: { timed: number; requested: number; done: number | null; since: string | null };
  wal: { bytes: number | null; kept: number | null; max: number };
  blind: Blind[];
};

export type Setting = {
  name: string;
  value: string;
  unit: string | null;
  /** Differs from what the server comes with. */
  changed: boolean;
  pending_restart: boolean;
  /** What it risks as it is; null when nothing. */
  hazard: string | null;
};

export type Settings = { rows: Setting[]; pending: number };
