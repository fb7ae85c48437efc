import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor, In } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { undo } from "@/lib/core/undo";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { acknowledgeAlert, createRule, deleteRule, editRule, muteRule, unmuteRule } from "./commands";
import { keepDefaults } from "./defaults";
import { alertCounts, listAlerts, listRules, tryAlertRule } from "./queries";
import { firingsOf } from "./tryout";

let stores: Stores;
let ops: Actor;

beforeAll(async () => {
  stores = await testStores();
  ops = await staff("ops");
});

const asOps = () => context(ops);

const RULE: In<typeof createRule> = {
  name: "Search is behind",
  signal: "postgres.outbox_lag_s",
  comparison: "over",
  threshold: 30,
  for_seconds: 60,
  severity: "warn",
};

async function made(given: Partial<In<typeof createRule>> = {}): Promise<string> {
  const { id } = await execute(createRule, { ...RULE, ...given }, asOps(), stores);
  return id;
}

async function ruleOf(id: string) {
  const { data } = await ask(listRules, {}, asOps(), stores);
  return data.find((rule) => rule.id === id);
}

/** An open alert of a rule, or one that cleared some minutes ago. */
async function fired(rule: string, minutesAgo: number | null = null): Promise<string> {
  const sql = await database();
  const [row] = await sql<{ id: string }[]>`
    insert into system.alerts (rule_id, signal, severity, text, value, threshold, started_at, state, resolved_at,
      resolved_why)
    values (${rule}, 'postgres.outbox_lag_s', 'warn', 't', 40, 30, now() - interval '3 hours',
      ${minutesAgo === null ? "firing" : "resolved"},
      ${minutesAgo === null ? null : sql`now() - make_interval(mins => ${minutesAgo})`},
      ${minutesAgo === null ? null : "cleared"})
    returning id`;
  return row?.id ?? "";
}

describe("rules", () => {
  test("are made under the id of their preview, audited, and unmade by undo", async () => {
    const id = randomUUID();
    const { plan, diffs, undo: undoable } = await preview(createRule, { ...RULE, id }, asOps(), stores);
    expect([diffs[0]?.after, undoable]).toMatchObject([{ threshold: 30 }, true]);
    const saved = await execute(createRule, { ...RULE, id }, asOps(), stores, { plan });
    expect(await eventsOf(id)).toMatchObject([{ action: "alert.rule-create", body: { after: { threshold: 30 } } }]);
    expect(await ruleOf(id)).toMatchObject({ version: 1, builtin: null, unit: "s", muted: false, open: false });
    const back = await undo(saved.undo ?? "", asOps(), stores);
    expect(await ruleOf(id)).toBeUndefined();
    await undo(back.undo ?? "", asOps(), stores);
    expect(await ruleOf(id)).toMatchObject({ version: 3 });
  });

  test("are edited at the version that was seen, and the edit is undone", async () => {
    const id = await made();
    const saved = await execute(editRule, { id, version: 1, threshold: 50, clear: 10 }, asOps(), stores);
    expect(saved).toMatchObject({ version: 2, after: { threshold: 50, clear: 10 } });
    const stale = await failureOf(execute(editRule, { id, version: 1, threshold: 5 }, asOps(), stores));
    expect(stale).toMatchObject({ code: "stale", details: { current: { threshold: 50, version: 2 } } });
    expect(await outcomeOf(execute(editRule, { id, version: 2, threshold: 50 }, asOps(), stores))).toBe("conflict");
    await undo(saved.undo ?? "", asOps(), stores);
    expect(await ruleOf(id)).toMatchObject({ threshold: 30, clear: null, version: 3 });
  });

  test("of twelve edits at the same moment one wins", async () => {
    const id = await made();
    const edits = Array.from({ length: 12 }, (_, n) =>
      outcomeOf(execute(editRule, { id, version: 1, threshold: 40 + n }, asOps(), stores)),
    );
    expect((await Promise.all(edits)).filter((outcome) => outcome === "ok")).toHaveLength(1);
  });

  test.each<[string, Partial<In<typeof createRule>>, string]>([
    ["a signal nobody measures", { signal: "postgres.nonsense" }, "signal"],
    ["a signal that is no name", { signal: "'; drop table system.alerts; --" }, "signal"],
    ["more than everything", { signal: "postgres.up", threshold: 2 }, "threshold"],
    ["less than nothing", { threshold: -1 }, "threshold"],
    ["what always holds", { threshold: 0 }, "threshold"],
    ["no number", { threshold: "many" }, "threshold"],
    ["no finite number", { threshold: "Infinity" }, "threshold"],
    ["a number beyond all numbers", { threshold: 1e300 }, "threshold"],
    ["no limit", { threshold: null }, "threshold"],
    ["a critical mark below the limit", { critical_threshold: 10 }, "critical_threshold"],
    ["a clear mark above the limit", { clear: 31 }, "clear"],
    ["absence with a limit", { comparison: "absent" }, "threshold"],
    ["a time of two days", { for_seconds: 172_800 }, "for_seconds"],
    ["a time before now", { for_seconds: -1 }, "for_seconds"],
    ["a channel that does not exist", { channels: [randomUUID()] }, "channels"],
    ["no name", { name: " " }, "name"],
  ])("refuse %s", async (_what, given, field) => {
    const failure = await failureOf(execute(createRule, { ...RULE, ...given }, asOps(), stores));
    expect([failure.code, Object.keys(failure.details.fields ?? {})]).toEqual(["invalid", [field]]);
  });

  test("of the catalogue cannot be deleted or pointed elsewhere, but changed and switched off", async () => {
    await keepDefaults(stores.postgres.system);
    const { data } = await ask(listRules, {}, asOps(), stores);
    const rule = data.find(({ builtin }) => builtin === "redis.up");
    if (!rule) throw new Error("There is no such rule.");
    const { id, version } = rule;
    expect(await outcomeOf(execute(deleteRule, { id, version }, asOps(), stores))).toBe("conflict");
    const elsewhere = { id, version, signal: "mongodb.up" };
    expect(await outcomeOf(execute(editRule, elsewhere, asOps(), stores))).toBe("conflict");
    await execute(editRule, { id, version, enabled: false }, asOps(), stores);
    expect(await ruleOf(id)).toMatchObject({ enabled: false });
  });

  test("are muted until a time that is not too far, and that is undone", async () => {
    const id = await made();
    const reason = "planned";
    for (const until of [new Date(Date.now() - 1000), new Date(Date.now() + 100 * 86_400_000)]) {
      const mute = { id, version: 1, until: until.toISOString(), reason };
      expect(await outcomeOf(execute(muteRule, mute, asOps(), stores))).toBe("invalid");
    }
    expect(await outcomeOf(execute(muteRule, { id, version: 1, reason }, asOps(), stores))).toBe("invalid");
    const muted = await execute(muteRule, { id, version: 1, hours: 4, reason }, asOps(), stores);
    expect(await ruleOf(id)).toMatchObject({ muted: true, mute_reason: reason });
    await undo(muted.undo ?? "", asOps(), stores);
    expect(await ruleOf(id)).toMatchObject({ muted: false });
    expect(await outcomeOf(execute(unmuteRule, { id, version: 3 }, asOps(), stores))).toBe("conflict");
  });
});

describe("alerts", () => {
  test("are acknowledged once, with a name, and that is undone", async () => {
    const id = await fired(await made());
    const { plan } = await preview(acknowledgeAlert, { id, version: 1 }, asOps(), stores);
    const saved = await execute(acknowledgeAlert, { id, version: 1, reason: "On it" }, asOps(), stores, { plan });
    const { data } = await ask(listAlerts, {}, asOps(), stores);
    expect(data.find((alert) => alert.id === id)).toMatchObject({
      state: "acknowledged",
      acknowledged_by: "Ana Núñez",
      acknowledge_note: "On it",
    });
    expect(await outcomeOf(execute(acknowledgeAlert, { id, version: 1 }, asOps(), stores))).toBe("stale");
    expect(await outcomeOf(execute(acknowledgeAlert, { id, version: 2 }, asOps(), stores))).toBe("conflict");
    await undo(saved.undo ?? "", asOps(), stores);
    const again = await ask(listAlerts, {}, asOps(), stores);
    const fresh = await preview(acknowledgeAlert, { id, version: 3 }, asOps(), stores);
    await execute(acknowledgeAlert, { id, version: 3 }, asOps(), stores, { plan: fresh.plan });
    expect(again.data.find((alert) => alert.id === id)).toMatchObject({ state: "firing", acknowledged_by: null });
  });

  test("that have cleared are not acknowledged, and unknown ones are not found", async () => {
    const id = await fired(await made(), 5);
    expect(await outcomeOf(execute(acknowledgeAlert, { id, version: 1 }, asOps(), stores))).toBe("conflict");
    const unknown = { id: randomUUID(), version: 1 };
    expect(await outcomeOf(execute(acknowledgeAlert, unknown, asOps(), stores))).toBe("not_found");
  });

  test("that have cleared come in pages, newest first, there and back", async () => {
    const rule = await made();
    for (const minutes of [51, 52, 53, 54, 55]) await fired(rule, minutes);
    const pages: string[][] = [];
    let after: string | undefined;
    let before: string | null = null;
    do {
      const page = await ask(listAlerts, { state: "resolved", limit: 2, after }, asOps(), stores);
      pages.push(page.data.map(({ id }) => id));
      before = page.page.previous;
      after = page.page.next ?? undefined;
    } while (after);
    expect(new Set(pages.flat()).size).toBe(pages.flat().length);
    expect(pages.flat().length).toBeGreaterThanOrEqual(5);
    const back = await ask(listAlerts, { state: "resolved", limit: 2, before: before ?? "" }, asOps(), stores);
    expect(back.data.map(({ id }) => id)).toEqual(pages.at(-2));
    const forged = ask(listAlerts, { state: "resolved", after: "AAAA" }, asOps(), stores);
    expect(await outcomeOf(forged)).toBe("invalid");
  });

  test("are counted without those that are muted", async () => {
    const sql = await database();
    await sql`update system.alerts set state = 'resolved', resolved_at = now(), resolved_why = 'cleared'
      where resolved_at is null`;
    const [loud, quiet] = [await made(), await made()];
    await Promise.all([fired(loud), fired(quiet)]);
    await execute(muteRule, { id: quiet, version: 1, hours: 1, reason: "r" }, asOps(), stores);
    expect(await ask(alertCounts, {}, asOps(), stores)).toMatchObject({ open: 1, critical: 0, muted: 1 });
  });
});

describe("a tryout", () => {
  const minutes = (...values: number[]) => values.map((worst, n) => ({ at: n * 60_000, worst }));
  const marks = { comparison: "over" as const, threshold: 10, clear: 5, for_seconds: 60 };

  test("counts what would have fired, with its worst value and length", () => {
    expect(firingsOf(minutes(1, 12, 20, 8, 4, 12, 3, 11, 11), marks)).toEqual([
      { from: new Date(60_000).toISOString(), to: new Date(240_000).toISOString(), seconds: 180, peak: 20 },
      { from: new Date(420_000).toISOString(), to: null, seconds: 60, peak: 11 },
    ]);
    expect(firingsOf([], marks)).toEqual([]);
  });

  test("reads seven days of minutes and what is not rolled up yet, and reach from incidents", async () => {
    const sql = await database();
    await sql`insert into system.metric_samples (store, instance, step, at, v)
      select 'postgres', 'primary', 1, date_trunc('minute', now()) - make_interval(mins => n),
        jsonb_build_object('outbox_lag_s', jsonb_build_array(0, 1, case when n between 100 and 110 then 90 else 2 end))
      from generate_series(5, 10075) n`;
    await sql`insert into system.metric_samples (store, instance, step, at, v)
      values ('postgres', 'primary', 0, now() - interval '1 minute', '{"outbox_lag_s": 99}')`;
    const began = performance.now();
    const tried = { ...RULE, for_seconds: 0, threshold: 50, signal: RULE.signal };
    const { name: _name, severity: _severity, ...input } = tried;
    const found = await ask(tryAlertRule, { ...input, comparison: "over" }, asOps(), stores);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(found.firings).toMatchObject([
      { to: null, peak: 99 },
      { seconds: 660, peak: 90 },
    ]);
    expect(found.points.length).toBeLessThan(400);
    await sql`insert into system.incidents (engine, status, reasons, started_at, ended_at)
      values ('redis', 'down', '[]', now() - interval '2 days', now() - interval '47 hours')`;
    const reach = { signal: "redis.up", comparison: "under", threshold: 0 } as const;
    expect(await ask(tryAlertRule, reach, asOps(), stores)).toMatchObject({ firings: [{ seconds: 3600, peak: 0 }] });
    expect(await outcomeOf(ask(tryAlertRule, { signal: "redis.none", threshold: 1 }, asOps(), stores))).toBe("invalid");
  });
});
