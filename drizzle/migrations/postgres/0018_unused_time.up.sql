-- What a period gives back: without the time it was paused, and no more of a payment than was paid.

ALTER TABLE app.subscriptions ADD COLUMN paused_seconds integer NOT NULL DEFAULT 0
  CONSTRAINT subscriptions_paused_seconds_bound CHECK (paused_seconds >= 0);

-- The start of the period that a charge inside it, or a credit for its unused rest, belongs to.
ALTER TABLE app.subscription_transactions ADD COLUMN of_period timestamptz
  CONSTRAINT transactions_of_period_fits CHECK (of_period IS NULL OR kind IN ('charge', 'credit'));

-- Credit for what was paid and not used hangs on the payment: so much less of it can be refunded.
ALTER TABLE app.subscription_transactions DROP CONSTRAINT transactions_parent_given;
ALTER TABLE app.subscription_transactions ADD CONSTRAINT transactions_parent_given
  CHECK (kind = 'credit' OR (kind <> 'charge') = (parent_id IS NOT NULL));

-- Parents bound their children: nothing is paid, written off or given back beyond what there was.
CREATE OR REPLACE FUNCTION app.transaction_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  parent app.subscription_transactions;
  wanted text;
  used numeric;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.status <> 'pending'
      OR (to_jsonb(NEW) - ARRAY['status', 'settled_at', 'transaction_id', 'failure'])
        <> (to_jsonb(OLD) - ARRAY['status', 'settled_at', 'transaction_id', 'failure'])
    THEN
      RAISE EXCEPTION 'a settled transaction is never edited'
        USING ERRCODE = '23514', CONSTRAINT = 'transactions_settled_kept';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.parent_id IS NULL THEN
    RETURN NEW;
  END IF;
  -- Locked while what hangs on it is added up.
  SELECT * INTO parent FROM app.subscription_transactions t WHERE t.id = NEW.parent_id FOR UPDATE;
  wanted := CASE NEW.kind
    WHEN 'refund' THEN 'payment' WHEN 'credit' THEN 'payment' WHEN 'reversal' THEN parent.kind ELSE 'charge' END;
  IF parent.kind <> wanted OR parent.kind IN ('refund', 'reversal')
    -- A payment that is on its way counts: should it fail, the credit pays the charge it was for.
    OR NOT (parent.status = 'succeeded' OR NEW.kind = 'credit' AND parent.status = 'pending')
    OR parent.currency <> NEW.currency OR parent.subscription_id <> NEW.subscription_id
    OR parent.user_id <> NEW.user_id
    OR EXISTS (
      SELECT 1 FROM app.subscription_transactions r WHERE r.parent_id = parent.id AND r.kind = 'reversal')
  THEN
    RAISE EXCEPTION 'a % cannot follow this transaction', NEW.kind
      USING ERRCODE = '23514', CONSTRAINT = 'transactions_parent_fits';
  END IF;
  SELECT coalesce(sum(c.amount), 0) INTO used
  FROM app.subscription_transactions c
  WHERE c.parent_id = parent.id AND c.status <> 'failed'
    AND NOT EXISTS (
      SELECT 1 FROM app.subscription_transactions r WHERE r.parent_id = c.id AND r.kind = 'reversal');
  IF NEW.amount + used > parent.amount OR (NEW.kind = 'reversal' AND NEW.amount <> parent.amount) THEN
    RAISE EXCEPTION 'more than the % of % would be taken', parent.kind, parent.amount
      USING ERRCODE = '23514', CONSTRAINT = 'transactions_within_parent';
  END IF;
  RETURN NEW;
END
$$;
