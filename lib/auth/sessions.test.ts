import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { IDLE_LIMIT_SECONDS as SHOWN_IDLE_LIMIT_SECONDS } from "@/lib/sessions/schema";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { person } from "@/lib/testing/factories";
import { startProxy } from "@/lib/testing/proxy";
import { testStores } from "@/lib/testing/stores";
import { ROLE_DEFAULTS } from "./permissions";
import { createSession, IDLE_LIMIT_SECONDS, readSession, type SessionSnapshot, touchSession } from "./sessions";
import { signOut } from "./sign-out";

let withRedis: Stores;
let withoutRedis: Stores;

beforeAll(async () => {
  withRedis = await testStores();
  withoutRedis = await testStores({ env: { REDIS_URL: "redis://127.0.0.1:1" } });
});

async function open(): Promise<{ sid: string; user_id: string }> {
  const { id } = await person();
  const sql = await database();
  await sql`insert into app.user_roles (user_id, role_code) values (${id}, 'ops')`;
  const transaction = await withRedis.postgres.system.begin();
  const { sid } = await createSession(transaction, { user_id: id, epoch: 0, ip_prefix: undefined, ua_label: null });
  await transaction.commit();
  transaction.finish();
  return { sid, user_id: id };
}

async function snapshot(sid: string, stores = withRedis): Promise<SessionSnapshot> {
  const found = await readSession(sid, stores);
  if (found === null) {
    throw new Error("The session is not live.");
  }
  return found;
}

describe("a session", () => {
  it.each(["with Redis", "without Redis"])("is who the cookie's owner is, %s", async (how) => {
    const { sid, user_id } = await open();
    const found = await snapshot(sid, how === "with Redis" ? withRedis : withoutRedis);
    expect(found).toMatchObject({ user_id, roles: ["ops"], permissions: ROLE_DEFAULTS.ops, epoch: 0 });
    expect(Date.parse(found.absolute_end) - Date.parse(found.created_at)).toBe(12 * 60 * 60 * 1000);
    expect(JSON.stringify(found)).not.toContain(sid);
  });

  it("has one idle limit, here and where sessions are shown", () => {
    expect(SHOWN_IDLE_LIMIT_SECONDS).toBe(IDLE_LIMIT_SECONDS);
  });

  it.each(["", "x", "a".repeat(43), "../../../etc/passwd", "a".repeat(5000), "é".repeat(43)])(
    "is not opened by a made-up cookie (%j)",
    async (sid) => {
      expect(await readSession(sid, withRedis)).toBeNull();
    },
  );

  it("is not opened by its own hash, a random id or one wrong letter", async () => {
    const { sid } = await open();
    const { id_hash } = await snapshot(sid);
    const flipped = (sid.startsWith("A") ? "B" : "A") + sid.slice(1);
    const guesses = [id_hash, Buffer.from(id_hash, "hex").toString("base64url"), flipped];
    for (const guess of [...guesses, randomBytes(32).toString("base64url")]) {
      expect(await readSession(guess, withRedis)).toBeNull();
    }
  });
});

describe("a session ends", () => {
  it.each([
    ["30 minutes after its last use", "update system.sessions set last_seen_at = now() - interval '30 minutes'"],
    [
      "12 hours after its start, however busy",
      "update system.sessions set created_at = now() - interval '12 hours', absolute_end = now()",
    ],
    ["when it is revoked", "update system.sessions set revoked_at = now()"],
    ["when the person's rights change", "update app.users set epoch = epoch + 1"],
    ["when the person is suspended", "update app.users set status = 'suspended', suspended_reason = 'fraud'"],
    ["when the person is put in the trash", "update app.users set deleted_at = now()"],
  ])("%s", async (_when, statement) => {
    const { sid, user_id } = await open();
    const sql = await database();
    const column = statement.includes("app.users") ? "id" : "user_id";
    await sql.unsafe(`${statement} where ${column} = $1`, [user_id]);
    expect(await readSession(sid, withRedis)).toBeNull();
    expect(await readSession(sid, withoutRedis)).toBeNull();
  });

  it("by its own clock in a cached copy too, which then is not asked", async () => {
    const { sid, user_id } = await open();
    await snapshot(sid);
    const sql = await database();
    await sql`update system.sessions set revoked_at = now() where user_id = ${user_id}`;
    expect(await readSession(sid, withRedis, new Date(Date.now() + 31 * 60_000))).toBeNull();
  });
});

describe("signing out", () => {
  const request = () => ({ requestId: randomUUID(), ip_prefix: "10.0.0.0/24" });

  it("ends a cached session on the next request, and is audited", async () => {
    const { sid, user_id } = await open();
    const session = await snapshot(sid);
    const how = request();
    await signOut(session, how, withRedis);
    expect(await readSession(sid, withRedis)).toBeNull();
    const sql = await database();
    expect(
      await sql`select actor_id, kind, action from system.audit_events where request_id = ${how.requestId}`,
    ).toEqual([{ actor_id: user_id, kind: "security", action: "session.sign-out" }]);
  });

  it("is not undone by a request that had read the session before", async () => {
    const { sid } = await open();
    const session = await snapshot(sid);
    await signOut(session, request(), withRedis);
    await withRedis.cache.setSession(session.id_hash, session, 600);
    expect(await readSession(sid, withRedis)).toBeNull();
  });

  it("holds at once where Redis is away, and within 30 s where a copy could not be told", async () => {
    const { sid } = await open();
    const session = await snapshot(sid);
    await signOut(session, request(), withoutRedis);
    expect(await readSession(sid, withoutRedis)).toBeNull();
    const key = `q:sess:{${session.id_hash}}`;
    const leftMs = (await withRedis.databases.redis?.redis.pttl(key)) ?? 0;
    expect(leftMs).toBeGreaterThan(-3);
    expect(leftMs).toBeLessThanOrEqual(30_000);
  });
});

describe("while PostgreSQL is away", () => {
  /** Runs `work` without PostgreSQL, 30 s after the session was last asked for; `before` comes in between. */
  async function cutOff(sid: string, before: (session: SessionSnapshot) => Promise<unknown>) {
    const proxy = await startProxy(env().SYSTEM_DATABASE_URL);
    const behind = await testStores({ env: { SYSTEM_DATABASE_URL: proxy.url } });
    const session = await snapshot(sid, behind);
    await before(session);
    await behind.databases.redis?.redis.del(`q:sess:{${session.id_hash}}`);
    await proxy.stop();
    return { session, behind };
  }

  /** The code of the failure; null where there is none. */
  const failure = (sid: string, stores: Stores, now?: Date) =>
    readSession(sid, stores, now).then(
      () => null,
      (error: unknown) => toAppError(error).code,
    );

  it("a session is still who it was, up to its idle limit, which each use moves", async () => {
    const { sid } = await open();
    const { session, behind } = await cutOff(sid, async () => {});
    expect(await readSession(sid, behind)).toEqual(session);
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    expect(await failure(sid, behind, later(31))).toBe("unavailable");
    await touchSession(session, behind, later(20));
    expect(await readSession(sid, behind, later(31))).toMatchObject({ user_id: session.user_id });
    expect(await failure(sid, behind, later(12 * 60))).toBe("unavailable");
  });

  it("one that was never asked for is not known", async () => {
    const { sid } = await open();
    const { behind } = await cutOff((await open()).sid, async () => {});
    expect(await failure(sid, behind)).toBe("unavailable");
  });

  it("one that had ended does not come back, told or found out", async () => {
    const [told, found] = [await open(), await open()];
    const how = { requestId: randomUUID(), ip_prefix: "10.0.0.0/24" };
    const first = await cutOff(told.sid, (session) => signOut(session, how, withRedis));
    expect(await failure(told.sid, first.behind)).toBe("unavailable");
    await touchSession(first.session, first.behind, new Date(Date.now() + 120_000));
    expect(await failure(told.sid, first.behind)).toBe("unavailable");
    const second = await cutOff(found.sid, async ({ id_hash }) => {
      const sql = await database();
      await sql`update app.users set status = 'suspended', suspended_reason = 'fraud' where id = ${found.user_id}`;
      await withRedis.databases.redis?.redis.del(`q:sess:{${id_hash}}`);
      expect(await readSession(found.sid, withRedis)).toBeNull();
    });
    expect(await failure(found.sid, second.behind)).toBe("unavailable");
  });
});

describe("the last use", () => {
  it("moves at most once a minute, and never for a session that has ended", async () => {
    const { sid, user_id } = await open();
    const sql = await database();
    const seen = async () => {
      const [row] = await sql<{ ago: number }[]>`
        select extract(epoch from now() - last_seen_at)::int as ago from system.sessions where user_id = ${user_id}`;
      return row?.ago ?? -1;
    };
    const idle = (seconds: number) => sql`
      update system.sessions set last_seen_at = now() - ${seconds} * interval '1 second' where user_id = ${user_id}`;
    await idle(50);
    await touchSession(await snapshot(sid, withoutRedis), withoutRedis);
    expect(await seen()).toBeGreaterThanOrEqual(50);
    await idle(90);
    const session = await snapshot(sid, withoutRedis);
    await touchSession(session, withoutRedis);
    expect(await seen()).toBeLessThan(50);
    await idle(90);
    await sql`update system.sessions set revoked_at = now() where user_id = ${user_id}`;
    await touchSession(session, withoutRedis);
    expect(await seen()).toBeGreaterThanOrEqual(90);
  });
});
