-- The request under which a second person let it happen: the runner says which one at the beginning of the transaction.
ALTER TABLE app.subscription_transactions ADD COLUMN approval_id uuid
  DEFAULT nullif(current_setting('quadrant.approval', true), '')::uuid;
