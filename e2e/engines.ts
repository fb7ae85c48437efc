import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { startEngine, stopEngine } from "../stack/control.mjs";
import { expect } from "@playwright/test";
import postgres from "postgres";
import type { Engine, EngineReport } from "@/lib/databases/schema";
import { platformEnv, STACK_DIR } from "./platform";

/** Stops an engine of the platform, runs `work`, and starts the engine again whatever happened. */
export async function without(engine: Engine, work: () => Promise<void>): Promise<void> {
  await stopEngine(STACK_DIR, engine);
  try {
    await work();
  } finally {
    await startEngine(STACK_DIR, engine);
  }
  await forgetChanges(engine);
}

/** Freezes PostgreSQL with all its sessions, as a machine that hangs does, runs `work`, and thaws it whatever happened. */
export async function frozen(work: () => Promise<void>): Promise<void> {
  const state: { pids: { postgres: { pid: number } } } = JSON.parse(
    readFileSync(path.join(STACK_DIR, "state.json"), "utf8"),
  );
  const { pid } = state.pids.postgres;
  process.kill(pid, "SIGSTOP");
  const sessions = execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  const all = [pid, ...sessions.trim().split("\n").map(Number)];
  for (const each of all) process.kill(each, "SIGSTOP");
  try {
    await work();
  } finally {
    for (const each of all) process.kill(each, "SIGCONT");
  }
  await forgetChanges("postgres");
}

/**
 * Lets the platform forget how often an engine changed its status, as a maintenance window does: without it the next
 * spec would meet an engine whose worst status is held for half an hour.
 */
export async function forgetChanges(engine: Engine): Promise<void> {
  const sql = postgres(platformEnv().SYSTEM_DATABASE_URL ?? "", { max: 1 });
  const report = async () => {
    const [row] = await sql<
      { report: EngineReport }[]
    >`select report from system.engine_reports where engine = ${engine}`;
    return row?.report.health;
  };
  try {
    const [window] = await sql<{ id: string }[]>`
      insert into system.maintenance_windows (engine, starts_at, ends_at, reason, created_by)
      values (${engine}, now(), now() + interval '5 minutes', 'between two tests', uuidv7()) returning id`;
    await expect.poll(async () => (await report())?.status, { timeout: 60_000 }).toBe("maintenance");
    await sql`update system.maintenance_windows set ends_at = now() where id = ${window?.id ?? ""}`;
    await expect.poll(async () => (await report())?.status, { timeout: 240_000 }).toBe("healthy");
  } finally {
    await sql.end();
  }
}
