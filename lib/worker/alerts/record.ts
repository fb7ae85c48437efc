// Writes what became of a rule: the alert and the messages about it, in one transaction.
import "server-only";
import type { DeliveryEvent } from "@/lib/alerts/delivery/schema";
import type { Severity } from "@/lib/alerts/schema";
import type { Pool } from "@/lib/databases/postgres/pool";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import type { Watched } from "./watched";

/** What is seen of a rule that holds. */
export type Seen = { severity: Severity; text: string; value: number | null; peak: number | null; since: string };

type On = Pick<Transaction, "query">;

/**
 * Opens the alert of a rule unless another worker did at the same moment. With `until` it has ended before it could be
 * written down. Answers whether this call opened it.
 */
export async function openAlert(
  system: Pool,
  rule: Watched,
  seen: Seen,
  until: string | null = null,
): Promise<boolean> {
  return system.transaction(async (on) => {
    const [row] = await on.query<{ id: string }>(
      `insert into system.alerts (rule_id, signal, severity, text, value, peak, threshold, started_at, told_at)
       values ($1::uuid, $2, $3, $4, $5::float8, $6::float8, $7::float8, $8::text::timestamptz,
         case when $9::boolean then now() end)
       on conflict (rule_id) where resolved_at is null do nothing
       returning id`,
      [
        rule.id,
        rule.signal,
        seen.severity,
        seen.text,
        seen.value,
        seen.peak,
        markOf(rule, seen),
        seen.since,
        !rule.muted,
      ],
    );
    if (!row) return false;
    if (!rule.muted) await tell(on, rule, row.id, "firing");
    if (until !== null) await end(on, rule, { id: row.id, told: !rule.muted }, "cleared", until);
    return true;
  }, "alerts.open");
}

export async function resolveAlert(system: Pool, rule: Watched, why: "cleared" | "rule", at: string): Promise<void> {
  const { open } = rule;
  if (open) await system.transaction((on) => end(on, rule, open, why, at), "alerts.resolve");
}

/** From a warning to critical; whoever had acknowledged it is told again. */
export async function worsenAlert(system: Pool, rule: Watched, seen: Seen): Promise<void> {
  const { open } = rule;
  if (!open) return;
  await system.transaction(async (on) => {
    const [row] = await on.query(
      `update system.alerts
       set severity = 'critical', threshold = $2::float8, text = $3, version = version + 1,
         state = 'firing', acknowledged_at = null, acknowledged_by = null, acknowledge_note = null
       where id = $1::uuid and severity = 'warn' and resolved_at is null returning id`,
      [open.id, markOf(rule, seen), seen.text],
    );
    if (row && open.told && !rule.muted) await tell(on, rule, open.id, "worse");
  }, "alerts.worsen");
}

/** For an alert that opened while nobody was to be told. */
export async function tellLate(system: Pool, rule: Watched): Promise<void> {
  const { open } = rule;
  if (!open) return;
  await system.transaction(async (on) => {
    const [row] = await on.query(
      `update system.alerts set told_at = now()
       where id = $1::uuid and told_at is null and resolved_at is null returning id`,
      [open.id],
    );
    if (row) await tell(on, rule, open.id, "firing");
  }, "alerts.tell");
}

/** The newest value of every open alert, in one statement; it is no new version. */
export async function refreshAlerts(system: Pool, seen: readonly { id: string; seen: Seen }[]): Promise<void> {
  if (seen.length === 0) return;
  await system.query(
    `update system.alerts a
     set value = n.value, peak = n.peak, text = n.text, seen_at = now()
     from unnest($1::uuid[], $2::float8[], $3::float8[], $4::text[]) as n (id, value, peak, text)
     where a.id = n.id and a.resolved_at is null`,
    [
      seen.map(({ id }) => id),
      seen.map(({ seen: { value } }) => value),
      seen.map(({ seen: { peak } }) => peak),
      seen.map(({ seen: { text } }) => text),
    ],
  );
}

async function end(on: On, rule: Watched, open: { id: string; told: boolean }, why: string, at: string): Promise<void> {
  const [row] = await on.query(
    `update system.alerts
     set state = 'resolved', resolved_at = greatest($2::text::timestamptz, started_at), resolved_why = $3,
       version = version + 1
     where id = $1::uuid and resolved_at is null returning id`,
    [open.id, at, why],
  );
  if (row && open.told) await tell(on, rule, open.id, "resolved");
}

/** One message per channel that is on; the body is what the alert is at this moment. */
async function tell(on: On, rule: Watched, alertId: string, event: DeliveryEvent): Promise<void> {
  await on.query(
    `insert into system.alert_deliveries (alert_id, channel_id, event, body)
     select a.id, c.id, $2, jsonb_build_object(
       'type', 'alert.' || $2, 'at', now(), 'alert', jsonb_build_object(
         'id', a.id, 'rule_id', a.rule_id, 'name', $3::text, 'signal', a.signal, 'severity', a.severity,
         'state', a.state, 'text', a.text, 'value', a.value, 'peak', a.peak, 'threshold', a.threshold,
         'started_at', a.started_at, 'resolved_at', a.resolved_at, 'next_step', $4::text
       ))
     from system.alerts a, system.alert_channels c
     where a.id = $1::uuid and c.enabled and c.deleted_at is null and ($5::uuid[] is null or c.id = any ($5::uuid[]))
     on conflict (alert_id, channel_id, event) do nothing`,
    [alertId, event, rule.name, rule.next_step, rule.channels],
  );
}

function markOf(rule: Watched, { severity }: Seen): number | null {
  return severity === "critical" && rule.critical_threshold !== null ? rule.critical_threshold : rule.threshold;
}
