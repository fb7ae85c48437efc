// Rules in the transaction of a command: held, compared with what the caller saw, written.
import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { alert_rules } from "@/drizzle/schema/alerts";
import { AppError } from "@/lib/core/errors";
import type { Change, Fields } from "@/lib/core/operation";
import type { Db } from "@/lib/databases/postgres/pool";
import { ruleColumns, toRule } from "./rows";
import type { Rule } from "./schema";

type Target = { id: string; version: number };

/** The rule until the transaction ends. Throws `not_found`, or `stale` with the rule as it is now. */
export async function heldRule(tx: Db, { id, version }: Target): Promise<Rule> {
  const [row] = await tx
    .select(ruleColumns)
    .from(alert_rules)
    .where(and(eq(alert_rules.id, id), isNull(alert_rules.deleted_at)))
    .for("update");
  if (!row) throw new AppError("not_found", "There is no such rule.");
  if (row.version === version) return toRule(row);
  throw new AppError("stale", "Someone else saved this rule first.", { current: toRule(row) });
}

/** Writes fields of a rule that is held; answers the change with what was there before. */
export async function writeRule(
  tx: Db,
  before: Rule,
  set: Partial<Rule> & { muted_by?: string | null },
  by: string,
): Promise<Change<"alert", Rule>> {
  const version = before.version + 1;
  await tx
    .update(alert_rules)
    .set({ ...set, version, updated_at: sql`now()`, updated_by: by })
    .where(eq(alert_rules.id, before.id));
  const { muted_by: _by, ...after } = set;
  return { entity: "alert", id: before.id, version, before: pick(before, Object.keys(after)), after };
}

/** Deleted rules stay for the alerts they fired, and so that they can come back. */
export async function setDeleted(tx: Db, { id, version }: Target, deleted: boolean, by: string) {
  const [row] = await tx
    .update(alert_rules)
    .set({ deleted_at: deleted ? sql`now()` : null, version: version + 1, updated_at: sql`now()`, updated_by: by })
    .where(
      and(
        eq(alert_rules.id, id),
        eq(alert_rules.version, version),
        sql`(${alert_rules.deleted_at} is null) = ${deleted}`,
        isNull(alert_rules.builtin),
      ),
    )
    .returning({ name: alert_rules.name });
  if (!row) throw await missing(tx, { id, version }, deleted);
  return {
    entity: "alert" as const,
    id,
    version: version + 1,
    before: { name: row.name, deleted: !deleted },
    after: { name: row.name, deleted },
  };
}

async function missing(tx: Db, { id, version }: Target, deleting: boolean): Promise<AppError> {
  const [row] = await tx
    .select({ ...ruleColumns, deleted_at: alert_rules.deleted_at })
    .from(alert_rules)
    .where(eq(alert_rules.id, id));
  if (!row || (deleting && row.deleted_at !== null)) return new AppError("not_found", "There is no such rule.");
  const { deleted_at, ...rule } = row;
  if (rule.version !== version) {
    return new AppError("stale", "Someone else saved this rule first.", { current: toRule(rule) });
  }
  if (!deleting && deleted_at === null) return new AppError("conflict", "This rule is not deleted.");
  return new AppError("conflict", "A rule of the catalogue cannot be deleted. Switch it off instead.");
}

function pick(record: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(keys.map((key) => [key, record[key] ?? null]));
}
