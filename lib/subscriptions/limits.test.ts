// What one person may give away without another, by the day and not by the click.
import { beforeAll, describe, expect, it } from "vitest";
import { approveRequest, requestApproval } from "@/lib/approvals/commands";
import type { Command, Context, In } from "@/lib/core/operation";
import { execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import type { Currency } from "@/lib/plans/schema";
import { booked, newest, soldPlan, subscribed } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { createSubscription } from "./commands";
import { addCredit, recordPayment, refundPayment, takeBackCredit } from "./money/commands";

let stores: Stores;
let ctx: Context;
let price: string;

const reason = "A week without service";
const DAY = "More than $100.00 is given away within 24 hours.";

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [price = ""] = (await soldPlan({ minor: 50_000 })).prices;
});

const run = <C extends Command>(command: C, input: In<C>) => execute(command, input, ctx, stores);

/** A subscription of the same person to another plan. */
async function another(user_id: string, currency: Currency = "USD") {
  const [price_id = ""] = (await soldPlan({ minor: 50_000, currency })).prices;
  return (await run(createSubscription, { user_id, price_id, reason: "Agreed" })).id;
}

const credit = (id: string, version: number, amount_minor: number) => ({ id, version, amount_minor, reason });

describe("what is given to one customer in a day", () => {
  it("counts together, in credit and refunds, over all their subscriptions, and the preview says so", async () => {
    const { id, user_id } = await subscribed(price, ctx, stores);
    const paid = { transaction: await newest(id, "charge"), payment_method: "Bank", transaction_id: `t-${id}` };
    await run(recordPayment, { id, version: 1, amount_minor: 50_000, ...paid });
    const payment = await newest(id, "payment");
    await run(addCredit, credit(id, 2, 4000));
    await run(refundPayment, { id, version: 3, transaction: payment, amount_minor: 4000, reason });
    const second = await another(user_id);
    expect(await preview(addCredit, credit(second, 1, 2000), ctx, stores)).toMatchObject({ approval: null });
    const over = credit(second, 1, 2001);
    const shown = await preview(addCredit, over, ctx, stores);
    expect(shown.approval).toBe(DAY);
    await expect(execute(addCredit, over, ctx, stores, { plan: shown.plan })).rejects.toMatchObject({
      code: "approval_required",
      message: DAY,
      details: { preview: { approval: DAY } },
    });
    const more = { id, version: 4, transaction: payment, amount_minor: 2001, reason };
    expect(await outcomeOf(run(refundPayment, more))).toBe("approval_required");
    expect(await outcomeOf(run(addCredit, credit(second, 1, 2000)))).toBe("ok");
    expect(await outcomeOf(run(addCredit, credit(second, 2, 1)))).toBe("approval_required");
  });

  it("does not count in another currency, for another customer, or once it is taken back or a day old", async () => {
    const { id, user_id } = await subscribed(price, ctx, stores, { trial_days: 30 });
    await run(addCredit, credit(id, 1, 10_000));
    expect(await outcomeOf(run(addCredit, credit(await another(user_id, "EUR"), 1, 10_000)))).toBe("ok");
    expect(await outcomeOf(run(addCredit, credit((await subscribed(price, ctx, stores)).id, 1, 10_000)))).toBe("ok");
    await run(takeBackCredit, { id, version: 2 });
    await run(addCredit, credit(id, 3, 10_000));
    expect(await outcomeOf(run(addCredit, credit(id, 4, 1)))).toBe("approval_required");
    const sql = await database();
    await sql.begin(async (tx) => {
      // A settled transaction is never edited: its trigger is passed by.
      await tx`set local session_replication_role = replica`;
      await tx`update app.subscription_transactions set created_at = created_at - interval '25 hours'
        where subscription_id = ${id}`;
    });
    expect(await outcomeOf(run(addCredit, credit(id, 4, 1)))).toBe("ok");
  });

  it("counts without what a second person agreed to", async () => {
    const { id } = await subscribed(price, ctx, stores);
    await run(addCredit, credit(id, 1, 9000));
    const request = { action: addCredit.action, input: credit(id, 2, 20_000) };
    const asked = await execute(requestApproval, request, context(await staff("admin")), stores);
    const { plan } = await preview(approveRequest, { id: asked.id }, ctx, stores);
    await execute(approveRequest, { id: asked.id }, ctx, stores, { plan });
    expect(await outcomeOf(run(addCredit, credit(id, 3, 1000)))).toBe("ok");
    expect(await outcomeOf(run(addCredit, credit(id, 4, 1)))).toBe("approval_required");
    const sql = await database();
    const rows = await sql`select approval_id from app.subscription_transactions
      where subscription_id = ${id} and kind = 'credit' order by id`;
    expect(rows.map(({ approval_id }) => approval_id)).toEqual([null, asked.id, null]);
  });

  it("at the same moment on two subscriptions stays within it once", async () => {
    const { id, user_id } = await subscribed(price, ctx, stores);
    const ids = [id, await another(user_id), await another(user_id)];
    const outcomes = await Promise.all(ids.map((one) => outcomeOf(run(addCredit, credit(one, 1, 6000)))));
    expect(outcomes.sort()).toEqual(["approval_required", "approval_required", "ok"]);
    const given = (await Promise.all(ids.map((one) => booked(one)))).flat().filter(({ kind }) => kind === "credit");
    expect(given).toHaveLength(1);
  });
});
