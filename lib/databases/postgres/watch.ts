// The ways in for those who look at PostgreSQL and act on it: two credentials that read no user's data.
import "server-only";
import type { Env } from "@/lib/env";
import { Pool } from "./pool";

export type PostgresWatch = {
  /** `pg_monitor`: sees every session and statistic, no table. */
  monitor: Pool;
  /** May signal backends and maintain tables; null where no address was given. */
  operator: Pool | null;
  close(): Promise<void>;
};

const READ = { statement_timeout: "4000", lock_timeout: "500", default_transaction_read_only: "on" };

/** Connects to nothing yet. */
export function createPostgresWatch(env: Env): PostgresWatch {
  const monitor = new Pool({ name: "watch", url: env.MONITOR_DATABASE_URL, max: 2, settings: READ, waitMs: 2_000 });
  const url = env.OPERATOR_DATABASE_URL;
  const operator = url ? new Pool({ name: "operator", url, max: 1, settings: { lock_timeout: "1000" } }) : null;
  return {
    monitor,
    operator,
    async close() {
      await Promise.all([monitor.close(), operator?.close()]);
    },
  };
}
