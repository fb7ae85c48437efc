import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { hideValues, isSingle, shownStatement } from "@/lib/databases/postgres/hide-values";
import { forest } from "@/lib/databases/postgres/lock-forest";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { context, person, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { type Stray, stray, until } from "@/lib/testing/sessions";
import { testStores } from "@/lib/testing/stores";
import { cancelQuery, terminateSession } from "./commands";
import { getLocks, listSessions } from "./queries";

let stores: Stores;
let ctx: Context;
const open: Stray[] = [];

async function session(name: string, url?: string): Promise<Stray> {
  const made = await stray(name, url);
  open.push(made);
  return made;
}

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
});

afterAll(async () => {
  await Promise.all(open.map((each) => each.end()));
});

const sessionOf = async (pid: number) =>
  (await ask(listSessions, {}, ctx, stores)).busy.find((each) => each.pid === pid);

const about = async (pid: number) =>
  (await eventsOf(`session ${pid}`)).map(({ action, body }) => [action, Reflect.get(body, "outcome")]);

describe("sessions", () => {
  it("sees an idle transaction, hides its values, refuses to cancel it and ends it", async () => {
    const idle = await session("test-idle-in-tx");
    await idle.sql.unsafe("begin");
    await idle.sql.unsafe("select 'a secret of a customer'");
    const seen = await until(
      () => sessionOf(idle.pid),
      (found) => found?.state === "idle in transaction",
    );
    expect(seen).toMatchObject({
      role: "quadrant_app",
      application: "test-idle-in-tx",
      query: "select ?",
      untouchable: null,
    });
    const target = { pid: idle.pid, started: seen?.started, reason: "It holds locks" };
    expect(await preview(cancelQuery, target, ctx, stores)).toMatchObject({ will: 0 });
    const refused = await failureOf(execute(cancelQuery, target, ctx, stores));
    expect(refused).toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/Only ending the session helps/),
    });
    expect(await about(idle.pid)).toEqual([]);

    const saved = await execute(terminateSession, target, ctx, stores);
    expect(saved.note).toMatch(/was ended/);
    expect(await sessionOf(idle.pid)).toBeUndefined();
    expect(await about(idle.pid)).toEqual([
      ["health.postgres.terminate", "requested"],
      ["health.postgres.terminate", "done"],
    ]);
    expect(await outcomeOf(execute(terminateSession, target, ctx, stores))).toBe("not_found");
  });

  it("cancels a long query: its session stays, and the audit has both ends", async () => {
    const long = await session("test-long-query");
    const work = long.sql`select pg_sleep(60)`.then(
      () => "ended",
      (error: { code: string }) => error.code,
    );
    const seen = await until(
      () => sessionOf(long.pid),
      (found) => found?.state === "active",
    );
    expect(seen?.query).toBe("select pg_sleep(?)");
    const saved = await execute(
      cancelQuery,
      { pid: long.pid, started: seen?.started, reason: "Too long" },
      ctx,
      stores,
    );
    expect(await work).toBe("57014");
    expect(saved).toMatchObject({ id: `session ${long.pid}`, note: expect.stringMatching(/was cancelled/) });
    expect(await about(long.pid)).toEqual([
      ["health.postgres.cancel-query", "requested"],
      ["health.postgres.cancel-query", "done"],
    ]);
    const [alive] = await long.sql`select pg_backend_pid() as pid`;
    expect(alive).toEqual({ pid: long.pid });
  });

  it("takes no other session for the one that was meant", async () => {
    const other = await session("test-other");
    await other.sql.unsafe("begin");
    const wrong = { pid: other.pid, started: "2020-01-01 00:00:00.000000+00", reason: "Wrong one" };
    expect(await outcomeOf(execute(terminateSession, wrong, ctx, stores))).toBe("not_found");
    expect(await sessionOf(other.pid)).toBeDefined();
    await other.sql.unsafe("rollback");
  });

  it.each([
    [{ pid: 2_147_483_646 }, "not_found"],
    [{ pid: 0 }, "invalid"],
    [{ pid: "1; select 1" }, "invalid"],
    [{ pid: 4711, started: "now()'; drop table app.users --" }, "invalid"],
  ])("%o is %s", async (target, code) => {
    for (const operation of [cancelQuery, terminateSession]) {
      expect(await outcomeOf(execute(operation, { ...target, reason: "test" }, ctx, stores))).toBe(code);
    }
  });

  it("leaves superusers, the server's own processes and its own watch alone", async () => {
    const sql = await database();
    const [own] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const [checkpointer] = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where backend_type = 'checkpointer'`;
    const watch = await session("test-watch", env().MONITOR_DATABASE_URL);
    for (const [pid, reason] of [
      [own?.pid, /superuser/],
      [checkpointer?.pid, /the server itself/],
      [watch.pid, /own watch/],
    ] as const) {
      const failure = await failureOf(execute(terminateSession, { pid: pid ?? 0, reason: "test" }, ctx, stores));
      expect(failure).toMatchObject({ code: "conflict", message: expect.stringMatching(reason) });
    }
  });
});

describe("locks", () => {
  it("draws a chain as a tree, one row per session, and ending the root frees all", async () => {
    const { id } = await person();
    const [root, middle, last] = [await session("test-root"), await session("test-middle"), await session("test-last")];
    const touch = (on: Stray) => on.sql`update app.users set display_name = 'Zoe' where id = ${id}`;
    await root.sql.unsafe("begin");
    await touch(root);
    const waiting = [touch(middle).then(() => "done")];
    const locks = () => ask(getLocks, {}, ctx, stores);
    const mine = async () => {
      const { rows } = await locks();
      return rows.filter(({ pid }) => [root.pid, middle.pid, last.pid].includes(pid));
    };
    await until(mine, (rows) => rows.length === 2);
    waiting.push(touch(last).then(() => "done"));
    const rows = await until(mine, (found) => found.length === 3);
    expect(rows.map(({ pid, level }) => [pid, level])).toEqual([
      [root.pid, 0],
      [middle.pid, 1],
      [last.pid, 2],
    ]);
    expect(rows[0]).toMatchObject({ state: "idle in transaction", waits_s: null });
    expect(rows[1]?.waits_s).toBeGreaterThanOrEqual(0);
    expect(rows[1]?.query).not.toContain(id);
    expect((await locks()).blocked).toBeGreaterThanOrEqual(2);
    await execute(terminateSession, { pid: root.pid, started: rows[0]?.started, reason: "It blocks two" }, ctx, stores);
    expect(await Promise.all(waiting)).toEqual(["done", "done"]);
    await until(mine, (found) => found.length === 0);
  });

  it("draws a session once where it waits for two, and ends a circle where it began", () => {
    const node = (pid: number, ...by: number[]) => ({ pid, blocked_by: by, waits_s: 100 - pid });
    const drawn = (...nodes: ReturnType<typeof node>[]) => forest(nodes).map(({ pid, level }) => [pid, level]);
    expect(drawn(node(1), node(2, 1), node(3, 1, 2), node(4, 9), node(9))).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [9, 0],
      [4, 1],
    ]);
    expect(drawn(node(5, 6), node(6, 5)).map(([pid]) => pid)).toEqual([5, 6]);
  });
});

it.each([
  ["select * from users where email = 'o''hara@x.org' and age > 41", "select * from users where email = ? and age > ?"],
  ["select $1, \"Col 1\", E'a\\'b', $tag$ secret $tag$", 'select $1, "Col 1", ?, ?'],
  ["/* user.list */ select 1 -- ana@example.com", "/* user.list */ select ?"],
  ["select 'a\\', 'ana@example.com'", "select …"],
  ["select 1 /* of /* Ana */ Smith */", "select ? …"],
  ["select $é$ ana $é$, 2 /* Ana", "select ?, ? …"],
  ["select x1 /* ana@example.com */ from t2 where v = 'open", "select x1 from t2 where v = ?"],
])("hides the values of %s", (sql, hidden) => {
  expect(hideValues(sql)).toBe(hidden);
});

it.each([
  ["create role leaky login password 'hunter2'", "create role …"],
  ["ALTER USER ana  WITH PASSWORD hunter2", "ALTER USER …"],
  ["do $$ begin perform 'ana@example.com'; end $$", "do …"],
  ["/* job.import */ copy app.users from '/home/ana/users.csv'", "/* job.import */ copy …"],
  ["begin; set local app.secret = hunter2; select 1", "begin; set …; select ?"],
  ["alter system set primary_conninfo = 'password=hunter2'", "alter system …"],
  ["select setting from t where set_by = 'ana'", "select setting from t where set_by = ?"],
  ["vacuum app.users", "vacuum app.users"],
])("shows of %s no more than it may", (sql, shown) => {
  expect(shownStatement(sql)).toBe(shown);
});

it("knows a second statement behind the first", () => {
  expect(isSingle("select ';' from t;")).toBe(true);
  expect(isSingle("select 1; drop table t")).toBe(false);
  expect(isSingle("select 1 /* /* */ */; drop table t")).toBe(false);
});
