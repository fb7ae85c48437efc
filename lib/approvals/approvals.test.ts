import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/operation";
import { ask, execute, preview, run } from "@/lib/core/run";
import { unseal, unwrapSubjectKey } from "@/lib/core/seal";
import type { Stores } from "@/lib/core/stores";
import { database } from "@/lib/testing/database";
import { context, person, staff } from "@/lib/testing/factories";
import { type Event, eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { refund } from "@/lib/testing/refund";
import { testStores } from "@/lib/testing/stores";
import { approveRequest, declineRequest, requestApproval, withdrawRequest } from "./commands";
import { countApprovals, getApproval, listApprovals } from "./queries";

let stores: Stores;
let asking: Actor;
let deciding: Actor;

beforeAll(async () => {
  stores = await testStores({ operations: [refund] });
  [asking, deciding] = [await staff("admin"), await staff()];
});

type Choices = { minor?: number; by?: Actor };

/** A refund that waits; answers the request and what it is about. */
async function requested({ minor = 50_000, by = asking }: Choices = {}) {
  const { id: target } = await person();
  const input = { id: target, version: 1, minor, reason: "Charged twice" };
  const { id } = await execute(requestApproval, { action: refund.action, input }, context(by), stores);
  return { id, target, input };
}

const planOf = async (id: string, actor = deciding) =>
  (await preview(approveRequest, { id }, context(actor), stores)).plan;
const approve = (id: string, plan: string, actor = deciding, key?: string) =>
  execute(approveRequest, { id }, context(actor), stores, { plan, key });
const seen = (id: string, actor = deciding) => ask(getApproval, { id }, context(actor), stores);

async function versionOf(id: string) {
  const sql = await database();
  const [row] = await sql<{ version: number }[]>`select version::int from app.users where id = ${id}`;
  return row?.version;
}

/** What stands in the audit under the key of the person concerned. */
async function reasonsOf(events: readonly Event[], subject: string) {
  const sql = await database();
  const [row] = await sql`select wrapped_key from system.subject_keys where subject_id = ${subject}`;
  const key = unwrapSubjectKey(stores.keys, row?.wrapped_key, subject);
  return events.map(({ action, body, sealed }) => {
    expect(JSON.stringify(body)).not.toMatch(/invoice|twice/);
    return unseal(key, sealed ?? Buffer.alloc(0), `${action}:${body.target_id}`);
  });
}

describe("a command over the limit", () => {
  test("says so in its preview and is refused with it, also with a plan", async () => {
    const { id } = await person();
    const input = { id, version: 1, minor: 50_000, reason: "Charged twice" };
    const shown = await preview(refund, input, context(asking), stores);
    expect(shown).toMatchObject({ approval: "Over $100.00.", money: [{ due_minor: -50_000 }] });
    for (const options of [{}, { plan: shown.plan }]) {
      const failure = await failureOf(execute(refund, input, context(asking), stores, options));
      expect(failure).toMatchObject({ code: "approval_required", status: 409, details: { preview: { will: 1 } } });
    }
    expect([await versionOf(id), await eventsOf(id)]).toEqual([1, []]);
  });

  test("under the limit needs nobody, and nobody can be asked", async () => {
    const { id } = await person();
    const input = { id, version: 1, minor: 5_000, reason: "Small" };
    const request = execute(requestApproval, { action: refund.action, input }, context(asking), stores);
    expect(await outcomeOf(request)).toBe("conflict");
    expect(await execute(refund, input, context(asking), stores)).toMatchObject({ version: 2 });
  });

  test("is asked for once, with a reason, by who may do it", async () => {
    const { input } = await requested();
    const again = (values: object, actor = asking) =>
      execute(requestApproval, { action: refund.action, input: { ...input, ...values } }, context(actor), stores);
    expect(await outcomeOf(again({ reason: "Other words for the same" }))).toBe("conflict");
    expect(await outcomeOf(again({ reason: "" }))).toBe("invalid");
    expect(await outcomeOf(again({}, await staff("auditor")))).toBe("forbidden");
    expect(await outcomeOf(execute(requestApproval, { action: "user.get", input: {} }, context(asking), stores))).toBe(
      "not_found",
    );
  });
});

describe("an approval", () => {
  test("carries it out as whoever approves; the audit names both and the request", async () => {
    const { id, target } = await requested();
    const saved = await approve(id, await planOf(id));
    expect(saved).toMatchObject({ id: target, version: 2 });
    const events = await eventsOf(target);
    expect(events).toHaveLength(1);
    expect(events[0]?.body).toMatchObject({ actor_id: deciding.id, requested_by: asking.id, approval: id });
    expect(await seen(id)).toMatchObject({
      status: "approved",
      decided_by: deciding.id,
      subject_name: "Refunded 50000",
      amounts: [{ currency: "USD", minor: -50_000 }],
      refused: "This request was approved already.",
    });
    const sql = await database();
    const [row] = await sql`select input, preview ? 'diffs' as diffs from system.approvals where id = ${id}`;
    expect(row).toEqual({ input: null, diffs: false });
  });

  test("of twenty at once has one effect", async () => {
    const { id, target } = await requested();
    const plan = await planOf(id);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(approve(id, plan))));
    expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(1);
    expect(new Set(outcomes)).not.toContain("internal");
    expect([await versionOf(target), (await eventsOf(target)).length]).toEqual([2, 1]);
  });

  test("asked for again under its key gets the first answer, and so does the request itself", async () => {
    const { id: target } = await person();
    const input = { id: target, version: 1, minor: 50_000, reason: "Charged twice" };
    const askFor = (key: string) =>
      execute(requestApproval, { action: refund.action, input }, context(asking), stores, { key });
    const asked = await askFor("request-1");
    const [other, plan] = [await requested(), await planOf(asked.id)];
    const done = await approve(asked.id, plan, deciding, "approve-1");
    expect(await approve(asked.id, plan, deciding, "approve-1")).toEqual(done);
    expect(await askFor("request-1")).toEqual(asked);
    expect(await outcomeOf(approve(other.id, await planOf(other.id), deciding, "approve-1"))).toBe("invalid");
    expect(await outcomeOf(approve(asked.id, plan, deciding, "approve-2"))).toBe("conflict");
    expect([await versionOf(target), await versionOf(other.target), (await eventsOf(target)).length]).toEqual([
      2, 1, 1,
    ]);
  });

  test("asked for ten times at once under one key is one answer", async () => {
    const { id, target } = await requested();
    const plan = await planOf(id);
    const tries = Array.from({ length: 10 }, () => outcomeOf(approve(id, plan, deciding, "approve-3")));
    const outcomes = (await Promise.all(tries)).filter((outcome) => outcome !== "in_progress");
    expect(new Set(outcomes)).toEqual(new Set(["ok"]));
    expect([await versionOf(target), (await eventsOf(target)).length]).toEqual([2, 1]);
  });

  test("covers nothing but what was asked for", async () => {
    const { id, target, input } = await requested();
    const other = (values: object) =>
      outcomeOf(run(refund, { ...input, ...values }, context(deciding), stores, { approval: { id } }));
    expect(await other({ minor: 60_000 })).toBe("conflict");
    expect(await other({ id: (await person()).id })).toBe("conflict");
    expect(await versionOf(target)).toBe(1);
    expect(await other({})).toBe("ok");
    expect(await other({})).toBe("conflict");
  });

  test("needs the plan of a dry run, and goes on with the record as it is by now", async () => {
    const { id, target } = await requested();
    expect(await outcomeOf(execute(approveRequest, { id }, context(deciding), stores))).toBe("invalid");
    const early = await planOf(id);
    const sql = await database();
    await sql`update app.users set version = 5 where id = ${target}`;
    const failure = await failureOf(approve(id, early));
    expect(failure).toMatchObject({ code: "changed_since_preview", details: { preview: { will: 1 } } });
    expect(await seen(id)).toMatchObject({ status: "waiting" });
    expect(await approve(id, await planOf(id))).toMatchObject({ version: 6 });
  });

  test("is given by another person, also past the application", async () => {
    const { id } = await requested({ by: deciding });
    const own = context(deciding);
    expect(await outcomeOf(preview(approveRequest, { id }, own, stores))).toBe("forbidden");
    expect(await outcomeOf(execute(declineRequest, { id, reason: "no" }, own, stores))).toBe("forbidden");
    expect(await seen(id)).toMatchObject({
      mine: true,
      refused: "You asked for this yourself; another person decides.",
    });
    const sql = await database();
    const past = sql`update system.approvals
      set status = 'approved', input = null, decided_at = now(), decided_by = requested_by where id = ${id}`;
    await expect(past).rejects.toMatchObject({ constraint_name: "approvals_four_eyes" });
  });

  test("is refused when it comes too late", async () => {
    const { id, target } = await requested();
    const plan = await planOf(id);
    const sql = await database();
    await sql`update system.approvals
      set requested_at = now() - interval '25 hours', expires_at = now() - interval '1 hour' where id = ${id}`;
    expect(await failureOf(approve(id, plan))).toMatchObject({
      code: "conflict",
      message: "This request has expired.",
    });
    expect(await outcomeOf(execute(declineRequest, { id, reason: "late" }, context(deciding), stores))).toBe(
      "conflict",
    );
    expect([await versionOf(target), (await seen(id)).status]).toEqual([1, "expired"]);
  });

  test("is refused when either of the two may not do it any more", async () => {
    const [first, second] = [await requested(), await requested({ by: await staff("admin") })];
    const weak = { ...deciding, permissions: new Set([...deciding.permissions].filter((p) => !/refund/.test(p))) };
    expect(await outcomeOf(approve(first.id, "a plan", weak))).toBe("forbidden");
    const plan = await planOf(second.id);
    const { requested_by } = await seen(second.id);
    const sql = await database();
    await sql`delete from app.user_roles where user_id = ${requested_by}`;
    expect(await outcomeOf(approve(second.id, plan))).toBe("conflict");
    expect(await versionOf(second.target)).toBe(1);
  });
});

test("declining and withdrawing end a request with a reason in the audit", async () => {
  const [one, two] = [await requested(), await requested()];
  await execute(declineRequest, { id: one.id, reason: "Ask for the invoice first" }, context(deciding), stores);
  expect(await outcomeOf(execute(withdrawRequest, { id: two.id }, context(deciding), stores))).toBe("forbidden");
  await execute(withdrawRequest, { id: two.id }, context(asking), stores);
  expect(await seen(one.id)).toMatchObject({ status: "declined", decision_reason: "Ask for the invoice first" });
  expect(await seen(two.id)).toMatchObject({ status: "withdrawn", decided_by: asking.id });
  const events = await eventsOf(one.id);
  expect(events.map(({ action }) => action)).toEqual(["approval.request", "approval.decline"]);
  expect(events[1]?.body).toMatchObject({ subject_id: one.target, after: { status: "declined" } });
  expect(await reasonsOf(events, one.target)).toMatchObject([
    { reason: "Charged twice" },
    { reason: "Ask for the invoice first" },
  ]);
});

test("lists and counts are those of the reader, page by page", async () => {
  const by = await staff("admin");
  const made = [await requested({ by }), await requested({ by }), await requested({ by })].map(({ id }) => id);
  await execute(withdrawRequest, { id: made[0] ?? "" }, context(by), stores);
  const list = (input: object, actor: Actor) => ask(listApprovals, input, context(actor), stores);
  const mine = await list({ view: "mine", status: "waiting" }, by);
  expect(mine.data.map(({ id }) => id)).toEqual([made[2], made[1]]);
  expect(await ask(countApprovals, {}, context(by), stores)).toMatchObject({ mine: 2 });
  expect((await list({ view: "for-me" }, by)).data.filter(({ id }) => made.includes(id))).toEqual([]);
  const first = await list({ view: "mine", limit: 2 }, by);
  const second = await list({ view: "mine", limit: 2, after: first.page.next ?? "" }, by);
  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([...made].reverse());
  const auditor = await staff("auditor", {});
  expect(await ask(countApprovals, {}, context(auditor), stores)).toEqual({ for_me: 0, mine: 0 });
});
