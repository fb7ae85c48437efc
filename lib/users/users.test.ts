import { beforeAll, describe, expect, it } from "vitest";
import type { Actor, Context } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { previewUndo, undo } from "@/lib/core/undo";
import { database } from "@/lib/testing/database";
import { context, person, session, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { editUser, reactivateUser, signOutUser, suspendUser } from "./commands";
import { getUser } from "./queries";

let stores: Stores;
let superadmin: Actor;
let ctx: Context;

beforeAll(async () => {
  stores = await testStores();
  superadmin = await staff("superadmin");
  ctx = context(superadmin);
});

const reread = (id: string) => ask(getUser, { id }, ctx, stores);

/** What PostgreSQL holds about a person beside their row. */
async function traces(id: string) {
  const sql = await database();
  const [row] = await sql<{ epoch: number; live: number; dirty: number; undo: number }[]>`
    select (select epoch from app.users where id = ${id}),
      (select count(*)::int from system.sessions where user_id = ${id} and revoked_at is null) as live,
      (select coalesce(max(version), 0)::int from system.outbox where entity_id = ${id}) as dirty,
      (select count(*)::int from system.undo_records where entity_id = ${id}) as undo`;
  return row;
}

describe("suspend and reactivate", () => {
  it("suspends: row, sessions, audit with sealed reason, outbox and undo", async () => {
    const { id } = await person();
    await session(id);
    await session(id);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const saved = await execute(suspendUser, { id, version: 1, reason: "Chargeback fraud", until }, ctx, stores);
    expect(saved).toMatchObject({ id, version: 2, after: { status: "suspended" } });
    expect(await reread(id)).toMatchObject({
      status: "suspended",
      suspended_reason: "Chargeback fraud",
      suspended_until: until,
      version: 2,
    });
    expect(await traces(id)).toEqual({ epoch: 1, live: 0, dirty: 2, undo: 1 });
    const [event] = await eventsOf(id);
    expect(event?.body).toMatchObject({ action: "user.suspend", subject_id: id, before: { status: "active" } });
    expect(JSON.stringify(event?.body)).not.toContain("Chargeback");
    expect(event?.sealed).not.toBeNull();
  });

  it("is undone, and the undo can be undone", async () => {
    const { id } = await person();
    const suspended = await execute(suspendUser, { id, version: 1, reason: "Spam" }, ctx, stores);
    expect(await previewUndo(suspended.undo ?? "", ctx, stores)).toMatchObject({ will: 1, undo: true });
    const back = await undo(suspended.undo ?? "", ctx, stores);
    expect(await reread(id)).toMatchObject({ status: "active", suspended_reason: null, version: 3 });
    await undo(back.undo ?? "", ctx, stores);
    expect(await reread(id)).toMatchObject({ status: "suspended", suspended_reason: "Spam", version: 4 });
    expect(await outcomeOf(undo(suspended.undo ?? "", ctx, stores))).toBe("conflict");
  });

  it("shows before what it will touch and changes nothing by that", async () => {
    const { id } = await person();
    await session(id);
    const shown = await preview(suspendUser, { id, version: 1, reason: "x" }, ctx, stores);
    expect(shown).toMatchObject({ will: 1, undo: true, diffs: [{ id, before: { status: "active" } }] });
    expect(shown.touches).toContainEqual({ store: "postgres", what: "sessions", count: 1, undo: false });
    expect(await traces(id)).toEqual({ epoch: 0, live: 1, dirty: 0, undo: 0 });
    await execute(suspendUser, { id, version: 1, reason: "other words" }, ctx, stores, { plan: shown.plan });
  });

  it.each([
    ["oneself", async () => ({ id: superadmin.id, version: 1, reason: "x" }), "conflict", /yourself/],
    ["somebody suspended", async () => ({ ...(await target("suspended")), reason: "x" }), "conflict", /suspended, not/],
    ["somebody invited", async () => ({ ...(await target("invited")), reason: "x" }), "conflict", /invited, not/],
    ["without a reason", async () => ({ ...(await target("active")), reason: " " }), "invalid", /not valid/],
    [
      "until yesterday",
      async () => ({ ...(await target("active")), reason: "x", until: "2020-01-01" }),
      "invalid",
      /end/,
    ],
    [
      "for a century",
      async () => ({ ...(await target("active")), reason: "x", until: "2126-01-01" }),
      "invalid",
      /end/,
    ],
    [
      "nobody",
      async () => ({ id: "01234567-89ab-7def-8123-456789abcdef", version: 1, reason: "x" }),
      "not_found",
      /no such/,
    ],
  ] as const)("does not suspend %s", async (_name, input, code, message) => {
    const failure = await failureOf(execute(suspendUser, await input(), ctx, stores));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });

  it("does not reactivate who is not suspended", async () => {
    expect(await outcomeOf(execute(reactivateUser, await target("archived"), ctx, stores))).toBe("conflict");
  });
});

async function target(status: string): Promise<{ id: string; version: number }> {
  const { id, version } = await person({ status });
  return { id, version };
}

describe("edit", () => {
  it("saves what changed and nothing else, and takes it back", async () => {
    const { id } = await person({ display_name: "Ana", email: `old-${Date.now()}@example.com` });
    const before = await reread(id);
    const edits = { display_name: "Ana María", country: "ES", time_zone: "UTC", email: `NEW-${id}@Example.com` };
    const saved = await execute(editUser, { id, version: 1, ...edits }, ctx, stores);
    expect(saved.after).toEqual({ display_name: "Ana María", country: "ES", email: `new-${id}@example.com` });
    expect(await traces(id)).toMatchObject({ epoch: 0, dirty: 2, undo: 1 });
    await undo(saved.undo ?? "", ctx, stores);
    const { version: _was, updated_at: _at, ...rest } = before;
    expect(await reread(id)).toMatchObject(rest);
  });

  it("says when there is nothing to change, and at which field another person is in the way", async () => {
    const { id, display_name } = await person();
    const other = await person();
    const nothing = await failureOf(execute(editUser, { id, version: 1, display_name }, ctx, stores));
    expect(nothing).toMatchObject({ code: "conflict", message: "Nothing to change." });
    const taken = await failureOf(execute(editUser, { id, version: 1, email: other.email }, ctx, stores));
    expect(taken).toMatchObject({
      code: "conflict",
      details: { fields: { email: ["Another person uses this address."] } },
    });
  });

  it("refuses a stale save with the person as they are now", async () => {
    const { id } = await person();
    await execute(editUser, { id, version: 1, display_name: "First" }, ctx, stores);
    const stale = await failureOf(execute(editUser, { id, version: 1, display_name: "Second" }, ctx, stores));
    expect(stale).toMatchObject({ code: "stale", details: { current: { display_name: "First", version: 2 } } });
    expect(await traces(id)).toMatchObject({ undo: 1 });
  });

  it("refuses an undo after another change and keeps it for later", async () => {
    const { id } = await person();
    const first = await execute(editUser, { id, version: 1, display_name: "First" }, ctx, stores);
    await execute(editUser, { id, version: 2, display_name: "Second" }, ctx, stores);
    const refused = await failureOf(undo(first.undo ?? "", ctx, stores));
    expect(refused).toMatchObject({ code: "stale", details: { current: { display_name: "Second" } } });
  });
});

describe("sign out everywhere", () => {
  it("ends every session, has no way back and says so before", async () => {
    const { id } = await person();
    await session(id);
    expect(await preview(signOutUser, { id, version: 1 }, ctx, stores)).toMatchObject({ will: 1, undo: false });
    const saved = await execute(signOutUser, { id, version: 1, reason: "Lost laptop" }, ctx, stores);
    expect(saved.undo).toBeNull();
    expect(await traces(id)).toMatchObject({ epoch: 1, live: 0, undo: 0 });
    const [event] = await eventsOf(id);
    expect(event?.action).toBe("user.sign-out");
  });
});

describe("who may act on whom", () => {
  it("an admin not on a superadmin, but on another admin", async () => {
    const admin = context(await staff("admin"));
    const refused = await failureOf(
      execute(suspendUser, { id: (await staff("superadmin")).id, version: 1, reason: "x" }, admin, stores),
    );
    expect(refused).toMatchObject({ code: "forbidden", message: "This person's role is above yours." });
    const peer = await staff("admin");
    expect(await outcomeOf(execute(editUser, { id: peer.id, version: 1, country: "PT" }, admin, stores))).toBe("ok");
  });

  it("nobody without the permission, and the last superadmin stays", async () => {
    const { id } = await person();
    const support = context(await staff("support"));
    expect(await outcomeOf(execute(suspendUser, { id, version: 1, reason: "x" }, support, stores))).toBe("forbidden");
    const ops = context(await staff("ops"));
    expect(await outcomeOf(ask(getUser, { id }, ops, stores))).toBe("forbidden");
  });
});
