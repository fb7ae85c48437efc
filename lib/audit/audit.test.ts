import { beforeAll, describe, expect, it } from "vitest";
import { appendSecurityEvent } from "@/lib/core/audit";
import type { Actor, Context, Saved } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { undo } from "@/lib/core/undo";
import { database } from "@/lib/testing/database";
import { context, person, staff, type Person } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { createPlan } from "@/lib/plans/commands";
import { operations } from "@/lib/registry";
import { testStores } from "@/lib/testing/stores";
import { editUser, suspendUser } from "@/lib/users/commands";
import { TARGETS } from "./filters";
import { auditFacets, auditStatus, getAudit, listAudit, verifyAudit } from "./queries";

let stores: Stores;
let superadmin: Actor;
let ctx: Context;
let ana: Person;
let suspended: Saved;

beforeAll(async () => {
  stores = await testStores();
  superadmin = await staff("superadmin", { display_name: "Root Person" });
  ctx = context(superadmin);
  ana = await person({ display_name: "Ana" });
  suspended = await execute(suspendUser, { id: ana.id, version: 1, reason: "Card testing" }, ctx, stores);
  await undo(suspended.undo ?? "", ctx, stores);
  const byApi = context(superadmin, { origin: "api" });
  for (let n = 0; n < 6; n += 1) {
    await execute(
      editUser,
      { id: ana.id, version: 3 + n, display_name: `Ana ${n}`, country: n % 2 ? "ES" : "PT" },
      byApi,
      stores,
    );
  }
  await appendSecurityEvent(stores.postgres.system, stores.keys, {
    action: "session.sign-in",
    outcome: "wrong-password",
    subject: ana.id,
    target_type: "user",
    target_id: ana.id,
  });
});

/** The ids of the events that fit, as the table holds them, newest first. */
async function naive(condition: string): Promise<string[]> {
  const sql = await database();
  const rows = await sql.unsafe<{ id: string }[]>(
    `select id from system.audit_view where ${condition} order by at desc, id desc`,
  );
  return rows.map(({ id }) => id);
}

describe("list", () => {
  it.each([
    ["everything", {}, "true"],
    ["one noun", { noun: "session" }, "noun = 'session'"],
    ["one action", { action: "user.edit" }, "action = 'user.edit'"],
    ["kinds", { kind: "security,access" }, "kind in ('security', 'access')"],
    ["an outcome", { outcome: "wrong-password" }, "body ->> 'outcome' = 'wrong-password'"],
    ["done", { outcome: "done" }, "body ->> 'outcome' is null"],
    ["an origin", { origin: "api" }, "body ->> 'origin' = 'api'"],
    ["the future", { from: "2099-01-01" }, "false"],
    ["the past", { to: "2099-01-01" }, "true"],
  ])("%s: the pages are the whole, both ways", async (_name, filter, condition) => {
    const expected = await naive(condition);
    let page = await ask(listAudit, { ...filter, limit: 4 }, ctx, stores);
    expect(page.page.estimated_total).toBe(expected.length);
    const forwards = page.data.map(({ id }) => id);
    while (page.page.next) {
      page = await ask(listAudit, { ...filter, limit: 4, after: page.page.next }, ctx, stores);
      forwards.push(...page.data.map(({ id }) => id));
    }
    const backwards = page.data.map(({ id }) => id);
    while (page.page.previous) {
      page = await ask(listAudit, { ...filter, limit: 4, before: page.page.previous }, ctx, stores);
      backwards.unshift(...page.data.map(({ id }) => id));
    }
    expect(forwards).toEqual(expected);
    expect(backwards).toEqual(expected);
  });

  it("a person's trail, with names and what can be undone", async () => {
    const { data } = await ask(listAudit, { subject: ana.id, action: "user.edit", limit: 1 }, ctx, stores);
    expect(data).toMatchObject([
      {
        noun: "user",
        outcome: "done",
        origin: "api",
        actor: { kind: "user", id: superadmin.id, name: "Root Person" },
        target: { kind: "user", id: ana.id, name: "Ana 5" },
        fields: ["country", "display_name"],
        undo: { action: "user.edit", open: true, allowed: true },
      },
    ]);
  });

  it("about a record of any kind that a change is written down for", async () => {
    const changing = [...operations.values()].flatMap((one) => (one.kind === "query" ? [] : one.noun.name));
    expect(changing.filter((name) => !TARGETS.includes(name))).toEqual([]);
    const { id } = await execute(createPlan, { code: "audited", name: "Audited" }, ctx, stores);
    expect((await ask(listAudit, { target: id }, ctx, stores)).data).toMatchObject([{ action: "plan.create" }]);
  });

  it("by actor, target and request", async () => {
    for (const filter of [{ actor: superadmin.id }, { target: ana.id }, { request_id: ctx.requestId }]) {
      const { data } = await ask(listAudit, filter, ctx, stores);
      expect(data.length).toBeGreaterThan(0);
    }
    expect((await ask(listAudit, { target: superadmin.id }, ctx, stores)).data).toEqual([]);
  });

  it.each([{ after: "bm90IGEgY3Vyc29y" }, { kind: "gossip" }, { colour: "red" }, { actor: "me" }])(
    "refuses %j",
    async (input) => expect(await outcomeOf(ask(listAudit, input, ctx, stores))).toBe("invalid"),
  );
});

describe("one event", () => {
  it("opens the personal values for those who may read users", async () => {
    const event = await ask(getAudit, { id: suspended.audit ?? "" }, ctx, stores);
    expect(event).toMatchObject({
      reason: "Card testing",
      before: { status: "active", suspended_reason: null },
      after: { status: "suspended", suspended_reason: "Card testing" },
      personal: { fields: ["suspended_reason"], state: "shown" },
      undo: { open: false },
      version: 2,
    });
    expect(event.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("hides them from everyone else, names included", async () => {
    const blind = context({ ...superadmin, permissions: new Set(["audit.read"]) });
    const event = await ask(getAudit, { id: suspended.audit ?? "" }, blind, stores);
    expect(event).toMatchObject({ reason: null, personal: { state: "hidden" }, actor: { name: null } });
    expect(JSON.stringify(event)).not.toContain("Card testing");
  });

  it("says when the person was erased", async () => {
    const gone = await person();
    const saved = await execute(suspendUser, { id: gone.id, version: 1, reason: "Secret" }, ctx, stores);
    const sql = await database();
    await sql`delete from system.subject_keys where subject_id = ${gone.id}`;
    const event = await ask(getAudit, { id: saved.audit ?? "" }, ctx, stores);
    expect(event).toMatchObject({ reason: null, personal: { fields: ["suspended_reason"], state: "erased" } });
  });

  it("is not found under another id", async () => {
    expect(await outcomeOf(ask(getAudit, { id: ana.id }, ctx, stores))).toBe("not_found");
    expect(await outcomeOf(ask(getAudit, { id: "x" }, ctx, stores))).toBe("invalid");
  });
});

describe("facets and status", () => {
  it("counts each facet under the other filters", async () => {
    const facets = await ask(auditFacets, { action: "user.edit", origin: "api" }, ctx, stores);
    expect(facets.action).toContainEqual({ value: "user.edit", count: 6 });
    expect(facets.origin).toEqual([{ value: "api", count: 6 }]);
    expect(facets.exact).toBe(true);
    expect(facets.volume.bars.reduce((sum, { count }) => sum + count, 0)).toBe(6);
    const all = await ask(auditFacets, {}, ctx, stores);
    expect(all.outcome).toContainEqual({ value: "wrong-password", count: 1 });
    expect(all.volume.bars.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
  });

  it("checks the chains for real and reports what the worker last found", async () => {
    const found = await ask(verifyAudit, {}, ctx, stores);
    expect(found).toMatchObject({ ok: true, complete: true, problem: null });
    expect(await ask(auditStatus, {}, ctx, stores)).toMatchObject({
      state: "unverified",
      events: found.n,
      newer: found.n,
    });
    const sql = await database();
    await sql`insert into system.audit_verifications (mode, upto_n, ok, duration_ms) values ('full', ${found.n}, true, 1)`;
    expect(await ask(auditStatus, {}, ctx, stores)).toMatchObject({
      state: "verified",
      newer: 0,
      verified: { n: found.n },
    });
    await sql`insert into system.audit_verifications (mode, upto_n, ok, duration_ms, detail)
      values ('full', 1, false, 1, '{"message": "#0-2: it was changed"}')`;
    expect(await ask(auditStatus, {}, ctx, stores)).toMatchObject({ state: "broken", problem: "#0-2: it was changed" });
  });
});
