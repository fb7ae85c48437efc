// Acts on tables, indexes and statistics. Names are looked up in the catalogue, and the server quotes them.
import "server-only";
import { AppError } from "@/lib/core/errors";
import { type Finding, type Outcome, remedy } from "@/lib/core/operation";
import {
  countStatements,
  leftover,
  maintain,
  resetStatements as sendReset,
} from "@/lib/databases/postgres/maintenance";
import { findIndex, findTable } from "@/lib/databases/postgres/objects";
import { health } from "../noun";
import { codeOf, lacks, megabytes, noOperator, operatorOf, permitted } from "./operator";
import { ReindexIndex, ResetStatements, VacuumTable } from "./schema";

const LIMIT_MS = 60_000;
const LIMIT = "60 s";
/** What is larger would not be done within the limit. */
const LARGEST = { table: 20 * 2 ** 30, index: 4 * 2 ** 30 };
/** REINDEX CONCURRENTLY waits for every older transaction to end. */
const OLD_TX_S = 30;

export const vacuumTable = remedy({
  noun: health,
  engine: "postgres",
  action: "health.postgres.vacuum",
  permission: "health.postgres.vacuum",
  input: VacuumTable,
  async look({ schema, table, mode }, { watch }): Promise<Finding> {
    const found = await findTable(watch.postgres.monitor, { schema, table }, verb(mode));
    if (!found) throw noSuch("table", schema, table);
    const busy = found.running ? "It is being vacuumed at this moment." : null;
    const large = found.bytes > LARGEST.table ? tooLarge(found.bytes, found.statement) : null;
    const parts = found.partitions > 0 ? { partitions: found.partitions } : {};
    const before = { statement: "–", dead_rows: found.dead, size: megabytes(found.bytes), ...parts };
    const count = Math.max(1, found.partitions);
    return {
      id: `table ${schema}.${table}`,
      before,
      after: { ...before, statement: found.statement, ...(mode === "vacuum" && { dead_rows: 0 }) },
      identity: { oid: found.oid },
      touches: [
        { store: "postgres", what: mode === "vacuum" ? "Tables vacuumed" : "Tables analysed", count, undo: false },
      ],
      refused: noOperator(watch.postgres) ?? busy ?? large,
    };
  },
  async act({ schema, table, mode }, { watch }): Promise<Outcome> {
    const { postgres } = watch;
    const target = await findTable(postgres.monitor, { schema, table }, verb(mode));
    if (!target) throw noSuch("table", schema, table);
    const { denied } = await bounded(() =>
      permitted(postgres, "pg_maintain", () => maintain(postgres, target.statement, LIMIT_MS)),
    );
    if (denied !== null) throw lacks(postgres, "pg_maintain");
    const now = await findTable(postgres.monitor, { schema, table }, verb(mode));
    const isDone = now?.last_done !== null && now?.last_done !== target.last_done;
    const note = isDone
      ? `${target.statement} is done. The server's count of dead rows may follow some seconds later.`
      : `${target.statement} ended without an error, but the server has not noted it.`;
    return { done: isDone, after: { dead_rows: now?.dead ?? null, size: megabytes(now?.bytes ?? 0) }, note };
  },
});

export const reindexIndex = remedy({
  noun: health,
  engine: "postgres",
  action: "health.postgres.reindex",
  permission: "health.postgres.reindex",
  input: ReindexIndex,
  async look({ schema, index }, { watch }): Promise<Finding> {
    const found = await findIndex(watch.postgres.monitor, { schema, index });
    if (!found) throw noSuch("index", schema, index);
    const exclusion = found.exclusion ? "An index of an exclusion constraint cannot be rebuilt beside its use." : null;
    const building = found.building ? "An index of this table is being built at this moment." : null;
    const waits =
      found.oldest_tx_s > OLD_TX_S
        ? `A transaction has been open for ${Math.round(found.oldest_tx_s)} s, and the rebuild would wait for it. End it first.`
        : null;
    const large = found.bytes > LARGEST.index ? tooLarge(found.bytes, found.statement) : null;
    const before = { statement: "–", valid: found.valid, size: megabytes(found.bytes) };
    return {
      id: `index ${schema}.${index}`,
      before,
      after: { ...before, statement: found.statement, valid: true },
      identity: { oid: found.oid },
      touches: [{ store: "postgres", what: "Indexes rebuilt", count: 1, undo: false }],
      refused: noOperator(watch.postgres) ?? exclusion ?? building ?? waits ?? large,
    };
  },
  async act({ schema, index }, { watch }): Promise<Outcome> {
    const { postgres } = watch;
    const target = await findIndex(postgres.monitor, { schema, index });
    if (!target) throw noSuch("index", schema, index);
    try {
      await bounded(() => permitted(postgres, "pg_maintain", () => maintain(postgres, target.statement, LIMIT_MS)));
    } catch (error) {
      const rest = await leftover(postgres.monitor, schema, index);
      if (rest === null || !(error instanceof AppError)) throw error;
      throw new AppError(error.code, `${error.message} It left a copy behind; drop it: ${rest}`, {}, { cause: error });
    }
    const now = await findIndex(postgres.monitor, { schema, index });
    const isDone = now !== null && now.valid && now.oid !== target.oid;
    const size = now ? megabytes(now.bytes) : "–";
    const note = isDone
      ? `${index} was rebuilt: ${megabytes(target.bytes)} before, ${size} now.`
      : `${target.statement} ended without an error, but the index is the old one.`;
    return { done: isDone, after: { valid: now?.valid ?? false, size }, note };
  },
});

export const resetStatements = remedy({
  noun: health,
  engine: "postgres",
  action: "health.postgres.reset-statements",
  permission: "health.postgres.reset-statements",
  input: ResetStatements,
  async look({ queryid = null }, { watch }): Promise<Finding> {
    const { entries, calls } = await countStatements(watch.postgres.monitor, queryid);
    if (queryid !== null && entries === 0) throw new AppError("not_found", "The server remembers no such statement.");
    return {
      id: queryid === null ? "statistics of all statements" : `statistics of statement ${queryid}`,
      before: { entries, calls },
      after: { entries: 0, calls: 0 },
      identity: { queryid },
      touches: [{ store: "postgres", what: "Statement statistics", count: entries, undo: false }],
      refused: noOperator(watch.postgres),
    };
  },
  async act({ queryid = null }, { watch }, { before }): Promise<Outcome> {
    const { postgres } = watch;
    const right = "EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint, boolean)";
    await permitted(postgres, right, () => sendReset(operatorOf(postgres), queryid));
    const after = await countStatements(postgres.monitor, queryid);
    const isDone = after.calls < Number(before["calls"]) || Number(before["entries"]) === 0;
    const note = isDone
      ? "Counting begins anew, for every tool that reads these statistics."
      : "The counts are as before.";
    return { done: isDone, after, note };
  },
});

function verb(mode: "vacuum" | "analyze"): "VACUUM (ANALYZE)" | "ANALYZE" {
  return mode === "vacuum" ? "VACUUM (ANALYZE)" : "ANALYZE";
}

function noSuch(what: string, schema: string, name: string): AppError {
  return new AppError("not_found", `There is no ${what} ${schema}.${name} of a user in this database.`);
}

function tooLarge(bytes: number, statement: string): string {
  return `With ${megabytes(bytes)} it would not be done within ${LIMIT}. Run it on the server: ${statement};`;
}

/** Says what the limits mean here; other failures keep their own meaning. */
async function bounded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === "57014")
      throw new AppError("conflict", `It was not done within ${LIMIT} and was stopped.`, {}, { cause: error });
    if (code === "55P03") {
      throw new AppError("conflict", "Others hold a lock on it; it waited 2 s and gave up.", {}, { cause: error });
    }
    throw error;
  }
}
