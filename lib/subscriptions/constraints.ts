import "server-only";
import { constraint } from "@/lib/core/translate";

constraint("subscriptions_one_live", "price_id", "conflict", "This person has a live subscription to this plan.");
constraint("subscriptions_status_edge", null, "conflict", "A subscription in this state cannot become that.");
constraint("subscriptions_price_of_plan", "price_id", "conflict", "This price belongs to another plan.");
constraint("subscriptions_currency_kept", "price_id", "conflict", "A subscription keeps its currency.");
constraint("subscriptions_quantity_bound", "quantity", "invalid", "Use a quantity from 1 to 10,000.");
constraint("subscriptions_provider_ref_unique", null, "conflict", "Another subscription has this number.");
constraint("transactions_transaction_id_unique", "transaction_id", "conflict", "This number was used before.");
constraint("transactions_one_per_period", null, "conflict", "This period was charged before.");
constraint("transactions_one_pending", null, "conflict", "A payment of this charge is on its way.");
constraint("transactions_reversed_once", null, "conflict", "This was taken back before.");
constraint("transactions_parent_fits", "transaction", "conflict", "This cannot follow that transaction.");
constraint("transactions_within_parent", "amount_minor", "conflict", "This is more than what is left of it.");
constraint("transactions_settled_kept", null, "conflict", "A settled transaction is never edited.");
constraint("credit_balances_not_overspent", null, "conflict", "The credit was used meanwhile.");
constraint("ledger_balanced", null, "internal", "The ledger would not balance.");
