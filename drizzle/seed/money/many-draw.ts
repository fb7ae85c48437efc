// Who of the many pays for what since when, and what became of it: a table of the transaction that seeds them.
import type postgres from "postgres";
import { BOOKS_DAYS } from "./stories";

/** Draws `count` subscriptions into pg_temp.drawn, for people who have none. */
export async function drawMany(tx: postgres.TransactionSql, count: number, seed: number): Promise<void> {
  await tx`SELECT setseed(${(seed % 1000) / 1000}::double precision)`;
  // how often each price is chosen
  await tx`
    CREATE TEMP TABLE offered ON COMMIT DROP AS
    SELECT
      p.currency, p.id AS price_id, p.plan_id, plans.code, plans.name, p.amount, p.trial_days, c.exponent,
      CASE p.period WHEN 'year' THEN 12 ELSE 1 END AS months,
      row_number() OVER (PARTITION BY p.currency ORDER BY p.id) - 1 AS slot,
      count(*) OVER (PARTITION BY p.currency) AS slots
    FROM (VALUES
      ('starter', 'month', 5), ('team', 'month', 6), ('business', 'month', 4), ('enterprise', 'month', 1),
      ('starter', 'year', 1), ('team', 'year', 2), ('business', 'year', 1), ('enterprise', 'year', 1)
    ) AS chosen (code, period, often)
    JOIN app.plans USING (code)
    JOIN app.prices p ON p.plan_id = plans.id AND p.period = chosen.period AND p.period_count = 1 AND p.active
    JOIN app.currencies c ON c.code = p.currency
    CROSS JOIN generate_series(1, often)`;
  await tx`
    CREATE TEMP TABLE drawn ON COMMIT DROP AS
    WITH people AS (
      SELECT
        u.id AS user_id, greatest(u.created_at, now() - make_interval(days => ${BOOKS_DAYS}::integer)) AS known,
        CASE
          WHEN country = 'GB' THEN 'GBP' WHEN country = 'JP' THEN 'JPY' WHEN country = 'IN' THEN 'INR'
          WHEN country IN ('DE', 'FR', 'IT', 'ES', 'PT', 'NL', 'BE', 'AT', 'IE', 'FI', 'GR', 'PL') THEN 'EUR'
          ELSE 'USD'
        END AS currency,
        row_number() OVER (ORDER BY u.id) AS number, count(*) OVER () AS people
      FROM app.users u
      WHERE u.status = 'active' AND u.deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM app.subscriptions s WHERE s.user_id = u.id)
    ), lucky AS MATERIALIZED (
      SELECT *, random() AS luck, random() AS size, random() AS fortune, random() AS way
      FROM people
      -- evenly over all of them
      WHERE number * ${count}::bigint / people > (number - 1) * ${count}::bigint / people
    ), begun AS (
      SELECT
        lucky.*, o.price_id, o.plan_id, o.name, o.amount, o.months, o.exponent, o.trial_days,
        known + (now() - known) * luck AS started,
        CASE code
          WHEN 'starter' THEN 1
          WHEN 'team' THEN 2 + floor(size ^ 2 * 10)
          WHEN 'business' THEN 2 + floor(size ^ 2 * 30)
          ELSE 5 + floor(size ^ 2 * 55)
        END::integer AS quantity
      FROM lucky JOIN offered o ON o.currency = lucky.currency AND o.slot = number * 7919 % o.slots
    ), fated AS (
      SELECT
        *,
        CASE
          WHEN started > now() - interval '14 days' AND trial_days > 0 AND fortune < 0.9 THEN 'trial'
          WHEN fortune < 0.55 THEN 'steady'
          WHEN fortune < 0.62 AND quantity > 2 THEN 'seats'
          WHEN fortune < 0.67 THEN 'refund'
          WHEN fortune < 0.72 THEN 'credit'
          WHEN fortune < 0.76 THEN 'past_due'
          WHEN fortune < 0.79 THEN 'paused'
          WHEN fortune < 0.91 THEN 'canceled'
          WHEN fortune < 0.92 THEN 'written_off'
          WHEN fortune < 0.93 THEN 'comped'
          WHEN fortune < 0.94 THEN 'incomplete'
          WHEN fortune < 0.96 THEN 'ending'
          WHEN fortune < 0.97 THEN 'scheduled'
          ELSE 'discount'
        END AS fate
      FROM begun
    ), stopped AS (
      SELECT
        *,
        CASE WHEN fate IN ('paused', 'canceled', 'written_off')
          THEN started + (now() - started) * (0.3 + 0.7 * size) ELSE now() END AS stop,
        CASE fate WHEN 'discount' THEN 20 ELSE 0 END AS discount,
        CASE fate WHEN 'seats' THEN quantity / 2 ELSE quantity END AS first_quantity,
        started + (now() - started) / 2 AS grown
      FROM fated
    )
    SELECT
      uuidv7(started - now()) AS id, s.*, monthly.*,
      CASE WHEN fate = 'incomplete' THEN 1 ELSE passed.periods END AS periods,
      CASE WHEN way > 0.85 AND fate NOT IN ('past_due', 'incomplete', 'written_off') THEN 'manual' ELSE 'test' END
        AS provider,
      (ARRAY['Visa 4242', 'Visa 6613', 'Mastercard 8810', 'SEPA 4471', 'PayPal'])[1 + number % 5] AS card
    FROM stopped s
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS periods FROM generate_series(0, 14) AS passed
      WHERE started + make_interval(months => passed * months) <= stop
    ) AS passed
    CROSS JOIN LATERAL (
      SELECT
        round(amount * quantity * (100 - discount) / 100 / months, exponent) AS monthly,
        round(amount * first_quantity * (100 - discount) / 100 / months, exponent) AS first_monthly
    ) AS monthly`;
  await tx`ANALYZE drawn`;
}
