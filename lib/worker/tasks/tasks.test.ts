import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "@/lib/core/stores";
import { createLogger } from "@/lib/core/log";
import { env, requireEnv } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { person, session } from "@/lib/testing/factories";
import { eventsOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { createLocks } from "../lock";
import { type Task, runTasks } from "../schedule";
import { workerTasks } from "../tasks";
import { expireApprovals } from "./approvals";
import { beat, leave } from "./heartbeat";
import { makePartitions } from "./partitions";
import { endSuspensions } from "./suspensions";
import { sweep } from "./sweep";

let stores: Stores;
const going = new AbortController().signal;

beforeAll(async () => {
  stores = await testStores();
});

describe("tasks", () => {
  it("end a suspension whose time has come, by the command a person would use", async () => {
    const sql = await database();
    const [due, later] = [await person({ status: "suspended" }), await person({ status: "suspended" })];
    await sql`update app.users set suspended_until = now() - interval '1 minute' where id = ${due.id}`;
    await sql`update app.users set suspended_until = now() + interval '1 hour' where id = ${later.id}`;
    await endSuspensions(stores, going);
    const rows =
      await sql`select id, status, version from app.users where id in ${sql([due.id, later.id])} order by version`;
    expect(rows).toEqual([
      { id: later.id, status: "suspended", version: 1 },
      { id: due.id, status: "active", version: 2 },
    ]);
    const [event] = await eventsOf(due.id);
    expect(event).toMatchObject({ action: "user.reactivate", body: { kind: "job", actor_kind: "job", origin: "job" } });
  });

  it("expire what nobody decided in time, and forget what it would have run", async () => {
    const sql = await database();
    const make = (hash: string, age: string) => sql`
      insert into system.approvals (
        action, permission, params_hash, input, preview, target_type, rule, reason, requested_by, requested_at, expires_at
      )
      values (
        'user.edit', 'users.edit', sha256(${hash}::bytea), '{"id": "x"}', '{"diffs": [], "money": []}', 'user', 'r', 'why',
        uuidv7(), now() - ${age}::interval, now() - ${age}::interval + interval '24 hours'
      )`;
    await Promise.all([make("old", "25 hours"), make("new", "23 hours")]);
    await expireApprovals(stores.postgres.system);
    const rows = await sql`select status, input, preview, version from system.approvals order by requested_at`;
    expect(rows).toEqual([
      { status: "expired", input: null, preview: { money: [] }, version: 2 },
      { status: "waiting", input: { id: "x" }, preview: { diffs: [], money: [] }, version: 1 },
    ]);
  });

  it("make the partitions of this month and three more", async () => {
    await makePartitions(stores.postgres.system);
    const sql = await database();
    const [row] = await sql`select count(*)::integer as partitions from pg_inherits
      where inhparent = 'system.audit_events'::regclass`;
    expect(row?.partitions).toBeGreaterThanOrEqual(4);
  });

  it("sweep what has had its time and nothing else", async () => {
    const sql = await database();
    const { id } = await person();
    const [old, live] = [await session(id), await session(id)];
    await sql`update system.sessions set created_at = now() - interval '32 days', absolute_end = now() - interval '31 days 20 hours'
      where id_hash = ${old}`;
    await sql`insert into system.idempotency_keys (actor, route, key, body_hash, created_at)
      values ('a', 'r', 'old-key-1', '\\x00', now() - interval '8 days'), ('a', 'r', 'new-key-1', '\\x00', now())`;
    await sweep(stores.postgres.system, going);
    expect(await sql`select id_hash from system.sessions where user_id = ${id}`).toEqual([{ id_hash: live }]);
    expect(await sql`select key from system.idempotency_keys where actor = 'a'`).toEqual([{ key: "new-key-1" }]);
  });

  it("say that a worker runs, until it leaves", async () => {
    const { system } = stores.postgres;
    await beat(system, "here", "1");
    await beat(system, "here", "1");
    const workers = () => system.query("select kind, build from system.workers where name = 'here'");
    expect(await workers()).toEqual([{ kind: "worker", build: "1" }]);
    await leave(system, "here");
    expect(await workers()).toEqual([]);
  });
});

describe("schedule", () => {
  const log = createLogger("silent");

  it("goes on after a failure and lets the other tasks run", async () => {
    const stopping = new AbortController();
    const runs = { failing: 0, other: 0 };
    const task = (name: keyof typeof runs, fails: boolean): Task => ({
      name,
      alone: false,
      everyMs: 1,
      async run() {
        runs[name] += 1;
        if (runs.failing >= 2 && runs.other >= 2) stopping.abort();
        if (fails) throw new Error("broken");
      },
    });
    const locks = createLocks(env().SYSTEM_DATABASE_URL);
    await runTasks([task("failing", true), task("other", false)], locks, log, stopping.signal);
    expect(Math.min(runs.failing, runs.other)).toBeGreaterThanOrEqual(2);
    await locks.close();
  });

  it("leaves the engines in peace when there is nothing to do", async () => {
    const stopping = new AbortController();
    const locks = createLocks(env().SYSTEM_DATABASE_URL);
    const identity = { name: "idle", build: "1", namespace: env().QUADRANT_NAMESPACE };
    const keys = {
      privateKey: requireEnv("QUADRANT_CHECKPOINT_KEY"),
      publicKey: requireEnv("QUADRANT_CHECKPOINT_PUBLIC_KEY"),
    };
    const runs = new Map<string, number>();
    const counted = workerTasks(stores, identity, keys, locks).map((task) => ({
      ...task,
      run: (signal: AbortSignal) => {
        runs.set(task.name, (runs.get(task.name) ?? 0) + 1);
        return task.run(signal);
      },
    }));
    const running = runTasks(counted, locks, log, stopping.signal);
    await sleep(3_000);
    stopping.abort();
    await running;
    await locks.close();
    // the relay looks four times a second at first
    expect([...runs].filter(([, times]) => times > 12)).toEqual([]);
    expect(runs.size).toBe(counted.length);
  });

  it("runs a task that wants to be alone in one worker at a time", async () => {
    const workers = [createLocks(env().SYSTEM_DATABASE_URL), createLocks(env().SYSTEM_DATABASE_URL)];
    const [first, second] = workers;
    let refused: boolean | undefined;
    const ran = await first?.alone("test", async () => {
      refused = await second?.alone("test", async () => {});
    });
    expect([ran, refused]).toEqual([true, false]);
    expect(await second?.alone("test", async () => {})).toBe(true);
    await Promise.all(workers.map((locks) => locks.close()));
  });
});
