-- What lists and figures of money filter and sort by, as measured at 400,000 subscriptions.

CREATE INDEX subscriptions_ending ON app.subscriptions (id) WHERE cancel_at IS NOT NULL AND status <> 'canceled';
CREATE INDEX subscriptions_differing ON app.subscriptions (id)
  WHERE provider_status IS NOT NULL AND provider_status <> status;
-- A status may have nothing but zeros, at the far end of all monthly values.
CREATE INDEX subscriptions_status_monthly ON app.subscriptions (status, monthly, id);
CREATE INDEX subscriptions_currency_monthly ON app.subscriptions (currency, monthly, id);
CREATE INDEX subscriptions_price ON app.subscriptions (plan_id, price_id) INCLUDE (monthly) WHERE status <> 'canceled';
CREATE INDEX transactions_failed ON app.subscription_transactions (settled_at) INCLUDE (currency)
  WHERE status = 'failed' AND kind = 'payment';
