import { char, date, numeric, primaryKey } from "drizzle-orm/pg-core";
import { app, instant } from "./columns";

const sum = () => numeric({ precision: 14, scale: 2 }).notNull();

export const revenue_months = app.table(
  "revenue_months",
  {
    month: date({ mode: "string" }).notNull(),
    currency: char({ length: 3 }).notNull(),
    charged: sum(),
    collected: sum(),
    refunded: sum(),
    credited: sum(),
    written_off: sum(),
    mrr_new: sum(),
    mrr_expansion: sum(),
    mrr_contraction: sum(),
    mrr_churn: sum(),
    mrr_reactivation: sum(),
    mrr_end: sum(),
    computed_at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.month, table.currency] })],
);
