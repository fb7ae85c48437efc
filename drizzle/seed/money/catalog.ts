// What the demo platform sells, and what it sold before.
import type postgres from "postgres";
import { toDecimal } from "@/lib/core/amount";
import { CURRENCIES, type Currency, type Period } from "@/lib/plans/schema";
import { seededRandom, uuidAt } from "../random";

export type Price = {
  id: string;
  plan_id: string;
  plan_code: string;
  plan_name: string;
  currency: Currency;
  amount_minor: number;
  period: Period;
  period_count: number;
  trial_days: number;
  active: boolean;
  created_at: Date;
};

type Amounts = Partial<Record<Currency, number>>;
type Offer = {
  code: string;
  name: string;
  description: string;
  features: readonly string[];
  status: "draft" | "active" | "retired";
  trial_days: number;
  month: Amounts;
  year: Amounts;
  quarter?: Amounts;
  /** Monthly prices of the platform's first years. */
  before?: Amounts;
};

const OFFERS: readonly Offer[] = [
  {
    code: "starter",
    name: "Starter",
    description: "For one person who tries things out.",
    features: ["1 workspace", "5 GB of files", "Help by e-mail"],
    status: "active",
    trial_days: 14,
    month: { USD: 1200, EUR: 1100, GBP: 1000, INR: 79_900, JPY: 1500 },
    year: { USD: 12_000, EUR: 11_000, GBP: 10_000, INR: 799_000, JPY: 15_000 },
    before: { USD: 900, JPY: 1200 },
  },
  {
    code: "team",
    name: "Team",
    description: "For a few people who work on the same things. Priced per seat.",
    features: ["10 workspaces", "100 GB of files", "Roles", "Help within a day"],
    status: "active",
    trial_days: 14,
    month: { USD: 2900, EUR: 2700, GBP: 2400, INR: 199_900, JPY: 3800 },
    year: { USD: 29_000, EUR: 27_000, GBP: 24_000, INR: 1_999_000, JPY: 38_000 },
    before: { USD: 2500, EUR: 2300, GBP: 2100 },
  },
  {
    code: "business",
    name: "Business",
    description: "For companies: single sign-on and an audit log. Priced per seat.",
    features: ["Workspaces without limit", "1 TB of files", "Single sign-on", "Audit log", "Help within four hours"],
    status: "active",
    trial_days: 30,
    month: { USD: 4900, EUR: 4600, GBP: 4100, INR: 349_900, JPY: 6800 },
    year: { USD: 49_000, EUR: 46_000, GBP: 41_000, INR: 3_499_000, JPY: 68_000 },
    quarter: { USD: 14_000, EUR: 13_200 },
    before: { USD: 4500, EUR: 4200, JPY: 6000 },
  },
  {
    code: "enterprise",
    name: "Enterprise",
    description: "For those who want a contract, a contact person and their data in one country.",
    features: ["Everything in Business", "Region of the data", "Contact person", "Help within an hour, day and night"],
    status: "active",
    trial_days: 0,
    month: { USD: 8000, EUR: 7500, GBP: 6800, JPY: 11_500 },
    year: { USD: 80_000, EUR: 75_000, GBP: 68_000, JPY: 115_000 },
  },
  {
    code: "studio",
    name: "Studio",
    description: "For agencies; not sold yet.",
    features: ["Workspaces per client", "Invoices per client"],
    status: "draft",
    trial_days: 14,
    month: { USD: 3900, EUR: 3600 },
    year: {},
  },
  {
    code: "solo-2024",
    name: "Solo 2024",
    description: "The first plan; those who have it keep it.",
    features: ["1 workspace", "1 GB of files"],
    status: "retired",
    trial_days: 0,
    month: { USD: 500, EUR: 500, GBP: 450 },
    year: { USD: 5000 },
  },
];

const DAY_MS = 86_400_000;
const PLANS_AGE_DAYS = 1_100;
/** The newer prices are this old; subscriptions from before have the older ones. */
const PRICES_AGE_DAYS = 300;
/** Streams of chance of their own, away from those of people. */
const STREAM = -1_000;

type PlanRow = Omit<Offer, "month" | "year" | "quarter" | "before" | "trial_days"> & {
  id: string;
  position: number;
  created_at: string;
  updated_at: string;
};
export type Catalog = { plans: readonly PlanRow[]; prices: readonly Price[] };

export function makeCatalog(seed: number, today: Date): Catalog {
  const plans: PlanRow[] = [];
  const prices: Price[] = [];
  for (const [index, { month, year, quarter = {}, before = {}, trial_days, ...plan }] of OFFERS.entries()) {
    const random = seededRandom(seed, STREAM - index);
    const opened = new Date(today.getTime() - (PLANS_AGE_DAYS - index) * DAY_MS);
    const raised = new Date(today.getTime() - PRICES_AGE_DAYS * DAY_MS);
    const id = uuidAt(opened, random);
    plans.push({
      ...plan,
      id,
      position: (index + 1) * 10,
      created_at: opened.toISOString(),
      updated_at: raised.toISOString(),
    });
    const add = (amounts: Amounts, period: Period, period_count: number, active: boolean) => {
      for (const currency of CURRENCIES) {
        const amount_minor = amounts[currency];
        if (amount_minor === undefined) continue;
        const isNewer = active && before[currency] !== undefined && period === "month" && period_count === 1;
        const created_at = isNewer ? raised : opened;
        const names = { plan_id: id, plan_code: plan.code, plan_name: plan.name };
        const price = { currency, amount_minor, period, period_count, trial_days, active, created_at };
        prices.push({ id: uuidAt(created_at, random), ...names, ...price });
      }
    };
    add(before, "month", 1, false);
    add(month, "month", 1, true);
    add(quarter, "month", 3, true);
    add(year, "year", 1, true);
  }
  return { plans, prices };
}

/** Repeating it adds only what is missing; a plan somebody else made under the same code stays as it is. */
export async function insertCatalog(tx: postgres.TransactionSql, { plans, prices }: Catalog): Promise<void> {
  await tx`
    INSERT INTO app.plans (id, code, name, description, features, status, position, created_at, updated_at)
    SELECT id, code, name, description, features, status, position, created_at, updated_at
    FROM jsonb_populate_recordset(NULL::app.plans, ${JSON.stringify(plans)}::text::jsonb)
    ON CONFLICT DO NOTHING`;
  const rows = prices.map(({ amount_minor, ...price }) => ({
    ...price,
    amount: toDecimal(amount_minor, price.currency),
  }));
  await tx`
    INSERT INTO app.prices (id, plan_id, currency, amount, period, period_count, trial_days, active, created_at)
    SELECT p.id, p.plan_id, p.currency, p.amount, p.period, p.period_count, p.trial_days, p.active, p.created_at
    FROM jsonb_populate_recordset(NULL::app.prices, ${JSON.stringify(rows)}::text::jsonb) p
    JOIN app.plans ON plans.id = p.plan_id
    ON CONFLICT DO NOTHING`;
}
