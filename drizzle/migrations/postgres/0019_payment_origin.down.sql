DROP INDEX app.transactions_failed;
CREATE INDEX transactions_failed ON app.subscription_transactions (settled_at) INCLUDE (currency)
  WHERE status = 'failed' AND kind = 'payment';
DROP TRIGGER transactions_provider ON app.subscription_transactions;
DROP FUNCTION app.transaction_provider();
ALTER TABLE app.subscription_transactions DROP COLUMN provider;
