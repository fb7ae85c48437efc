ALTER TABLE app.subscription_transactions DROP COLUMN approval_id;
