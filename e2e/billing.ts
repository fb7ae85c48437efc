// Subscriptions the specs make for themselves.
import type { APIRequestContext } from "@playwright/test";
import { expect } from "./fixtures";
import { database, person, type Person } from "./people";
import { BASE_URL } from "./platform";

type Terms = { plan?: string; quantity?: number; provider?: "manual" | "test"; payment_method?: string };

/** A new person's subscription to a demo plan, by month in USD and without a trial, so that it is charged at once. */
export async function subscribed(
  api: APIRequestContext,
  { plan = "starter", ...more }: Terms = {},
): Promise<{ id: string; customer: Person }> {
  const customer = await person();
  const [price] = await database<{ id: string }[]>`
    select p.id from app.prices p join app.plans l on l.id = p.plan_id
    where l.code = ${plan} and p.currency = 'USD' and p.period = 'month' and p.period_count = 1 and p.active`;
  const headers = { origin: BASE_URL, "sec-fetch-site": "same-origin" };
  const data = { user_id: customer.id, price_id: price?.id, trial_days: 0, reason: "Agreed by phone", ...more };
  const answer = await api.post("/api/v1/subscriptions", { headers, data });
  expect(answer.status(), await answer.text()).toBe(200);
  const { id }: { id: string } = await answer.json();
  return { id, customer };
}
