// The pools of PostgreSQL: one per credential and purpose, each with its own limits.
import "server-only";
import type { Env } from "@/lib/env";
import { type Guard, guard, StoreFailure } from "../resilience";
import { Connection, type ConnectionOptions } from "./connection";
import { Pool, type PoolOptions } from "./pool";

export type PostgresPools = {
  /** Stands before new connections only: what a running statement meets is the business of its transaction. */
  guard: Guard;
  app: Pool;
  reader: Pool;
  system: Pool;
  systemReader: Pool;
  auditor: Pool;
  monitor: Pool;
  /** Every pool by name. */
  stats(): { name: string; max: number; busy: number; idle: number; waiting: number }[];
  close(): Promise<void>;
};

/** The same limits as the roles carry, said again: a server prepared by someone else may lack them. */
const LIMITS = {
  statement_timeout: "5000",
  lock_timeout: "1000",
  idle_in_transaction_session_timeout: "10000",
  transaction_timeout: "8000",
};

const READ_ONLY = { ...LIMITS, default_transaction_read_only: "on" };

/** The wait for a connection and its first statement; the socket itself gives up after a second. */
const OPEN_MS = 3_000;
/** More than all pools together can ask for at once. */
const PARALLEL_OPENS = 40;

const AWAY = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH", "CONNECT_TIMEOUT"],
  ...["CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED", "57P01", "57P03"],
]);

/** `onStatement` is called after every statement of every pool with the time it took. */
export function openPostgres(env: Env, onStatement: (ms: number) => void = () => {}): PostgresPools {
  const door = guard("postgres", OPEN_MS, isAway, PARALLEL_OPENS);
  const open = (options: ConnectionOptions) =>
    door.run(() => Connection.open({ ...options, onStatement })).catch(rethrow);
  const pool = ({ settings, ...options }: PoolOptions) =>
    new Pool({ ...options, open, settings: { ...settings, application_name: `quadrant-${options.name}` } });
  const pools = {
    app: pool({ name: "app", url: env.DATABASE_URL, max: 6, settings: LIMITS }),
    reader: pool({ name: "reader", url: env.DATABASE_URL, max: 6, settings: READ_ONLY }),
    system: pool({ name: "system", url: env.SYSTEM_DATABASE_URL, max: 6, settings: LIMITS }),
    systemReader: pool({ name: "system-reader", url: env.SYSTEM_DATABASE_URL, max: 4, settings: READ_ONLY }),
    auditor: pool({ name: "auditor", url: env.AUDIT_DATABASE_URL, max: 2, settings: READ_ONLY }),
    monitor: pool({ name: "monitor", url: env.MONITOR_DATABASE_URL, max: 2, settings: READ_ONLY }),
  };
  return {
    ...pools,
    guard: door,
    stats: () => Object.values(pools).map((each) => ({ name: each.name, ...each.stats() })),
    async close() {
      await Promise.all(Object.values(pools).map((pool) => pool.close()));
    },
  };
}

function isAway(error: Error): boolean {
  return "code" in error && AWAY.has(String(error.code));
}

/** Whoever opened it judges the server's own words; only a refusal of the guard is the guard's. */
function rethrow(error: unknown): never {
  throw error instanceof StoreFailure && !error.refused ? (error.cause ?? error) : error;
}
