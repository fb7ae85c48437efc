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
