-- Where the money of a payment came from, whatever its subscription is collected by: a refund goes back the same way.

ALTER TABLE app.subscription_transactions ADD COLUMN provider text COLLATE "C"
  CONSTRAINT transactions_provider_known CHECK (provider IN ('manual', 'test'));

-- Only the console's own command books a payment by hand, and no other says so.
ALTER TABLE app.subscription_transactions DISABLE TRIGGER transactions_guard;
UPDATE app.subscription_transactions t
SET provider = CASE WHEN t.kind = 'payment' AND t.description = 'Payment recorded' THEN 'manual' ELSE s.provider END
FROM app.subscriptions s
WHERE s.id = t.subscription_id AND t.kind IN ('payment', 'refund');
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE app.subscription_transactions ENABLE TRIGGER transactions_guard;

ALTER TABLE app.subscription_transactions ADD CONSTRAINT transactions_provider_of_money
  CHECK ((kind IN ('payment', 'refund')) = (provider IS NOT NULL));

-- A payment that waits is asked of the processor; one that is there at once was recorded by hand.
CREATE FUNCTION app.transaction_provider() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NEW.kind = 'refund' THEN
    SELECT p.provider INTO NEW.provider FROM app.subscription_transactions p WHERE p.id = NEW.parent_id;
  ELSIF NEW.status = 'succeeded' THEN
    NEW.provider := 'manual';
  ELSE
    SELECT s.provider INTO NEW.provider FROM app.subscriptions s WHERE s.id = NEW.subscription_id;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER transactions_provider
  BEFORE INSERT ON app.subscription_transactions
  FOR EACH ROW
  WHEN (NEW.provider IS NULL AND NEW.kind IN ('payment', 'refund'))
  EXECUTE FUNCTION app.transaction_provider();

-- With why they failed: those that nobody refused are not counted.
DROP INDEX app.transactions_failed;
CREATE INDEX transactions_failed ON app.subscription_transactions (settled_at) INCLUDE (currency, failure)
  WHERE status = 'failed' AND kind = 'payment';
