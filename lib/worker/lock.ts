import "server-only";
import { Connection } from "@/lib/databases/postgres/connection";

export type Locks = {
  /** Runs work while no other worker runs work of this name; answers false when another one does. */
  alone(name: string, work: () => Promise<void>): Promise<boolean>;
  close(): Promise<void>;
};

/**
 * Advisory locks on a session of their own: they need no table, outlast any transaction, and end with the process. A
 * lost connection lets another worker begin early, so what runs under them may run twice.
 */
export function createLocks(url: string): Locks {
  const settings = { application_name: "quadrant-worker-locks", statement_timeout: "2000" };
  let opening: Promise<Connection> | null = null;

  async function open(): Promise<Connection> {
    opening ??= Connection.open({ url, settings });
    const connection = await opening.catch(() => null);
    if (connection?.alive) return connection;
    opening = Connection.open({ url, settings });
    return opening;
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
    async close() {
      const connection = await opening?.catch(() => null);
      await connection?.close();
    },
  };
}
