// Large loads without what is checked row by row: indexes, foreign keys and triggers come back before the commit.
import type postgres from "postgres";

/** Their triggers fill what the load does not bring along. */
const KEPT = ["subscriptions_value"];

/**
 * Does the work while the tables have no more than their primary keys. Everything comes back as it was, and keys and
 * constraints are then checked on all rows at once; what triggers would have refused, the caller has to verify.
 */
export async function whileBare(
  tx: postgres.TransactionSql,
  tables: readonly string[],
  work: () => Promise<void>,
  rebuilding: () => void,
): Promise<void> {
  const triggers = await tx<{ off: string; on: string }[]>`
    SELECT
      format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) AS off,
      format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname) AS on
    FROM pg_trigger
    WHERE tgrelid = ANY (${[...tables]}::regclass[]) AND NOT tgisinternal AND tgenabled = 'O'
      AND tgtype & 4 > 0 AND tgname <> ALL (${KEPT}::name[])`;
  // foreign keys first, for they hold on to the unique indexes
  const constraints = await tx<{ off: string; on: string }[]>`
    SELECT
      format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS off,
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS on
    FROM pg_constraint
    WHERE conrelid = ANY (${[...tables]}::regclass[]) AND contype IN ('f', 'u')
    ORDER BY contype`;
  const indexes = await tx<{ off: string; on: string }[]>`
    SELECT format('DROP INDEX %s', indexrelid::regclass) AS off, pg_get_indexdef(indexrelid) AS on
    FROM pg_index
    WHERE indrelid = ANY (${[...tables]}::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)`;
  for (const { off } of [...triggers, ...constraints, ...indexes]) await tx.unsafe(off);
  await work();
  rebuilding();
  await tx`SET LOCAL maintenance_work_mem = '512MB'`;
  for (const { on } of [...indexes, ...constraints.toReversed(), ...triggers]) await tx.unsafe(on);
}
