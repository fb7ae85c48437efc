// Events that cannot be booked at the moment: they are tried again, and hold up nobody.
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemContext } from "@/lib/core/context";
import type { Context } from "@/lib/core/operation";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { receiveEvent } from "@/lib/processor-events/commands";
import { booked, newest, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { applyEvents } from "./processor-events";

const { signal } = new AbortController();

let stores: Stores;
let ctx: Context;
let price: string;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [price = ""] = (await soldPlan({ minor: 3000 })).prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

/** A payment that the processor says it took. */
async function told(): Promise<string> {
  const { id } = await subscribed(price, ctx, stores, { provider: "test", payment_method: "Test 0008" });
  const transaction = await newest(id, "payment");
  const event = { provider: "test" as const, event_id: `evt_${id}`, kind: "payment.succeeded" as const };
  await execute(receiveEvent, { ...event, transaction, reference: id }, systemContext(receiveEvent.action), stores);
  return id;
}

/** Of the event about a subscription's payment. */
async function outcome(id: string): Promise<string | null> {
  const sql = await database();
  const [row] = await sql<{ outcome: string | null }[]>`
    select outcome from app.processor_events where event_id = ${`evt_${id}`}`;
  return row?.outcome ?? null;
}

/** While `work` runs, the database fails whenever this subscription is saved: for a reason of its own, not by a rule. */
async function failing(ids: readonly string[], work: () => Promise<void>): Promise<void> {
  const sql = await database();
  await sql`create table if not exists app.test_failing (id uuid)`;
  await sql`insert into app.test_failing ${sql(ids.map((id) => ({ id })))}`;
  await sql.unsafe(`
    create or replace function app.test_fail() returns trigger language plpgsql security definer as $$ begin
      if exists (select 1 from app.test_failing f where f.id = new.id) then raise exception using errcode = 'XX000'; end if;
      return new;
    end $$;
    create trigger test_fail before update on app.subscriptions for each row execute function app.test_fail()`);
  await work().finally(() => sql`drop trigger test_fail on app.subscriptions`);
}

it("an event that failed for a passing reason is tried again and applied", async () => {
  const id = await told();
  await failing([id], async () => {
    expect(await applyEvents(stores, signal)).toBe(0);
    expect(await outcome(id)).toBeNull();
  });
  expect(await applyEvents(stores, signal)).toBe(1);
  expect(await outcome(id)).toBe("applied");
  expect((await booked(id)).at(-1)).toMatchObject({ kind: "payment", status: "succeeded" });
});

it("events that fail again and again do not hold up those behind them", async () => {
  const bad = [await told(), await told(), await told()];
  const good = await told();
  await failing(bad, async () => {
    expect(await applyEvents(stores, signal, 2)).toBe(1);
    // Nothing was done: the task takes its pause before it tries them again.
    expect(await applyEvents(stores, signal, 2)).toBe(0);
  });
  expect(await outcome(good)).toBe("applied");
  expect(await Promise.all(bad.map(outcome))).toEqual([null, null, null]);
});
