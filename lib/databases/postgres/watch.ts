// The ways in for those who look at PostgreSQL and act on it: two credentials that read no user's data.
import "server-only";
import type { Env } from "@/lib/env";
import { Connection, type ConnectionOptions } from "./connection";
import { Pool } from "./pool";

export type PostgresWatch = {
  /** `pg_monitor`: sees every session and statistic, no table. */
  monitor: Pool;
  /** May signal backends and maintain tables; null where no address was given. */
  operator: Pool | null;
  /** What the two are called on the server; their sessions are not to be acted on. */
  roles: { monitor: string; operator: string | null };
  /** A connection for one act of the operator that may take its time; whoever asks closes it. */
  maintain(limitMs: number, onNotice: ConnectionOptions["onNotice"]): Promise<Connection>;
  /** A connection with the rights of one of the console's own roles, read only; null for any other role. */
  readAs(role: string): Promise<Connection> | null;
  close(): Promise<void>;
};

/** A page asks some twenty questions at once; on a slow machine the last of them waits, and is not an error. */
const PATIENCE = { waitMs: 15_000, connectTimeoutMs: 5_000 };

const READ = { statement_timeout: "4000", lock_timeout: "500", default_transaction_read_only: "on" };
const ACT = { statement_timeout: "5000", lock_timeout: "2000", application_name: "quadrant-operator" };

/** Connects to nothing yet. */
export function createPostgresWatch(env: Env): PostgresWatch {
  const { MONITOR_DATABASE_URL, OPERATOR_DATABASE_URL } = env;
  const settings = { ...READ, application_name: "quadrant-watch" };
  const monitor = new Pool({ name: "watch", url: MONITOR_DATABASE_URL, max: 3, settings, ...PATIENCE });
  const operator = OPERATOR_DATABASE_URL
    ? new Pool({ name: "operator", url: OPERATOR_DATABASE_URL, max: 1, settings: ACT, ...PATIENCE })
    : null;
  const own = [env.DATABASE_URL, env.SYSTEM_DATABASE_URL, env.AUDIT_DATABASE_URL, MONITOR_DATABASE_URL];
  const urls = new Map(own.map((url) => [roleOf(url), url]));
  return {
    monitor,
    operator,
    roles: {
      monitor: roleOf(MONITOR_DATABASE_URL),
      operator: OPERATOR_DATABASE_URL ? roleOf(OPERATOR_DATABASE_URL) : null,
    },
    async maintain(limitMs, onNotice) {
      if (!OPERATOR_DATABASE_URL) throw new Error("There is no operator.");
      const limits = { ...ACT, statement_timeout: String(limitMs) };
      return Connection.open({
        url: OPERATOR_DATABASE_URL,
        settings: limits,
        connectTimeoutMs: 5_000,
        ...(onNotice && { onNotice }),
      });
    },
    readAs(role) {
      const url = urls.get(role);
      const limits = { ...READ, application_name: "quadrant-explain", statement_timeout: "2000" };
      return url === undefined ? null : Connection.open({ url, settings: limits, connectTimeoutMs: 5_000 });
    },
    async close() {
      await Promise.all([monitor.close(), operator?.close()]);
    },
  };
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
