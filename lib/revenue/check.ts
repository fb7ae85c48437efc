// Whether what is kept for speed still says what its sources say.
import "server-only";
import { revenue_months } from "@/drizzle/schema/revenue";
import { asCurrency, toDecimal, toMinor } from "@/lib/core/amount";
import { AppError } from "@/lib/core/errors";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { balances, type Pair } from "./balances";
import { keptSince, SUMS } from "./months";
import type { Check, Difference } from "./schema";
import { fromSources, monthStart, type Reads } from "./sources";

/** Every statement ends after 5 s by its role; all of them together, however many months there are, after so long. */
const WHOLE_MS = 30_000;

/** Month by month against ledger and movements, and every balance that is kept beside its entries, per currency. */
export async function checkBooks(db: ReadDb, now: Date, months: number): Promise<Check> {
  const reads = inTime(db);
  const rows = await db.select().from(revenue_months).where(keptSince(now, months));
  const kept = new Map(rows.map((row) => [`${row.month} ${row.currency}`, row]));
  // The running month moves on between two roll-ups, so only months that are over are compared.
  const over = (await fromSources(reads, now, months)).filter(({ month }) => month < monthStart(now, 0));
  const pairs = over.flatMap((source) => {
    const row = kept.get(`${source.month} ${source.currency}`);
    const currency = asCurrency(source.currency);
    return SUMS.map((name): Pair => ({
      what: `${source.month} ${currency} ${name}`,
      currency,
      kept: toMinor(row?.[name] ?? "0", currency),
      source: toMinor(source[name], currency),
    }));
  });
  const all = [...pairs, ...(await balances(reads, now))];
  return {
    differences: all.filter(({ kept, source }) => kept !== source).map(toDifference),
    checked: all.length,
    as_of: now.toISOString(),
  };
}

function inTime(db: ReadDb): Reads {
  const until = performance.now() + WHOLE_MS;
  return {
    execute: async (statement) => {
      if (performance.now() < until) return db.execute(statement);
      throw new AppError("busy", `The check took longer than ${WHOLE_MS / 1000} s and was stopped.`);
    },
  };
}

function toDifference({ what, currency, kept, source }: Pair): Difference {
  return { what, rolled_up: toDecimal(kept, currency), source: toDecimal(source, currency) };
}
