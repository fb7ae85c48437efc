// Many more subscriptions, as rows only, to see the console at scale: drawn, then booked, by INSERT … SELECT.
import type postgres from "postgres";
import { whileBare } from "./bare";
import { bookMany } from "./many-books";
import { drawMany } from "./many-draw";
import { verifyBooks } from "./verify";

/** So many of all people have a subscription. */
const SHARE = 0.4;
const TABLES = [
  "app.subscriptions",
  "app.mrr_movements",
  "app.subscription_transactions",
  "app.ledger_entries",
  "app.credit_balances",
];

/**
 * Adds subscriptions until two in five people have one, all or none of them. The connection is the migrator's. Until it
 * is done nobody else can use the tables.
 */
export async function fillMoney(
  sql: postgres.Sql,
  users: number,
  seed: number,
  progress: (line: string) => void,
): Promise<void> {
  const [existing] = await sql<{ count: number }[]>`SELECT count(*)::integer AS count FROM app.subscriptions`;
  const missing = Math.floor(users * SHARE) - (existing?.count ?? 0);
  if (missing <= 0) return;
  const text = (count: number) => count.toLocaleString("en");
  await sql.begin(async (tx) => {
    // months are counted in UTC, as the console does
    await tx`SET LOCAL timezone = 'UTC'`;
    await tx`SET LOCAL work_mem = '256MB'`;
    await tx`SET LOCAL temp_buffers = '256MB'`;
    await drawMany(tx, missing, seed);
    progress(`${text(missing)} subscriptions are drawn`);
    await whileBare(
      tx,
      TABLES,
      async () => {
        const { subscriptions, transactions } = await bookMany(tx, progress);
        progress(`${text(subscriptions)} subscriptions with ${text(transactions)} transactions`);
      },
      () => progress("indexes and keys are built"),
    );
    await verifyBooks(tx);
    progress("the books add up");
  });
  for (const table of TABLES) await sql`VACUUM ANALYZE ${sql(table)}`;
}
