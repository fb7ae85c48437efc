import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { context, person, session, staff } from "@/lib/testing/factories";
import { database } from "@/lib/testing/database";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { env } from "@/lib/env";
import { editUser, signOutUser, suspendUser } from "@/lib/users/commands";
import { user } from "@/lib/users/noun";
import { type Actor, type Preview, command } from "./operation";
import { execute, preview } from "./run";
import { text } from "./schema";
import type { Stores } from "./stores";

let stores: Stores;
let admin: Actor;

beforeAll(async () => {
  stores = await testStores({ operations: [noteUser] });
  admin = await staff();
});

afterEach(() => vi.useRealTimers());

let noted: string | null = null;

/** Keeps a reason that need not be given. */
const noteUser = command({
  noun: user,
  action: "user.note",
  permission: "users.edit",
  input: z.strictObject({ id: z.uuid(), version: z.int(), reason: text(500).optional() }),
  async run({ id, version, reason }) {
    const [before, after] = [{ suspended_reason: noted }, { suspended_reason: reason ?? null }];
    return { entity: "user", id, version: version + 1, before, after };
  },
});

const asAdmin = () => context(admin);
const noReasonYet = (id: string) => ({ id, version: 1, reason: "" });

/** Everything a command may leave behind. */
async function traces() {
  const db = await database();
  const [row] = await db`
    select
      (select sum(seq)::int from system.audit_heads) as events,
      (select count(*)::int from system.outbox) as outbox,
      (select count(*)::int from system.undo_records) as undo,
      (select count(*)::int from system.idempotency_keys) as answers,
      (select count(*)::int from system.subject_keys) as subject_keys,
      (select count(*)::int from system.sessions where revoked_at is not null) as ended,
      (select count(*)::int from app.users where version > 1) as changed`;
  return row;
}

describe("a preview", () => {
  test("counts what would be touched in each store, before a reason is given", async () => {
    const ana = await person();
    await Promise.all([session(ana.id), session(ana.id)]);
    const seen = await preview(suspendUser, noReasonYet(ana.id), asAdmin(), stores);
    expect(seen).toMatchObject({ will: 1, refused: [], undo: true });
    expect(seen.diffs).toEqual([{ id: ana.id, before: { status: "active" }, after: { status: "suspended" } }]);
    expect(seen.touches).toEqual([
      { store: "postgres", what: "user", count: 1, undo: true },
      { store: "elasticsearch", what: "users", count: 1, undo: true },
      { store: "redis", what: "cache tags", count: 2, undo: true },
      { store: "postgres", what: "sessions", count: 2, undo: false },
      { store: "redis", what: "sessions", count: 2, undo: false },
    ]);
  });

  test("leaves nothing in any store", async () => {
    const ana = await person();
    await session(ana.id);
    const listener = new Redis(env().REDIS_URL ?? "", { keyPrefix: "" });
    const heard: string[] = [];
    await listener.psubscribe("*q:live:*");
    listener.on("pmessage", (_pattern, _channel, message: string) => heard.push(message));
    const before = await traces();
    await preview(suspendUser, { id: ana.id, version: 1, reason: "r" }, asAdmin(), stores);
    await sleep(100);
    expect(await traces()).toEqual(before);
    expect(heard.filter((message) => message.includes(ana.id))).toEqual([]);
    listener.disconnect();
  });

  test("says when there is no way back", async () => {
    const ana = await person();
    const seen = await preview(signOutUser, { id: ana.id, version: 1 }, asAdmin(), stores);
    expect(seen.undo).toBe(false);
  });

  test("finds the rules that hold only at the end of a transaction", async () => {
    const [other, db] = [await staff("admin"), await database()];
    await db.begin(async (tx) => {
      await tx`alter table app.user_roles disable trigger user`;
      await tx`delete from app.user_roles where role_code = 'superadmin' and user_id <> ${other.id}`;
      await tx`update app.user_roles set role_code = 'superadmin' where user_id = ${other.id}`;
      await tx`alter table app.user_roles enable trigger user`;
    });
    const input = { id: other.id, version: 1, reason: "r" };
    const [dry, real] = [
      preview(suspendUser, input, asAdmin(), stores),
      execute(suspendUser, input, asAdmin(), stores),
    ];
    for (const failure of [await failureOf(dry), await failureOf(real)]) {
      expect(failure).toMatchObject({ code: "conflict", details: { constraint: "last_superadmin" } });
    }
  });
});

describe("a plan", () => {
  const planned = async (id: string) => (await preview(suspendUser, noReasonYet(id), asAdmin(), stores)).plan;
  const suspend = (id: string, plan: string, actor = admin) =>
    execute(suspendUser, { id, version: 1, reason: "typed after the preview" }, context(actor), stores, { plan });

  test("that still holds runs, with the reason typed after it", async () => {
    const ana = await person();
    expect(await suspend(ana.id, await planned(ana.id))).toMatchObject({ version: 2 });
  });

  test("is refused with a fresh preview when one more session would end", async () => {
    const ana = await person();
    const plan = await planned(ana.id);
    await session(ana.id);
    const failure = await failureOf(suspend(ana.id, plan));
    expect(failure.code).toBe("changed_since_preview");
    expect(await eventsOf(ana.id)).toEqual([]);
    const { plan: fresh } = failure.details.preview as Preview;
    expect(await suspend(ana.id, fresh)).toMatchObject({ version: 2 });
  });

  test("is refused when the values it showed have changed", async () => {
    const ana = await person();
    const edit = { id: ana.id, version: 1, display_name: "Ana Ferreira" };
    const { plan } = await preview(editUser, edit, asAdmin(), stores);
    const db = await database();
    await db`update app.users set display_name = 'Somebody else' where id = ${ana.id}`;
    const failure = await failureOf(execute(editUser, edit, asAdmin(), stores, { plan }));
    expect(failure).toMatchObject({ code: "changed_since_preview", message: "Changed since the preview: 1." });
  });

  test("of another record or another actor, or forged, is invalid", async () => {
    const [ana, bo, other] = [await person(), await person(), await staff()];
    const plan = await planned(ana.id);
    expect(await outcomeOf(suspend(bo.id, plan))).toBe("invalid");
    expect(await outcomeOf(suspend(ana.id, plan, other))).toBe("invalid");
    expect(await outcomeOf(suspend(ana.id, `${plan.slice(0, -2)}xx`))).toBe("invalid");
    expect(await outcomeOf(suspend(ana.id, "nonsense"))).toBe("invalid");
  });

  describe.each([undefined, "Holiday"])("made with the reason %j", (previewed) => {
    test.each([
      [null, undefined],
      [null, "Holiday"],
      ["Holiday", undefined],
      ["Holiday", "Holiday"],
      ["Holiday", "Something else"],
    ])("over the reason %j holds when it is carried out with %j", async (before, reason) => {
      noted = before;
      const ana = await person();
      const { plan } = await preview(noteUser, { id: ana.id, version: 1, reason: previewed }, asAdmin(), stores);
      const input = { id: ana.id, version: 1, reason };
      expect(await execute(noteUser, input, asAdmin(), stores, { plan })).toMatchObject({ version: 2 });
    });

    test("is refused when the reason that was there has changed", async () => {
      noted = "Holiday";
      const ana = await person();
      const { plan } = await preview(noteUser, { id: ana.id, version: 1, reason: previewed }, asAdmin(), stores);
      noted = "Something else";
      const input = { id: ana.id, version: 1, reason: "Something else" };
      expect(await outcomeOf(execute(noteUser, input, asAdmin(), stores, { plan }))).toBe("changed_since_preview");
    });
  });

  test("expires after ten minutes", async () => {
    const ana = await person();
    const plan = await planned(ana.id);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 660_000 });
    const failure = await failureOf(suspend(ana.id, plan));
    expect(failure).toMatchObject({ code: "changed_since_preview", details: { preview: { will: 1 } } });
  });
});
