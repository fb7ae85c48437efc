import "server-only";
import { asc, isNull, sql } from "drizzle-orm";
import { alert_rules } from "@/drizzle/schema/alerts";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import type { Values } from "@/lib/databases/schema";
import { countAlerts, listPage } from "./list";
import { alert } from "./noun";
import { isMuted, ruleColumns, toRule } from "./rows";
import {
  type AlertCounts,
  type AlertPage,
  CountAlerts,
  ListAlerts,
  ListRules,
  type RuleList,
  type TryAnswer,
  TryRule,
} from "./schema";
import { choices, watchable } from "./signals";
import { tryRule } from "./tryout";

export const listAlerts = query({
  noun: alert,
  action: "alert.list",
  permission: "alerts.read",
  input: ListAlerts,
  run: (input, scope): Promise<AlertPage> => listPage(scope, input),
});

export const alertCounts = query({
  noun: alert,
  action: "alert.counts",
  permission: "alerts.read",
  input: CountAlerts,
  cache: { ttl_seconds: 5, tags: ["alert"] },
  run: (_input, scope): Promise<AlertCounts> => countAlerts(scope),
});

/** Every rule with the value of now; there are as many as the catalogue has limits, and a few own ones. */
export const listRules = query({
  noun: alert,
  action: "alert.rules",
  permission: "alerts.read",
  input: ListRules,
  async run(_input, { db, now }): Promise<RuleList> {
    const [rows, fired, values] = await Promise.all([
      db
        .select(ruleColumns)
        .from(alert_rules)
        .where(isNull(alert_rules.deleted_at))
        .orderBy(asc(alert_rules.signal), asc(alert_rules.name), asc(alert_rules.id)),
      firedCounts(db),
      newestValues(db),
    ]);
    const data = rows.map((row) => {
      const rule = toRule(row);
      const { open = false, week = 0 } = fired.get(rule.id) ?? {};
      return {
        ...rule,
        unit: watchable(rule.signal)?.unit ?? null,
        now: values.get(rule.signal) ?? null,
        muted: isMuted(rule, now),
        open,
        fired_7d: week,
      };
    });
    return { data, signals: choices() };
  },
});

/** When a rule with these marks would have fired in the last seven days. */
export const tryAlertRule = query({
  noun: alert,
  action: "alert.try",
  permission: "alerts.read",
  input: TryRule,
  async run({ signal, ...marks }, { db }): Promise<TryAnswer> {
    const known = watchable(signal);
    if (!known) throw new AppError("invalid", "There is no such signal.", { fields: { signal: ["is not measured"] } });
    return tryRule(db, known, marks);
  },
});

async function firedCounts(db: ReadDb): Promise<Map<string, { open: boolean; week: number }>> {
  const rows = await db.execute<{ rule_id: string; open: boolean; week: number }>(sql`
    select rule_id, bool_or(resolved_at is null) as open,
      (count(*) filter (where started_at > now() - interval '7 days'))::integer as week
    from system.alerts
    where resolved_at is null or resolved_at > now() - interval '7 days'
    group by rule_id`);
  return new Map(rows.map(({ rule_id, open, week }) => [rule_id, { open, week }]));
}

/** By the names of signals, as the sampler last reported them. */
async function newestValues(db: ReadDb): Promise<Map<string, number | null>> {
  const rows = await db.execute<{ engine: string; values: Values }>(sql`
    select engine, report -> 'values' as values from system.engine_reports where at > now() - interval '1 minute'`);
  return new Map(
    rows.flatMap(({ engine, values }) => Object.entries(values).map(([id, value]) => [`${engine}.${id}`, value])),
  );
}
