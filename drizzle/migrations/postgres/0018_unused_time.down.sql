-- Credit that hangs on a payment loses its parent, as it had none before.
ALTER TABLE app.subscription_transactions DISABLE TRIGGER transactions_guard;
UPDATE app.subscription_transactions SET parent_id = NULL WHERE kind = 'credit' AND parent_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE app.subscription_transactions ENABLE TRIGGER transactions_guard;

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
  wanted := CASE NEW.kind WHEN 'refund' THEN 'payment' WHEN 'reversal' THEN parent.kind ELSE 'charge' END;
  IF parent.kind <> wanted OR parent.kind IN ('refund', 'reversal') OR parent.status <> 'succeeded'
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

ALTER TABLE app.subscription_transactions DROP CONSTRAINT transactions_parent_given;
ALTER TABLE app.subscription_transactions ADD CONSTRAINT transactions_parent_given
  CHECK ((kind IN ('payment', 'refund', 'credit_use', 'write_off', 'reversal')) = (parent_id IS NOT NULL));
ALTER TABLE app.subscription_transactions DROP COLUMN of_period;
ALTER TABLE app.subscriptions DROP COLUMN paused_seconds;
