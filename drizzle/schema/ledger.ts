import { sql } from "drizzle-orm";
import { char, numeric, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { app, instant } from "./columns";

export const subscription_transactions = app.table("subscription_transactions", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  subscription_id: uuid().notNull(),
  user_id: uuid().notNull(),
  plan_id: uuid().notNull(),
  kind: text({ enum: ["charge", "payment", "refund", "credit", "credit_use", "write_off", "reversal"] }).notNull(),
  amount: numeric({ precision: 10, scale: 2 }).notNull(),
  currency: char({ length: 3 }).notNull(),
  status: text({ enum: ["pending", "succeeded", "failed"] })
    .notNull()
    .default("pending"),
  payment_method: text(),
  transaction_id: text(),
  provider: text({ enum: ["manual", "test"] }),
  parent_id: uuid(),
  period_start: instant(),
  period_end: instant(),
  of_period: instant(),
  description: text().notNull().default(""),
  reason: text(),
  failure: text(),
  actor_id: uuid(),
  /** Given by the database. */
  approval_id: uuid(),
  created_at: instant().notNull().defaultNow(),
  settled_at: instant(),
});

export const ledger_accounts = app.table("ledger_accounts", {
  code: text().primaryKey(),
  kind: text({ enum: ["asset", "liability", "income", "expense"] }).notNull(),
  name: text().notNull(),
});

export const ledger_entries = app.table(
  "ledger_entries",
  {
    transaction_id: uuid().notNull(),
    line: smallint().notNull(),
    account: text({
      enum: ["receivable", "processor", "revenue", "refunds", "customer_credit", "goodwill", "bad_debt"],
    }).notNull(),
    subscription_id: uuid().notNull(),
    user_id: uuid().notNull(),
    amount: numeric({ precision: 12, scale: 2 }).notNull(),
    currency: char({ length: 3 }).notNull(),
    posted_at: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.transaction_id, table.line] })],
);

export const credit_balances = app.table(
  "credit_balances",
  {
    user_id: uuid().notNull(),
    currency: char({ length: 3 }).notNull(),
    balance: numeric({ precision: 12, scale: 2 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.user_id, table.currency] })],
);
