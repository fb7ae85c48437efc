// The pools of PostgreSQL: one per credential and purpose, each with its own limits.
import "server-only";
import type { Env } from "@/lib/env";
import { Pool } from "./pool";

export type PostgresPools = {
  app: Pool;
  reader: Pool;
  system: Pool;
  systemReader: Pool;
  auditor: Pool;
  monitor: Pool;
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

export function openPostgres(env: Env): PostgresPools {
  const pools = {
    app: new Pool({ name: "app", url: env.DATABASE_URL, max: 6, settings: LIMITS }),
    reader: new Pool({ name: "reader", url: env.DATABASE_URL, max: 6, settings: READ_ONLY }),
    system: new Pool({ name: "system", url: env.SYSTEM_DATABASE_URL, max: 6, settings: LIMITS }),
    systemReader: new Pool({ name: "system-reader", url: env.SYSTEM_DATABASE_URL, max: 4, settings: READ_ONLY }),
    auditor: new Pool({ name: "auditor", url: env.AUDIT_DATABASE_URL, max: 2, settings: READ_ONLY }),
    monitor: new Pool({ name: "monitor", url: env.MONITOR_DATABASE_URL, max: 2, settings: READ_ONLY }),
  };
  return {
    ...pools,
    async close() {
      await Promise.all(Object.values(pools).map((pool) => pool.close()));
    },
  };
}
