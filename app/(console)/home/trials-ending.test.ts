import { expect, it } from "vitest";
import { ask } from "@/lib/core/run";
import { revenueFigures } from "@/lib/revenue/queries";
import { listSubscriptions } from "@/lib/subscriptions/queries";
import { soldPlan, subscribed } from "@/lib/testing/billing";
import { context, staff } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { trialsEndingHref } from "./trials-ending";

it("the figure leads to as many trials as it counts", async () => {
  const stores = await testStores();
  const ctx = context(await staff("superadmin"));
  const [price = ""] = (await soldPlan({ minor: 2900, currency: "GBP" })).prices;
  const soon = await subscribed(price, ctx, stores, { trial_days: 6 });
  const later = await subscribed(price, ctx, stores, { trial_days: 8 });

  const { data, as_of } = await ask(revenueFigures, {}, ctx, stores);
  const counted = data.find(({ currency }) => currency === "GBP")?.trials_ending;
  const { searchParams } = new URL(trialsEndingHref("GBP", as_of), "http://console.test");
  const listed = await ask(listSubscriptions, { ...Object.fromEntries(searchParams), limit: 200 }, ctx, stores);
  const ids = listed.data.map(({ id }) => id);
  expect([ids.includes(soon.id), ids.includes(later.id)]).toEqual([true, false]);
  expect(ids).toHaveLength(counted ?? 0);
});
