DELETE FROM app.role_permissions WHERE permission ~ '^(subscriptions|plans|approvals)\.';
DROP TABLE app.prices, app.plans, app.currencies;
DROP FUNCTION app.price_frozen(), app.append_only();
