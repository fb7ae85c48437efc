// A processor tells how a payment ended: through the real address, with a real signature.
import { createHmac } from "node:crypto";
import { request, type APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures";
import { person } from "./people";
import { BASE_URL, platformEnv } from "./platform";

const PATH = "/api/processor-events";

function signed(body: string, secret: string) {
  const seconds = Math.floor(Date.now() / 1000);
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return { "content-type": "application/json", "processor-signature": `t=${seconds},v1=${mac}` };
}

/** A subscription whose payment waits for the processor; answers its address and the payment. */
async function waiting(api: APIRequestContext) {
  const headers = { origin: BASE_URL, "sec-fetch-site": "same-origin" };
  const { data: plans } = await (await api.get("/api/v1/plans?status=active")).json();
  const prices = plans.flatMap((plan: { prices: { id: string; active: boolean }[] }) => plan.prices);
  const price = prices.find(({ active }: { active: boolean }) => active);
  const { id: user_id } = await person();
  const how = { provider: "test", payment_method: "Test 0008", trial_days: 0, reason: "Tried out" };
  const made = await api.post("/api/v1/subscriptions", { headers, data: { user_id, price_id: price.id, ...how } });
  expect(made.status(), await made.text()).toBe(200);
  const { id } = await made.json();
  const { data } = await (await api.get(`/api/v1/transactions?subscription_id=${id}&kind=payment`)).json();
  return { id, transaction: data[0].id as string };
}

test("an event settles the payment it is about, once; without the right signature it is refused", async ({
  superadmin,
}) => {
  const api = superadmin.request;
  const { id, transaction } = await waiting(api);
  const event = {
    provider: "test",
    event_id: `evt_${id}`,
    kind: "payment.succeeded",
    transaction,
    reference: `r_${id}`,
  };
  const data = JSON.stringify(event);
  const processor = await request.newContext({ baseURL: BASE_URL });
  const secret = platformEnv().QUADRANT_PROCESSOR_SECRET ?? "";
  const forged = await processor.post(PATH, { headers: signed(data, "somebody else's secret"), data });
  expect(forged.status()).toBe(401);
  // A session opens nothing here.
  expect((await api.post(PATH, { data: event })).status()).toBe(401);
  const first = await processor.post(PATH, { headers: signed(data, secret), data });
  expect([first.status(), await first.json()]).toEqual([200, { received: true, repeated: false }]);
  const again = await processor.post(PATH, { headers: signed(data, secret), data });
  expect([again.status(), await again.json()]).toEqual([200, { received: true, repeated: true }]);
  await expect
    .poll(async () => (await (await api.get(`/api/v1/subscriptions/${id}`)).json()).balance_due_minor, {
      timeout: 30_000,
    })
    .toBe(0);
});
