DROP TABLE app.credit_balances, app.ledger_entries, app.ledger_accounts, app.subscription_transactions;
DROP FUNCTION app.balances_follow(), app.ledger_balanced(), app.transaction_guard();
