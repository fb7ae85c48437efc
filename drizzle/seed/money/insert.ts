// The demo books as rows of PostgreSQL, each under the rules the ledger sets for everybody.
import type postgres from "postgres";
import type { Catalog } from "./catalog";
import { insertCatalog } from "./catalog";
import type { Story } from "./story";

/** Repeating it adds only the subscriptions that are missing, each with its whole past. Answers how many. */
export async function insertMoney(
  tx: postgres.TransactionSql,
  catalog: Catalog,
  stories: readonly Story[],
): Promise<number> {
  await insertCatalog(tx, catalog);
  // what it brought in was brought in over time: the movements come with their own dates
  await tx`ALTER TABLE app.subscriptions DISABLE TRIGGER mrr_moved`;
  const made = await tx<{ id: string }[]>`
    INSERT INTO app.subscriptions (
      id, user_id, plan_id, price_id, quantity, status, anchor, period_start, period_end, trial_end, comped,
      discount_percent, discount_until, paused_at, paused_from, resume_at, collection_paused_at, collection_behavior,
      collection_resume_at, cancel_at, canceled_at, cancel_reason, next_price_id, next_quantity, next_price_at,
      payment_method, provider, provider_ref, provider_status, provider_seen_at, retries, retry_at, version,
      created_at, updated_at
    )
    SELECT
      s.id, s.user_id, s.plan_id, s.price_id, s.quantity, s.status, s.anchor, s.period_start, s.period_end,
      s.trial_end, s.comped, s.discount_percent, s.discount_until, s.paused_at, s.paused_from, s.resume_at,
      s.collection_paused_at, s.collection_behavior, s.collection_resume_at, s.cancel_at, s.canceled_at,
      s.cancel_reason, s.next_price_id, s.next_quantity, s.next_price_at, s.payment_method, s.provider,
      s.provider_ref, s.provider_status, s.provider_seen_at, s.retries, s.retry_at, s.version, s.created_at,
      s.updated_at
    FROM jsonb_populate_recordset(NULL::app.subscriptions, ${asJson(stories.map(({ row }) => row))}::text::jsonb) s
    JOIN app.prices ON prices.id = s.price_id
    JOIN app.users ON users.id = s.user_id
    ON CONFLICT DO NOTHING
    RETURNING id`;
  await tx`ALTER TABLE app.subscriptions ENABLE TRIGGER mrr_moved`;
  const ids = new Set(made.map(({ id }) => id));
  const books = stories.filter(({ row }) => ids.has(row.id)).map((story) => story.books);
  await insertBooks(tx, books);
  return ids.size;
}

const asJson = (rows: readonly unknown[]) => JSON.stringify(rows);

async function insertBooks(tx: postgres.TransactionSql, books: readonly Story["books"][]): Promise<void> {
  await tx`
    INSERT INTO app.mrr_movements (id, subscription_id, plan_id, at, kind, currency, amount)
    SELECT id, subscription_id, plan_id, at, kind, currency, amount
    FROM jsonb_populate_recordset(NULL::app.mrr_movements, ${asJson(books.flatMap((each) => each.movements))}::text::jsonb)`;
  await tx`
    INSERT INTO app.subscription_transactions (
      id, subscription_id, user_id, plan_id, kind, amount, currency, status, payment_method, transaction_id,
      provider, parent_id, period_start, period_end, description, reason, failure, actor_id, created_at, settled_at
    )
    SELECT
      id, subscription_id, user_id, plan_id, kind, amount, currency, status, payment_method, transaction_id,
      provider, parent_id, period_start, period_end, description, reason, failure, actor_id, created_at, settled_at
    FROM jsonb_populate_recordset(
      NULL::app.subscription_transactions, ${asJson(books.flatMap((each) => each.transactions))}::text::jsonb)`;
  await tx`
    INSERT INTO app.ledger_entries (
      transaction_id, line, account, subscription_id, user_id, amount, currency, posted_at
    )
    SELECT transaction_id, line, account, subscription_id, user_id, amount, currency, posted_at
    FROM jsonb_populate_recordset(
      NULL::app.ledger_entries, ${asJson(books.flatMap((each) => each.entries))}::text::jsonb)`;
}
