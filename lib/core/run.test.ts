import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { users } from "@/drizzle/schema/users";
import { context, person, session, staff } from "@/lib/testing/factories";
import { database } from "@/lib/testing/database";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { reactivateUser, suspendUser } from "@/lib/users/commands";
import { user } from "@/lib/users/noun";
import { getUser } from "@/lib/users/queries";
import { type Actor, command, query } from "./operation";
import { ask, execute } from "./run";
import { unseal, unwrapSubjectKey } from "./seal";
import type { Stores } from "./stores";

let stores: Stores;
let admin: Actor;

beforeAll(async () => {
  stores = await testStores();
  admin = await staff();
});

const asAdmin = () => context(admin);

async function stateOf(id: string) {
  const db = await database();
  const [row] = await db`select status, version, epoch from app.users where id = ${id}`;
  return row;
}

describe("a command", () => {
  test("writes the row, the event, the outbox, the undo record and the end of sessions together", async () => {
    const ana = await person();
    const hash = await session(ana.id);
    const saved = await execute(suspendUser, { id: ana.id, version: 1, reason: "fraud" }, asAdmin(), stores);

    const db = await database();
    const [outbox] = await db`select version::int from system.outbox where entity_id = ${ana.id}`;
    const [ended] = await db`select revoked_reason from system.sessions where id_hash = ${hash}`;
    const [record] = await db`select * from system.undo_records where id = ${saved.undo}`;
    const [event] = await eventsOf(ana.id);
    expect(saved).toMatchObject({ id: ana.id, version: 2, audit: event?.id });
    expect(await stateOf(ana.id)).toMatchObject({ status: "suspended", version: 2, epoch: 1 });
    expect(outbox).toEqual({ version: 2 });
    expect(ended).toEqual({ revoked_reason: "suspended" });
    expect(record).toMatchObject({ audit_id: event?.id, inverse_action: "user.reactivate", expected_version: "2" });
  });

  test("keeps personal values and the reason out of the signed body, under the key of the person", async () => {
    const ana = await person();
    await execute(suspendUser, { id: ana.id, version: 1, reason: "a secret reason" }, asAdmin(), stores);
    const [event] = await eventsOf(ana.id);
    expect(JSON.stringify(event?.body)).not.toContain("a secret reason");
    expect(event?.body).toMatchObject({
      before: { status: "active" },
      after: { status: "suspended" },
      fields: ["suspended_reason"],
      actor_id: admin.id,
      subject_id: ana.id,
    });

    const db = await database();
    const [row] = await db`select wrapped_key from system.subject_keys where subject_id = ${ana.id}`;
    const key = unwrapSubjectKey(stores.keys, row?.wrapped_key, ana.id);
    const sealed = unseal(key, event?.sealed ?? Buffer.alloc(0), `user.suspend:${ana.id}`);
    expect(sealed).toMatchObject({ after: { suspended_reason: "a secret reason" }, reason: "a secret reason" });
  });

  test("about an erased person drops the personal values and keeps their names", async () => {
    const ana = await person();
    const db = await database();
    await db`insert into system.erasure_list values (${ana.id}, now(), ${randomUUID()})`;
    await execute(suspendUser, { id: ana.id, version: 1, reason: "fraud" }, asAdmin(), stores);
    const [event] = await eventsOf(ana.id);
    expect(event?.sealed).toBeNull();
    expect(event?.body.fields).toEqual(["suspended_reason"]);
  });
});

describe("a refusal changes nothing", () => {
  test("no permission: before the input is read", async () => {
    const none = context({ ...admin, permissions: new Set() });
    expect(await outcomeOf(execute(suspendUser, { nonsense: 1 } as never, none, stores))).toBe("forbidden");
  });

  test("invalid input: with the fields", async () => {
    const input = { id: "x", version: 1, reason: "", extra: 1 };
    const failure = await failureOf(execute(suspendUser, input, asAdmin(), stores));
    expect(failure.code).toBe("invalid");
    expect(Object.keys(failure.details.fields ?? {})).toEqual(expect.arrayContaining(["id", "reason"]));
  });

  test.each(["a\u0000b", "a\ud800"])("a reason that cannot be stored", async (reason) => {
    const ana = await person();
    expect(await outcomeOf(execute(suspendUser, { id: ana.id, version: 1, reason }, asAdmin(), stores))).toBe(
      "invalid",
    );
  });

  test("an old version: with the record as it is now", async () => {
    const ana = await person();
    const failure = await failureOf(execute(suspendUser, { id: ana.id, version: 9, reason: "r" }, asAdmin(), stores));
    expect(failure).toMatchObject({ code: "stale", status: 412, details: { current: { version: 1 } } });
  });

  test("nobody there", async () => {
    const input = { id: randomUUID(), version: 1, reason: "r" };
    expect(await outcomeOf(execute(suspendUser, input, asAdmin(), stores))).toBe("not_found");
  });

  test("a session that was revoked, or a person who changed, since the snapshot", async () => {
    const ana = await person();
    const [gone, demoted] = [await staff(), await staff()];
    const db = await database();
    await db`update system.sessions set revoked_at = now(), revoked_reason = 'x' where user_id = ${gone.id}`;
    await db`update app.users set epoch = epoch + 1 where id = ${demoted.id}`;
    for (const actor of [gone, demoted]) {
      const work = execute(suspendUser, { id: ana.id, version: 1, reason: "r" }, context(actor), stores);
      expect(await outcomeOf(work)).toBe("unauthenticated");
    }
    expect(await stateOf(ana.id)).toMatchObject({ status: "active", version: 1 });
    expect(await eventsOf(ana.id)).toEqual([]);
  });

  test("a fault of ours says nothing of itself", async () => {
    const broken = command({
      noun: user,
      action: "user.broken",
      permission: "users.edit",
      input: z.strictObject({}),
      run: () => Promise.reject(new Error("the password of the database is hunter2")),
    });
    const failure = await failureOf(execute(broken, {}, asAdmin(), stores));
    expect(failure).toMatchObject({ code: "internal", message: "Something went wrong.", details: {} });
  });

  test("too many at once", async () => {
    const cheap = { ...suspendUser, action: `user.flood-${randomUUID()}`, limit: 60 };
    const input = { id: "none", version: 1, reason: "r" };
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () => outcomeOf(execute(cheap, input, asAdmin(), stores))),
    );
    expect(outcomes.filter((code) => code === "rate_limited").length).toBeGreaterThanOrEqual(19);
  });
});

describe("an idempotency key", () => {
  test("makes twenty equal requests at once one effect with equal answers", async () => {
    const ana = await person();
    const options = { key: randomUUID() };
    const input = { id: ana.id, version: 1, reason: "same" };
    const work = () => execute(suspendUser, input, asAdmin(), stores, options).catch((error: unknown) => error);
    const answers = (await Promise.all(Array.from({ length: 20 }, work))).filter((one) => !(one instanceof Error));
    expect(await eventsOf(ana.id)).toHaveLength(1);
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers.map((one) => JSON.stringify(one, ["id", "version", "audit", "undo"])))).toHaveProperty(
      "size",
      1,
    );

    const later = await execute(suspendUser, input, asAdmin(), stores, options);
    expect(later).toEqual(answers[0]);
    const other = execute(suspendUser, { ...input, reason: "other" }, asAdmin(), stores, options);
    expect(await outcomeOf(other)).toBe("invalid");
  });

  test("stays free after a refusal", async () => {
    const ana = await person();
    const options = { key: randomUUID() };
    const stale = execute(suspendUser, { id: ana.id, version: 7, reason: "same" }, asAdmin(), stores, options);
    expect(await outcomeOf(stale)).toBe("stale");
    const right = await execute(suspendUser, { id: ana.id, version: 1, reason: "same" }, asAdmin(), stores, options);
    expect(right.version).toBe(2);
  });

  test("held by a slow twin answers in_progress within the lock limit", async () => {
    const ana = await person();
    const slow = command({
      noun: user,
      action: "user.slow",
      permission: "users.edit",
      input: z.strictObject({ id: z.uuid() }),
      async run({ id }, { tx }) {
        await tx.execute(sql`select pg_sleep(1.8)`);
        await tx
          .update(users)
          .set({ version: 2 })
          .where(sql`id = ${id}`);
        return { entity: "user", id, version: 2, before: {}, after: {} };
      },
    });
    const options = { key: randomUUID() };
    const first = outcomeOf(execute(slow, { id: ana.id }, asAdmin(), stores, options));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await outcomeOf(execute(slow, { id: ana.id }, asAdmin(), stores, options))).toBe("in_progress");
    expect(await first).toBe("ok");
    expect(await eventsOf(ana.id)).toHaveLength(1);
  });
});

describe("a query", () => {
  test("answers who may ask, and nobody else", async () => {
    const ana = await person();
    expect(await ask(getUser, { id: ana.id }, asAdmin(), stores)).toMatchObject({ email: ana.email, version: 1 });
    const none = context({ ...admin, permissions: new Set() });
    expect(await outcomeOf(ask(getUser, { id: ana.id }, none, stores))).toBe("forbidden");
  });

  test("that writes meets a read-only connection", async () => {
    const sneaky = query({
      noun: user,
      action: "user.sneaky",
      permission: "users.read",
      input: z.strictObject({}),
      run: (_input, { db }) => db.execute(sql`update app.users set locale = 'xx'`),
    });
    expect(await outcomeOf(ask(sneaky, {}, asAdmin(), stores))).toBe("internal");
  });

  test("with a cache answers again only after a command touched its tag", async () => {
    let runs = 0;
    const counted = query({
      noun: user,
      action: "user.counted",
      permission: "users.read",
      input: z.strictObject({ mark: z.string() }),
      cache: { ttl_seconds: 60, tags: ["user"] },
      run: () => Promise.resolve((runs += 1)),
    });
    const [ana, mark] = [await person(), randomUUID()];
    const answer = () => ask(counted, { mark }, asAdmin(), stores);
    expect([await answer(), await answer()]).toEqual([1, 1]);
    await execute(suspendUser, { id: ana.id, version: 1, reason: "r" }, asAdmin(), stores);
    expect(await answer()).toBe(2);
    await execute(reactivateUser, { id: ana.id, version: 2 }, asAdmin(), stores);
    expect(await answer()).toBe(3);
  });
});
