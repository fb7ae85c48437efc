// Subscriptions the specs make for themselves.
import type { APIRequestContext } from "@playwright/test";
import { expect } from "./fixtures";
import { database, person, type Person } from "./people";
import { BASE_URL } from "./platform";

/** As a browser says it, so that a write of the API is let in. */
export const SAME_ORIGIN = { origin: BASE_URL, "sec-fetch-site": "same-origin" };

type Terms = {
  /** In place of a demo plan. */
  price_id?: string;
  quantity?: number;
  provider?: "manual" | "test";
  payment_method?: string;
  /** It began so many days earlier. */
  days?: number;
};

/** A new person's subscription, without a trial, so that it is charged at once. */
export async function subscribed(
  api: APIRequestContext,
  { price_id, days, ...more }: Terms = {},
): Promise<{ id: string; customer: Person }> {
  const customer = await person();
  const price = price_id ?? (await starterPrice()).id;
  const data = { user_id: customer.id, price_id: price, trial_days: 0, reason: "Agreed by phone", ...more };
  const answer = await api.post("/api/v1/subscriptions", { headers: SAME_ORIGIN, data });
  expect(answer.status(), await answer.text()).toBe(200);
  const { id }: { id: string } = await answer.json();
  if (days !== undefined) {
    const by = `${days} days`;
    await database`
      update app.subscriptions set period_start = period_start - ${by}::interval,
        period_end = period_end - ${by}::interval, anchor = period_end - ${by}::interval where id = ${id}`;
  }
  return { id, customer };
}

/** The demo's cheapest plan by month, in USD. */
export async function starterPrice(): Promise<{ id: string; amount: string }> {
  const [price] = await database<{ id: string; amount: string }[]>`
    select p.id, p.amount::text from app.prices p join app.plans l on l.id = p.plan_id
    where l.code = 'starter' and p.currency = 'USD' and p.period = 'month' and p.period_count = 1 and p.active`;
  if (!price) throw new Error("The demo has no plan Starter.");
  return price;
}

export type Booked = { kind: string; status: string; amount: string };

/** The transactions of a subscription, oldest first. */
export async function ledgerOf(id: string): Promise<Booked[]> {
  const rows = await database<Booked[]>`
    select kind, status, amount::text from app.subscription_transactions where subscription_id = ${id} order by id`;
  return [...rows];
}
