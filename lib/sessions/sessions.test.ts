import { beforeAll, expect, it } from "vitest";
import { IDLE_LIMIT_SECONDS as ENFORCED } from "@/lib/auth/sessions";
import type { Actor, Context } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { database } from "@/lib/testing/database";
import { context, person, session, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { revokeSession } from "./commands";
import { listSessions } from "./queries";
import { IDLE_LIMIT_SECONDS } from "./schema";

let stores: Stores;
let superadmin: Actor;
let ctx: Context;

beforeAll(async () => {
  stores = await testStores();
  superadmin = await staff("superadmin");
  ctx = context(superadmin);
});

it("shows the limit that sign-in keeps", () => expect(IDLE_LIMIT_SECONDS).toBe(ENFORCED));

it("lists live sessions first and knows the one that asks", async () => {
  const { id } = await person();
  const [idle, live] = [await session(id), await session(id)];
  const sql = await database();
  await sql`update system.sessions set last_seen_at = now() - interval '2 hours' where id_hash = ${idle}`;
  const found = await ask(listSessions, { user_id: id }, ctx, stores);
  expect(found.live).toBe(1);
  expect(found.data.map((item) => [item.id, item.live, item.current])).toEqual([
    [live.toString("hex"), true, false],
    [idle.toString("hex"), false, false],
  ]);
  const own = await ask(listSessions, { user_id: superadmin.id }, ctx, stores);
  expect(own.data[0]).toMatchObject({ current: true, live: true });
  expect(JSON.stringify(own)).not.toContain("id_hash");
});

it("does not know sessions of nobody", async () => {
  const nobody = "01234567-89ab-7def-8123-456789abcdef";
  expect(await outcomeOf(ask(listSessions, { user_id: nobody }, ctx, stores))).toBe("not_found");
});

it("revokes one session, leaves the others and writes it down", async () => {
  const { id: user } = await person();
  const [hash, other] = [await session(user), await session(user)];
  const id = hash.toString("hex");
  expect(await preview(revokeSession, { id, version: 1 }, ctx, stores)).toMatchObject({ will: 1, undo: false });
  const saved = await execute(revokeSession, { id, version: 1 }, ctx, stores);
  expect(saved).toMatchObject({ version: 2, undo: null });
  const { data } = await ask(listSessions, { user_id: user }, ctx, stores);
  expect(data.map((item) => [item.id, item.live])).toEqual([
    [other.toString("hex"), true],
    [id, false],
  ]);
  const [event] = await eventsOf(id);
  expect(event?.body).toMatchObject({ action: "session.revoke", subject_id: user });
  expect(await outcomeOf(execute(revokeSession, { id, version: 2 }, ctx, stores))).toBe("conflict");
});

it("refuses a stale, a foreign and a higher one, and changes nothing", async () => {
  const { id: user } = await person();
  const id = (await session(user)).toString("hex");
  expect(await failureOf(execute(revokeSession, { id, version: 9 }, ctx, stores))).toMatchObject({
    code: "stale",
    details: { current: { version: 1 } },
  });
  expect(await outcomeOf(execute(revokeSession, { id: "0".repeat(64), version: 1 }, ctx, stores))).toBe("not_found");
  expect(await outcomeOf(execute(revokeSession, { id: "0".repeat(63), version: 1 }, ctx, stores))).toBe("invalid");
  const support = context(await staff("support"));
  const above = superadmin.session?.toString("hex") ?? "";
  expect(await outcomeOf(execute(revokeSession, { id: above, version: 1 }, support, stores))).toBe("forbidden");
  expect((await ask(listSessions, { user_id: user }, ctx, stores)).live).toBe(1);
  expect((await ask(listSessions, { user_id: superadmin.id }, ctx, stores)).live).toBe(1);
});
