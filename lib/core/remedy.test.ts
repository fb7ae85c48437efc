import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { health } from "@/lib/health/noun";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { AppError } from "./errors";
import { type Context, remedy } from "./operation";
import { execute, preview } from "./run";
import { text } from "./schema";
import type { Stores } from "./stores";

/** What the remedy of these tests acts on: lamps that can be switched off, some of which resist. */
const lamps = new Map<string, { on: boolean; resists?: "silently" | "loudly"; guarded?: boolean; moths?: number }>();
let acts = 0;

const switchOff = remedy({
  noun: health,
  engine: "redis",
  action: "health.redis.switch-off",
  permission: "health.redis.kill-client",
  input: z.strictObject({ lamp: z.string(), reason: text(500) }),
  async look({ lamp }) {
    const found = lamps.get(lamp);
    if (!found) throw new AppError("not_found", "There is no such lamp.");
    return {
      id: lamp,
      before: { on: found.on },
      after: { on: false },
      identity: { lamp, on: found.on },
      touches: [{ store: "redis", what: "moths around it", count: found.moths ?? 1, undo: false }],
      refused: found.guarded ? "Somebody reads by it." : null,
    };
  },
  async act({ lamp }) {
    acts += 1;
    const found = lamps.get(lamp);
    if (found?.resists === "loudly") throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    if (found && !found.resists) found.on = false;
    const done = found?.on === false;
    return { done, after: { on: found?.on }, note: done ? "It is dark." : "It is still on." };
  },
});

let stores: Stores;
let ops: Context;

beforeAll(async () => {
  stores = await testStores({ operations: [switchOff] });
  ops = context(await staff("ops"));
});

function lamp(state: Partial<{ resists: "silently" | "loudly"; guarded: boolean }> = {}): string {
  const name = `lamp-${randomUUID()}`;
  lamps.set(name, { on: true, ...state });
  return name;
}

const told = async (name: string) =>
  (await eventsOf(name)).map(({ body }) => ({ outcome: body.outcome, reason: body.reason, after: body.after }));

describe("a remedy", () => {
  it("shows what it would do, without doing it or writing anything", async () => {
    const name = lamp();
    const before = acts;
    const shown = await preview(switchOff, { lamp: name, reason: "" }, ops, stores);
    expect(shown).toMatchObject({
      will: 1,
      undo: false,
      refused: [],
      diffs: [{ before: { on: true }, after: { on: false } }],
    });
    expect([acts, await told(name)]).toEqual([before, []]);
  });

  it("stands in the audit before it begins and with its outcome afterwards", async () => {
    const name = lamp();
    const saved = await execute(switchOff, { lamp: name, reason: "Too bright" }, ops, stores);
    expect(saved).toMatchObject({ id: name, note: "It is dark.", after: { on: false }, undo: null });
    expect(await told(name)).toEqual([
      { outcome: "requested", reason: "Too bright", after: {} },
      { outcome: "done", reason: "Too bright", after: { on: false } },
    ]);
    const [last] = (await eventsOf(name)).slice(-1);
    expect(saved.audit).toBe(last?.id);
  });

  it("says so when nothing came of it", async () => {
    const name = lamp({ resists: "silently" });
    const saved = await execute(switchOff, { lamp: name, reason: "Too bright" }, ops, stores);
    expect(saved.note).toBe("It is still on.");
    expect((await told(name)).map(({ outcome }) => outcome)).toEqual(["requested", "no-effect"]);
  });

  it("is audited as failed when the engine refuses, and the caller hears why", async () => {
    const name = lamp({ resists: "loudly" });
    const failure = await failureOf(execute(switchOff, { lamp: name, reason: "Too bright" }, ops, stores));
    expect(failure.code).toBe("unavailable");
    expect((await told(name)).map(({ outcome }) => outcome)).toEqual(["requested", "failed"]);
  });

  it("is refused with the reason while it would be dangerous, before anything is written", async () => {
    const name = lamp({ guarded: true });
    const failure = await failureOf(execute(switchOff, { lamp: name, reason: "Too bright" }, ops, stores));
    expect(failure).toMatchObject({ code: "conflict", message: "Somebody reads by it." });
    expect(await preview(switchOff, { lamp: name, reason: "x" }, ops, stores)).toMatchObject({
      will: 0,
      refused: [{ reason: "Somebody reads by it." }],
    });
    expect(await told(name)).toEqual([]);
  });

  it("needs its permission, a reason, a target that exists and no other field", async () => {
    const name = lamp();
    const auditor = context(await staff("auditor"));
    const code = async (input: object, ctx = ops) =>
      (await failureOf(execute(switchOff, input as { lamp: string; reason: string }, ctx, stores))).code;
    expect(await code({ lamp: name, reason: "x" }, auditor)).toBe("forbidden");
    expect(await code({ lamp: name })).toBe("invalid");
    expect(await code({ lamp: name, reason: " " })).toBe("invalid");
    expect(await code({ lamp: name, reason: "x", force: true })).toBe("invalid");
    expect(await code({ lamp: "no such lamp", reason: "x" })).toBe("not_found");
    expect(lamps.get(name)?.on).toBe(true);
  });

  it("holds to the confirmed preview: a target that changed meanwhile is not touched", async () => {
    const name = lamp();
    const { plan } = await preview(switchOff, { lamp: name, reason: "x" }, ops, stores);
    lamps.set(name, { on: false });
    const failure = await failureOf(execute(switchOff, { lamp: name, reason: "Too bright" }, ops, stores, { plan }));
    expect(failure.code).toBe("changed_since_preview");
    expect(await told(name)).toEqual([]);
  });

  it("holds to no figure that moves by itself", async () => {
    const name = lamp();
    const { plan, touches } = await preview(switchOff, { lamp: name, reason: "x" }, ops, stores);
    lamps.set(name, { on: true, moths: 7 });
    const { note } = await execute(switchOff, { lamp: name, reason: "Too bright" }, ops, stores, { plan });
    expect([touches[0]?.count, note]).toEqual([1, "It is dark."]);
  });

  it("is done once for one key, and the same request is answered the same", async () => {
    const name = lamp();
    const before = acts;
    const again = () => execute(switchOff, { lamp: name, reason: "Too bright" }, ops, stores, { key: `key-${name}` });
    const [first, second] = [await again(), await again()];
    expect(second).toEqual(first);
    expect([acts - before, (await told(name)).length]).toEqual([1, 2]);
  });

  it("is not done when the person may no longer act, however fresh their page is", async () => {
    const gone = await staff("ops");
    const sql = await database();
    await sql`update system.sessions set revoked_at = now(), revoked_reason = 'test' where user_id = ${gone.id}`;
    const name = lamp();
    const before = acts;
    const failure = await failureOf(execute(switchOff, { lamp: name, reason: "x" }, context(gone), stores));
    expect([failure.code, acts]).toEqual(["unauthenticated", before]);
  });
});
