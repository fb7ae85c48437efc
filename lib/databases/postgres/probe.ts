import "server-only";
import postgres from "postgres";
import type { Probe } from "../probe";

/** The monitor's own connection: a full application pool must not look like a server that is down. */
export function postgresProbe(url: string): Probe {
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 60,
    connect_timeout: 1,
    max_lifetime: 3_600,
    onnotice: () => {},
    connection: { application_name: "quadrant-probe", statement_timeout: 1_400 },
  });
  return {
    async ask() {
      const [row] = await sql<{ version: string; standby: boolean; read_only: string }[]>`
        select current_setting('server_version') as version, pg_is_in_recovery() as standby
      `;
      if (!row) throw new Error("no answer");
      return { version: row.version, degraded: row.standby ? "read only: this server is a standby" : null };
    },
    close: () => sql.end({ timeout: 1 }),
  };
}
