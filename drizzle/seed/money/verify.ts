// Everything the ledger promises, asked of all rows at once.
import type postgres from "postgres";

/** Throws naming what does not hold. Reads every entry, which takes seconds at a million of them. */
export async function verifyBooks(sql: postgres.ISql): Promise<void> {
  const faults = await sql<{ fault: string; count: number }[]>`
    WITH sums AS MATERIALIZED (
      SELECT
        transaction_id, subscription_id, user_id, currency,
        sum(amount) AS total,
        sum(amount) FILTER (WHERE amount > 0) AS debits,
        coalesce(sum(amount) FILTER (WHERE account = 'receivable'), 0) AS receivable,
        coalesce(sum(amount) FILTER (WHERE account = 'customer_credit'), 0) AS credit
      FROM app.ledger_entries
      GROUP BY transaction_id, subscription_id, user_id, currency
    ), faults AS (
      SELECT 'currencies whose entries do not add up to 0' AS fault, count(*) FROM (
        SELECT FROM sums GROUP BY currency HAVING sum(total) <> 0) AS uneven
      UNION ALL
      SELECT 'transactions without a balanced set of entries of their amount', count(*)
      FROM app.subscription_transactions t
      FULL JOIN sums s ON s.transaction_id = t.id
      WHERE t.id IS NULL OR (t.status = 'succeeded') <> (s.transaction_id IS NOT NULL)
        OR s.total <> 0 OR s.debits <> t.amount OR s.currency <> t.currency
        OR s.subscription_id <> t.subscription_id OR s.user_id <> t.user_id
      UNION ALL
      SELECT 'balances due that are not what is receivable', count(*)
      FROM app.subscriptions s
      LEFT JOIN (SELECT subscription_id AS id, sum(receivable) AS due FROM sums GROUP BY 1) AS owed USING (id)
      WHERE s.balance_due <> coalesce(owed.due, 0)
      UNION ALL
      SELECT 'credit balances that are not what the ledger says', count(*)
      FROM app.credit_balances b
      FULL JOIN (
        SELECT user_id, currency, -sum(credit) AS balance FROM sums WHERE credit <> 0 GROUP BY 1, 2
      ) AS given USING (user_id, currency)
      WHERE coalesce(b.balance, 0) <> coalesce(given.balance, 0)
      UNION ALL
      SELECT 'monthly values that their movements do not add up to', count(*)
      FROM app.subscriptions s
      LEFT JOIN (SELECT subscription_id AS id, sum(amount) AS monthly FROM app.mrr_movements GROUP BY 1) AS moved
        USING (id)
      WHERE s.monthly <> coalesce(moved.monthly, 0)
      UNION ALL
      SELECT 'transactions that take more than their parent has', count(*) FROM (
        SELECT FROM app.subscription_transactions c
        JOIN app.subscription_transactions p ON p.id = c.parent_id
        WHERE c.status <> 'failed' AND c.kind <> 'reversal'
        GROUP BY p.id HAVING sum(c.amount) > p.amount) AS overdrawn
    )
    SELECT fault, count::integer FROM faults WHERE count > 0`;
  if (faults.length === 0) return;
  throw new Error(`The books do not hold: ${faults.map(({ fault, count }) => `${count} ${fault}`).join("; ")}.`);
}
