import "server-only";
import { sql } from "drizzle-orm";
import { maintenance_windows as windows } from "@/drizzle/schema/operations";
import { AppError } from "@/lib/core/errors";
import { command, inverse } from "@/lib/core/operation";
import { maintenance } from "./maintenance";
import { EndMaintenance, StartMaintenance } from "./schema";

/** From now on nobody is told of this engine, until the window ends or is ended. */
export const startMaintenance = command({
  noun: maintenance,
  action: "maintenance.start",
  permission: "health.maintain",
  input: StartMaintenance,
  async run({ engine, minutes, reason }, { tx, ctx }) {
    const [open] = await tx
      .select({ id: windows.id })
      .from(windows)
      .where(sql`${windows.engine} = ${engine} and ${windows.ends_at} > now()`)
      .limit(1);
    if (open) throw new AppError("conflict", "This engine is in maintenance already. End that first.");
    const [row] = await tx
      .insert(windows)
      .values({
        id: sql`uuidv7()`,
        engine,
        starts_at: sql`now()`,
        ends_at: sql`now() + ${minutes} * interval '1 minute'`,
        reason,
        created_by: ctx.actor.id,
      })
      .returning({ id: windows.id, version: windows.version });
    if (!row) throw new TypeError("The window was not written.");
    return { entity: "maintenance", ...row, before: null, after: { engine, minutes, ended: false } };
  },
});

export const endMaintenance = command({
  noun: maintenance,
  action: "maintenance.end",
  permission: "health.maintain",
  input: EndMaintenance,
  async run({ id, version }, { tx }) {
    const [row] = await tx
      .update(windows)
      .set({ ends_at: sql`greatest(now(), ${windows.starts_at} + interval '1 millisecond')`, version: version + 1 })
      .where(sql`${windows.id} = ${id}::uuid and ${windows.version} = ${version} and ${windows.ends_at} > now()`)
      .returning({ version: windows.version });
    if (!row) throw await whyNot(tx, id);
    return { entity: "maintenance", id, version: row.version, before: { ended: false }, after: { ended: true } };
  },
});

async function whyNot(tx: Parameters<typeof endMaintenance.run>[1]["tx"], id: string): Promise<AppError> {
  const [row] = await tx
    .select({ version: windows.version, ended: sql<boolean>`${windows.ends_at} <= now()` })
    .from(windows)
    .where(sql`${windows.id} = ${id}::uuid`);
  if (!row) return new AppError("not_found", "There is no such maintenance.");
  if (row.ended) return new AppError("conflict", "This maintenance has ended already.");
  return new AppError("stale", "This maintenance was changed in the meantime.", { current: { id, ...row } });
}

export const inverses = [inverse(startMaintenance, endMaintenance, ({ id, version }) => ({ id, version }))];
