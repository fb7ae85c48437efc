// Ends connections of the application and whole worker processes while they work.
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { database } from "../database";
import type { Chance } from "./chance";

const LIVES_MS = 3000;

export type Kills = { connections: number; workers: number };

/** Ends a connection of the application, one at work if there is any. */
export async function killConnection(kills: Kills): Promise<void> {
  const sql = await database();
  const killed = await sql`
    select pg_terminate_backend(pid) from (
      select pid from pg_stat_activity
      where datname = current_database() and usename <> current_user and backend_type = 'client backend'
      order by state = 'idle', random() limit 1)`;
  kills.connections += killed.length;
}

/** Tells a worker how far ahead the clock is; one that was killed a moment ago needs no telling. */
function tell(child: ChildProcess, aheadMs: number): void {
  if (child.connected) child.send(aheadMs, () => undefined);
}

export type Workers = { setAhead(ms: number): void; running: Promise<void> };

/** Keeps a worker process, kills it soon after it has begun to work and starts another. */
export function keepWorkers(kills: Kills, random: Chance, signal: AbortSignal): Workers {
  const children = new Set<ChildProcess>();
  let aheadMs = 0;

  async function one(): Promise<void> {
    while (!signal.aborted) {
      const args = ["--conditions=react-server", "--import", "tsx", `${import.meta.dirname}/worker.ts`];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      const kill = () => void child.kill("SIGKILL");
      signal.addEventListener("abort", kill, { once: true });
      children.add(child);
      const ready = new Promise<void>((resolve) => child.once("message", () => resolve()));
      await Promise.race([ready, gone]);
      tell(child, aheadMs);
      await Promise.race([sleep(100 + random.below(LIVES_MS)), gone]);
      kill();
      await gone;
      signal.removeEventListener("abort", kill);
      children.delete(child);
      kills.workers += 1;
    }
  }

  return {
    setAhead(ms) {
      aheadMs = ms;
      for (const child of children) tell(child, ms);
    },
    running: one(),
  };
}
