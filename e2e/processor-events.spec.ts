// A processor tells how a payment ended: through the real address, with a real signature.
import { createHmac } from "node:crypto";
import { request, type APIRequestContext } from "@playwright/test";
import { subscribed } from "./billing";
import { expect, expectAccessible, pressFor, test } from "./fixtures";
import { BASE_URL, platformEnv } from "./platform";

const PATH = "/api/processor-events";

function signed(body: string, secret: string) {
  const seconds = Math.floor(Date.now() / 1000);
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return { "content-type": "application/json", "processor-signature": `t=${seconds},v1=${mac}` };
}

/** A subscription whose payment waits for the processor; answers its address and the payment. */
async function waiting(api: APIRequestContext) {
  const { id } = await subscribed(api, { provider: "test", payment_method: "Test 0008" });
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

test("an event that fits nothing is found beside the subscriptions, with the reason", async ({ as }) => {
  const [page, ops] = [await as("auditor"), await as("ops")];
  const [transaction, event_id] = [crypto.randomUUID(), `evt_${crypto.randomUUID()}`];
  const event = { provider: "test", event_id, kind: "payment.succeeded", transaction, reference: event_id };
  const data = JSON.stringify(event);
  const processor = await request.newContext({ baseURL: BASE_URL });
  const headers = signed(data, platformEnv().QUADRANT_PROCESSOR_SECRET ?? "");
  expect((await processor.post(PATH, { headers, data })).status()).toBe(200);
  await expect
    .poll(
      async () => (await (await page.request.get("/api/v1/processor-events?state=unmatched&limit=1")).json()).data,
      {
        timeout: 30_000,
      },
    )
    .toMatchObject([{ event_id, problem: "No transaction has this id." }]);

  await page.goto("/subscriptions");
  await page.getByRole("link", { name: "Processor events" }).click();
  await expect(page).toHaveURL(/\/subscriptions\/events$/);
  await page.getByRole("navigation", { name: "What became of it" }).getByRole("link", { name: "Unmatched" }).click();
  await expect(page).toHaveURL(/state=unmatched/);
  const row = page.locator("tbody tr").filter({ hasText: transaction });
  await expect(row).toContainText("Payment succeeded");
  await expect(row).toContainText("No transaction has this id.");
  await expect(row).toContainText(event_id);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await pressFor(page, "Control+k", page.getByRole("combobox"));
  await page.getByRole("combobox").fill("Processor");
  await page.getByRole("option", { name: "Processor events" }).click();
  await expect(page).toHaveURL(/\/subscriptions\/events$/);

  await ops.goto("/subscriptions/events");
  await expect(ops.getByText("You may not see events of processors")).toBeVisible();
  expect((await ops.request.get("/api/v1/processor-events")).status()).toBe(403);
});
