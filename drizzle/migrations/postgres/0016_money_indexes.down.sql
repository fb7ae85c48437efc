DROP INDEX app.transactions_failed;
DROP INDEX app.subscriptions_price;
DROP INDEX app.subscriptions_currency_monthly;
DROP INDEX app.subscriptions_status_monthly;
DROP INDEX app.subscriptions_differing;
DROP INDEX app.subscriptions_ending;
