import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { alert_rules, alerts } from "@/drizzle/schema/alerts";
import { canonical } from "@/lib/core/canonical";
import { AppError } from "@/lib/core/errors";
import { command, inverse } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import type { Db } from "@/lib/databases/postgres/pool";
import { checkRule } from "./check";
import { alert } from "./noun";
import { heldRule, setDeleted, writeRule } from "./rule-rows";
import { isMuted } from "./rows";
import { Acknowledge, CreateRule, DeleteRule, EditRule, LONGEST_MUTE_DAYS, MuteRule, UnmuteRule } from "./schema";

export const createRule = command({
  noun: alert,
  action: "alert.rule-create",
  permission: "alerts.edit",
  input: CreateRule,
  async run({ id = randomUUID(), reason: _reason, ...rule }, { tx, ctx }) {
    await checkRule(tx, rule);
    const [row] = await tx
      .insert(alert_rules)
      .values({ id, ...rule, updated_by: ctx.actor.id })
      .onConflictDoNothing()
      .returning({ id: alert_rules.id });
    if (!row) throw new AppError("conflict", "There is a rule with this id already.");
    return { entity: "alert", id, version: 1, before: null, after: rule };
  },
});

export const editRule = command({
  noun: alert,
  action: "alert.rule-edit",
  permission: "alerts.edit",
  input: EditRule,
  async run({ id, version, reason: _reason, ...edits }, { tx, ctx }) {
    const before = await heldRule(tx, { id, version });
    const given = Object.fromEntries(Object.entries(edits).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given };
    if (canonical(after) === canonical(before)) throw new AppError("conflict", "Nothing to change.");
    if (before.builtin !== null && after.signal !== before.signal) {
      throw new AppError("conflict", "A rule of the catalogue keeps its signal. Make a rule of your own instead.");
    }
    // A signal that has left the catalogue must not keep its rule from being switched off.
    const isOnlySwitch = Object.keys(given).every((field) => field === "enabled" || field === "name");
    if (!isOnlySwitch) await checkRule(tx, after);
    return writeRule(tx, before, given, ctx.actor.id);
  },
});

/** For own rules; its open alert ends with the next report. */
export const deleteRule = command({
  noun: alert,
  action: "alert.rule-delete",
  permission: "alerts.edit",
  input: DeleteRule,
  run: ({ id, version }, { tx, ctx }) => setDeleted(tx, { id, version }, true, ctx.actor.id),
});

export const restoreRule = command({
  noun: alert,
  action: "alert.rule-restore",
  permission: "alerts.edit",
  input: DeleteRule,
  run: ({ id, version }, { tx, ctx }) => setDeleted(tx, { id, version }, false, ctx.actor.id),
});

/** The rule is still evaluated, but nobody is told until then. */
export const muteRule = command({
  noun: alert,
  action: "alert.rule-mute",
  permission: "alerts.acknowledge",
  input: MuteRule,
  async run({ id, version, until, hours, reason }, { tx, ctx, now }) {
    if ((until === undefined) === (hours === undefined)) {
      throw new AppError("invalid", "Say until when, or for how long.", { fields: { until: ["or hours is needed"] } });
    }
    const end = new Date(until ?? now.getTime() + (hours ?? 0) * 3_600_000);
    const latest = new Date(now.getTime() + LONGEST_MUTE_DAYS * 86_400_000);
    if (end <= now || end > latest) {
      const problem = end <= now ? "is in the past" : `is more than ${LONGEST_MUTE_DAYS} days away`;
      throw new AppError("invalid", "The end of the mute cannot be used.", { fields: { until: [problem] } });
    }
    const before = await heldRule(tx, { id, version });
    const set = { muted_until: end.toISOString(), mute_reason: reason, muted_by: ctx.actor.id };
    return writeRule(tx, before, set, ctx.actor.id);
  },
});

export const unmuteRule = command({
  noun: alert,
  action: "alert.rule-unmute",
  permission: "alerts.acknowledge",
  input: UnmuteRule,
  async run({ id, version }, { tx, ctx, now }) {
    const before = await heldRule(tx, { id, version });
    if (!isMuted(before, now)) throw new AppError("conflict", "This rule is not muted.");
    return writeRule(tx, before, { muted_until: null, mute_reason: null, muted_by: null }, ctx.actor.id);
  },
});

/** Somebody looks after it; it stays open until the value has come back. */
export const acknowledgeAlert = command({
  noun: alert,
  action: "alert.acknowledge",
  permission: "alerts.acknowledge",
  input: Acknowledge,
  run: ({ id, version, reason }, { tx, ctx }) =>
    moveAlert(tx, { id, version }, "firing", { state: "acknowledged", by: ctx.actor.id, note: reason ?? null }),
});

export const unacknowledgeAlert = command({
  noun: alert,
  action: "alert.unacknowledge",
  permission: "alerts.acknowledge",
  input: Acknowledge,
  run: ({ id, version }, { tx }) =>
    moveAlert(tx, { id, version }, "acknowledged", { state: "firing", by: null, note: null }),
});

const seen = (change: { id: string; version: number }) => ({ id: change.id, version: change.version });

export const inverses = [
  inverse(createRule, deleteRule, seen),
  inverse(deleteRule, restoreRule, seen),
  inverse(restoreRule, deleteRule, seen),
  inverse(editRule, editRule, (change) => ({ ...seen(change), ...change.before })),
  inverse(muteRule, unmuteRule, seen),
  inverse(unmuteRule, muteRule, (change) => ({
    ...seen(change),
    until: change.before?.muted_until ?? "",
    reason: change.before?.mute_reason ?? "Muted again by undo",
  })),
  inverse(acknowledgeAlert, unacknowledgeAlert, seen),
  inverse(unacknowledgeAlert, acknowledgeAlert, seen),
];

type Move = { state: "firing" | "acknowledged"; by: string | null; note: string | null };

async function moveAlert(tx: Db, target: { id: string; version: number }, from: Move["state"], to: Move) {
  const { id, version } = target;
  const [row] = await tx
    .update(alerts)
    .set({
      state: to.state,
      acknowledged_by: to.by,
      acknowledged_at: to.state === "acknowledged" ? sql`now()` : null,
      acknowledge_note: to.note,
      version: version + 1,
    })
    .where(and(eq(alerts.id, id), eq(alerts.version, version), eq(alerts.state, from), isNull(alerts.resolved_at)))
    .returning({ id: alerts.id });
  if (!row) throw await unmoved(tx, target);
  // The note is the reason of the event: it is typed after the preview, which must not depend on it.
  return { entity: "alert" as const, id, version: version + 1, before: { state: from }, after: { state: to.state } };
}

async function unmoved(tx: Db, { id, version }: { id: string; version: number }): Promise<AppError> {
  const columns = { id: alerts.id, state: alerts.state, version: alerts.version, resolved_at: alerts.resolved_at };
  const [row] = await tx.select(columns).from(alerts).where(eq(alerts.id, id));
  if (!row) return new AppError("not_found", "There is no such alert.");
  if (row.resolved_at !== null) return new AppError("conflict", "This alert has cleared already.");
  if (row.version === version) return new AppError("conflict", `This alert is ${row.state}.`);
  const current = { ...row, resolved_at: toIso(row.resolved_at) };
  return new AppError("stale", "This alert changed in the meantime.", { current });
}
