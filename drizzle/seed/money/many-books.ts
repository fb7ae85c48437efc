// The books of the many: what was drawn becomes subscriptions, transactions, balanced entries and movements.
import type postgres from "postgres";

export type Booked = { subscriptions: number; transactions: number };

/** Needs pg_temp.drawn. */
export async function bookMany(tx: postgres.TransactionSql, progress: (line: string) => void): Promise<Booked> {
  await chargeMany(tx);
  progress("charges are drawn");
  await payMany(tx);
  await tx`ANALYZE booked`;
  progress("payments are drawn");
  const { count: subscriptions } = await insertSubscriptions(tx);
  // in the order they would have come in
  const { count: transactions } = await tx`
    INSERT INTO app.subscription_transactions (
      id, subscription_id, user_id, plan_id, kind, amount, currency, status, payment_method, transaction_id, provider,
      parent_id, period_start, period_end, description, reason, failure, created_at, settled_at
    )
    SELECT
      b.id, b.subscription_id, b.user_id, b.plan_id, b.kind, b.amount, b.currency, b.status, b.method,
      CASE WHEN b.kind IN ('payment', 'refund') AND b.status = 'succeeded' THEN 'tx_' || replace(b.id::text, '-', '') END,
      CASE WHEN b.kind IN ('payment', 'refund') THEN d.provider END, b.parent_id, b.period_start, b.period_end,
      b.description, b.reason, CASE b.status WHEN 'failed' THEN 'Card declined' END, b.at, b.at
    FROM booked b
    JOIN drawn d ON d.id = b.subscription_id
    ORDER BY b.id`;
  progress(`${transactions.toLocaleString("en")} transactions`);
  await tx`
    INSERT INTO app.ledger_entries (
      transaction_id, line, account, subscription_id, user_id, amount, currency, posted_at
    )
    SELECT b.id, line, account, subscription_id, user_id, amount * sign, currency, at
    FROM booked b
    JOIN (VALUES
      ('charge', 1, 'receivable', 1), ('charge', 2, 'revenue', -1),
      ('payment', 1, 'processor', 1), ('payment', 2, 'receivable', -1),
      ('refund', 1, 'refunds', 1), ('refund', 2, 'processor', -1),
      ('credit', 1, 'goodwill', 1), ('credit', 2, 'customer_credit', -1),
      ('credit_use', 1, 'customer_credit', 1), ('credit_use', 2, 'receivable', -1),
      ('write_off', 1, 'bad_debt', 1), ('write_off', 2, 'receivable', -1)
    ) AS sides (kind, line, account, sign) USING (kind)
    WHERE status = 'succeeded'
    ORDER BY b.id, line`;
  await tx`
    INSERT INTO app.credit_balances AS b (user_id, currency, balance)
    SELECT user_id, currency, sum(CASE kind WHEN 'credit' THEN amount ELSE -amount END)
    FROM booked WHERE kind IN ('credit', 'credit_use')
    GROUP BY user_id, currency
    ON CONFLICT (user_id, currency) DO UPDATE SET balance = b.balance + excluded.balance`;
  await insertMovements(tx);
  return { subscriptions, transactions };
}

async function chargeMany(tx: postgres.TransactionSql): Promise<void> {
  await tx`
    CREATE TEMP TABLE booked ON COMMIT DROP AS
    SELECT
      uuidv7(at - now()) AS id, d.id AS subscription_id, user_id, plan_id, currency, 'charge' AS kind,
      round(amount * seats * (100 - discount) / 100, exponent) AS amount,
      'succeeded' AS status, NULL::text AS method, NULL::uuid AS parent_id, at AS period_start,
      started + make_interval(months => (period + 1) * months) AS period_end,
      name || ', ' || seats || CASE seats WHEN 1 THEN ' seat' ELSE ' seats' END AS description, NULL::text AS reason, at,
      period = periods - 1 AS is_last
    FROM drawn d
    CROSS JOIN LATERAL generate_series(0, periods - 1) AS period
    CROSS JOIN LATERAL (SELECT started + make_interval(months => period * months) AS at) AS moment
    CROSS JOIN LATERAL (SELECT CASE WHEN at < grown THEN first_quantity ELSE quantity END AS seats) AS sized
    WHERE fate NOT IN ('trial', 'comped')`;
}

/** What follows from the charges: tries that failed, credit, payments, refunds and what was given up. */
async function payMany(tx: postgres.TransactionSql): Promise<void> {
  await tx`
    INSERT INTO booked
    SELECT
      uuidv7(c.at + delay - now()), subscription_id, c.user_id, c.plan_id, c.currency, f.kind, f.amount, f.status,
      CASE WHEN f.kind = 'payment' THEN CASE provider WHEN 'manual' THEN 'Bank transfer' ELSE card END END,
      CASE WHEN f.kind <> 'credit' THEN c.id END, NULL, NULL, f.description, f.reason, c.at + delay, is_last
    FROM booked c
    JOIN drawn d ON d.id = c.subscription_id
    CROSS JOIN LATERAL (
      SELECT
        CASE WHEN fate = 'credit' AND is_last THEN round(c.amount / 5, exponent) ELSE 0 END AS credit,
        is_last AND fate IN ('past_due', 'incomplete', 'written_off') AS is_unpaid,
        -- one in twelve is collected a day later
        (number + extract(month FROM c.at)::integer) % 12 = 0 AND c.at < now() - interval '1 day' AS is_late
    ) AS how
    CROSS JOIN LATERAL (VALUES
      ('credit', credit, 'succeeded', interval '-1 day', 'Credit given', 'Goodwill', credit > 0),
      ('credit_use', credit, 'succeeded', interval '1 second', 'Paid from credit', NULL, credit > 0),
      ('payment', c.amount - credit, 'failed', interval '5 minutes', c.description, NULL,
        provider = 'test' AND (is_unpaid OR is_late)),
      ('payment', c.amount - credit, 'failed', interval '1 day', c.description, NULL, is_unpaid AND fate = 'past_due'),
      ('payment', c.amount - credit, 'succeeded',
        CASE provider WHEN 'manual' THEN interval '6 days'
          ELSE CASE WHEN is_late THEN interval '1 day' ELSE interval '9 minutes' END END,
        c.description, NULL, NOT is_unpaid),
      ('write_off', c.amount, 'succeeded', interval '12 days', 'Written off', 'Does not answer', fate = 'written_off' AND is_last)
    ) AS f (kind, amount, status, delay, description, reason, happens)
    WHERE happens AND c.at + delay <= now()`;
  await tx`
    INSERT INTO booked
    SELECT
      uuidv7(p.at + interval '8 hours' - now()), subscription_id, p.user_id, p.plan_id, p.currency, 'refund',
      round(p.amount / 2, exponent), 'succeeded', p.method, p.id, NULL, NULL, 'Refund', 'Seats billed twice',
      p.at + interval '8 hours', is_last
    FROM booked p
    JOIN drawn d ON d.id = p.subscription_id
    WHERE fate = 'refund' AND is_last AND p.kind = 'payment' AND p.status = 'succeeded'
      AND p.at < now() - interval '8 hours'`;
}

function insertSubscriptions(tx: postgres.TransactionSql) {
  return tx`
    INSERT INTO app.subscriptions (
      id, user_id, plan_id, price_id, quantity, status, anchor, period_start, period_end, trial_end, comped,
      discount_percent, paused_at, paused_from, cancel_at, canceled_at, cancel_reason, next_quantity, next_price_at,
      payment_method, provider, provider_ref, provider_status, provider_seen_at, retries, balance_due, version,
      created_at, updated_at
    )
    SELECT
      d.id, user_id, plan_id, price_id, quantity, status, started, period_start, period_end,
      CASE fate WHEN 'trial' THEN period_end END, fate = 'comped', discount,
      CASE status WHEN 'paused' THEN stop END, CASE status WHEN 'paused' THEN 'active' END,
      CASE fate WHEN 'ending' THEN period_end END, CASE status WHEN 'canceled' THEN stop END,
      CASE WHEN fate IN ('ending', 'canceled', 'written_off') THEN 'Too expensive' END,
      CASE fate WHEN 'scheduled' THEN quantity + 2 END, CASE fate WHEN 'scheduled' THEN period_end END,
      CASE provider WHEN 'manual' THEN 'Bank transfer' ELSE card END, provider,
      CASE provider WHEN 'test' THEN 'sub_' || replace(d.id::text, '-', '') END,
      CASE provider WHEN 'test' THEN CASE WHEN way < 0.003 THEN 'incomplete' ELSE status END END,
      CASE provider WHEN 'test' THEN now() - interval '1 hour' END,
      CASE status WHEN 'past_due' THEN 2 ELSE 0 END, coalesce(due, 0), 1 + periods, started,
      CASE WHEN status IN ('paused', 'canceled') THEN stop ELSE period_start END
    FROM (
      SELECT
        *,
        CASE
          WHEN fate = 'trial' THEN 'trialing'
          WHEN fate IN ('past_due', 'paused', 'canceled', 'incomplete') THEN fate
          WHEN fate = 'written_off' THEN 'canceled'
          ELSE 'active'
        END AS status,
        started + make_interval(months => (periods - 1) * months) AS period_start,
        CASE fate WHEN 'trial' THEN started + make_interval(days => trial_days)
          ELSE started + make_interval(months => periods * months) END AS period_end
      FROM drawn
    ) AS d
    LEFT JOIN (
      SELECT
        subscription_id AS id,
        sum(CASE kind WHEN 'charge' THEN amount ELSE -amount END) AS due
      FROM booked WHERE kind IN ('charge', 'payment', 'credit_use', 'write_off') AND status = 'succeeded'
      GROUP BY 1
    ) AS owed USING (id)
    ORDER BY d.id`;
}

/** Paid from the first day, more from the middle on for some, nothing any more for those who left or paused. */
async function insertMovements(tx: postgres.TransactionSql): Promise<void> {
  await tx`
    INSERT INTO app.mrr_movements (id, subscription_id, plan_id, at, kind, currency, amount)
    SELECT uuidv7(m.at - now()), d.id, plan_id, m.at, m.kind, currency, m.amount
    FROM drawn d
    CROSS JOIN LATERAL (VALUES
      (started, 'new', first_monthly),
      (grown, 'expansion', monthly - first_monthly),
      (stop, 'churn', CASE WHEN fate IN ('paused', 'canceled', 'written_off') THEN -monthly ELSE 0 END)
    ) AS m (at, kind, amount)
    WHERE fate NOT IN ('trial', 'comped', 'incomplete') AND m.amount <> 0
    ORDER BY m.at`;
}
