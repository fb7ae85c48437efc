DROP TABLE app.mrr_movements, app.subscriptions;
DROP FUNCTION app.mrr_moved(), app.subscription_value();
