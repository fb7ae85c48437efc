// What happened with a customer's money, as a program reads it.
import { subscribed } from "./billing";
import { expect, test } from "./fixtures";

type Row = { id: string; kind: string; open_minor: number; entries: { amount_minor: number }[] };

test("a program reads transactions with their balanced lines, page by page, one by one, by role", async ({ as }) => {
  const [{ request: api }, { request: ops }] = [await as("superadmin"), await as("ops")];
  const { id, customer } = await subscribed(api);
  const list: { data: Row[] } = await (await api.get(`/api/v1/transactions?subscription_id=${id}`)).json();
  expect(list.data.map(({ kind }) => kind)).toEqual(["charge"]);
  const [charge] = list.data;
  expect(charge?.open_minor).toBeGreaterThan(0);
  expect(charge?.entries.reduce((sum, { amount_minor }) => sum + amount_minor, 0)).toBe(0);

  const one = await api.get(`/api/v1/transactions/${charge?.id}`);
  expect(await one.json()).toMatchObject({ subscription_id: id, user_id: customer.id, status: "succeeded" });
  const first = await (await api.get("/api/v1/transactions?limit=2&kind=charge")).json();
  const second = await (await api.get(`/api/v1/transactions?limit=2&kind=charge&after=${first.page.next}`)).json();
  expect(first.data[1].id > second.data[0].id).toBe(true);

  expect((await api.get("/api/v1/transactions?kind=gift")).status()).toBe(422);
  expect((await api.get("/api/v1/transactions/00000000-0000-7000-8000-000000000001")).status()).toBe(404);
  expect((await ops.get("/api/v1/transactions")).status()).toBe(403);
});
