import "server-only";
import type { Probe } from "../probe";
import { Connection } from "./connection";

/**
 * The monitor's own connection: a full application pool must not look like a server that is down. It is kept only after
 * an answer: what failed, or never answered, says nothing of how the server is by the next time.
 */
export function postgresProbe(url: string): Probe {
  const settings = { application_name: "quadrant-probe", statement_timeout: "1400" };
  let kept: Connection | null = null;

  async function versionOn(connection: Connection) {
    const [row] = await connection.query<{ version: string; standby: boolean }>(
      "select current_setting('server_version') as version, pg_is_in_recovery() as standby",
      [],
    );
    if (!row) throw new Error("no answer");
    return { version: row.version, degraded: row.standby ? "read only: this server is a standby" : null };
  }

  return {
    async ask() {
      const before = kept?.alive ? kept : null;
      kept = null;
      const connection = before ?? (await Connection.open({ url, settings, hasArrays: false }));
      try {
        const answer = await versionOn(connection);
        if (kept) void connection.close();
        else kept = connection;
        return answer;
      } catch (error) {
        void connection.close();
        throw error;
      }
    },
    close: async () => kept?.close(),
  };
}
