import "server-only";
import { Connection } from "@/lib/databases/postgres/connection";

export type Locks = {
  /** Runs work while no other worker runs work of this name; answers false when another one does. */
  alone(name: string, work: () => Promise<void>): Promise<boolean>;
  /**
   * Whether this worker leads in `name`. Who led goes on leading while PostgreSQL is away, for then nobody else can begin;
   * when it is back the lock decides anew.
   */
  leads(name: string): Promise<boolean>;
  close(): Promise<void>;
};

/** A worker that runs says something so often; the server ends the session of one that has been silent for longer. */
const PING_MS = 4_000;
const SILENT_MS = 12_000;

/**
 * Advisory locks on a session of their own: they need no table, outlast any transaction, and end with the process or
 * once it hangs. A lost connection lets another worker begin early, so what runs under them may run twice.
 */
export function createLocks(url: string): Locks {
  const settings = {
    application_name: "quadrant-worker-locks",
    statement_timeout: "2000",
    // The kernel of a process that hangs keeps its connection alive.
    idle_session_timeout: String(SILENT_MS),
    // A host that vanished without a word frees its locks within 20 s.
    tcp_keepalives_idle: "5",
    tcp_keepalives_interval: "5",
    tcp_keepalives_count: "3",
  };
  const ledOn = new Map<string, Connection>();
  let opening: Promise<Connection> | null = null;
  let current: Connection | null = null;
  const ping = setInterval(() => {
    if (current?.alive) void current.simple("select 1").catch(() => {});
  }, PING_MS).unref();

  async function open(): Promise<Connection> {
    opening ??= Connection.open({ url, settings, hasArrays: false });
    const connection = await opening.catch(() => null);
    if (connection?.alive) return (current = connection);
    opening = Connection.open({ url, settings, hasArrays: false });
    return (current = await opening);
  }

  async function tried(name: string): Promise<{ on: Connection; isMine: boolean }> {
    const on = await open();
    const [row] = await on.query<{ taken: boolean }>("select pg_try_advisory_lock(7303, hashtext($1)) as taken", [
      name,
    ]);
    return { on, isMine: row?.taken === true };
  }

  return {
    async alone(name, work) {
      const on = await open();
      const [row] = await on.query<{ taken: boolean }>("select pg_try_advisory_lock(7302, hashtext($1)) as taken", [
        name,
      ]);
      if (!row?.taken) return false;
      try {
        await work();
      } finally {
        if (on.alive) await on.query("select pg_advisory_unlock(7302, hashtext($1))", [name]).catch(() => []);
      }
      return true;
    },
    async leads(name) {
      const held = ledOn.get(name);
      if (held?.alive) return true;
      const taken = await tried(name).catch(() => null);
      if (!taken) return held !== undefined;
      if (taken.isMine) ledOn.set(name, taken.on);
      else ledOn.delete(name);
      return taken.isMine;
    },
    async close() {
      clearInterval(ping);
      const connection = await opening?.catch(() => null);
      await connection?.close();
    },
  };
}
