import "server-only";
import { desc, sql } from "drizzle-orm";
import { audit_events as events } from "@/drizzle/schema/audit";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { inBody, matching } from "./filters";
import type { AuditFacets, AuditFilters, AuditKind, FacetValue } from "./schema";

const LOOKED_AT = 10_000;
const LONGEST_DAYS = 90;
const HOURLY_UP_TO_DAYS = 3;
const DAY_MS = 86_400_000;

/** Events that are alike, counted together; each facet sums them with every filter but its own. */
type Group = {
  kind: AuditKind;
  noun: string | null;
  action: string;
  outcome: string;
  origin: string | null;
  at: string;
  count: number;
};

const REFUSED = /refused|failed|wrong|locked|denied/;

/** Counts over the newest 10,000 events of the time range (90 days at most), whatever the size of the audit. */
export async function facetsOf(db: ReadDb, filters: AuditFilters, now: Date): Promise<AuditFacets> {
  const { kind, noun, action, outcome, origin, ...scope } = filters;
  const range = boundedRange(filters, now);
  const groups = await groupsOf(db, { ...scope, ...range }, range.step);
  const chosen = { kind, noun, action, outcome, origin };
  const count = (facet: keyof typeof chosen) => countBy(groups.filter(fits({ ...chosen, [facet]: undefined })), facet);
  return {
    kind: count("kind"),
    noun: count("noun"),
    action: count("action"),
    outcome: count("outcome"),
    origin: count("origin"),
    volume: { step: range.step, bars: barsOf(groups.filter(fits(chosen))) },
    exact: groups.reduce((sum, group) => sum + group.count, 0) < LOOKED_AT,
  };
}

type Chosen = Partial<Pick<AuditFilters, "kind" | "noun" | "action" | "outcome" | "origin">>;

function fits(chosen: Chosen) {
  return (group: Group): boolean =>
    (!chosen.kind || chosen.kind.includes(group.kind)) &&
    (!chosen.noun || chosen.noun === group.noun) &&
    (!chosen.action || chosen.action === group.action) &&
    (!chosen.outcome || chosen.outcome === group.outcome) &&
    (!chosen.origin || chosen.origin.some((origin) => origin === group.origin));
}

function countBy(groups: readonly Group[], facet: keyof Chosen): FacetValue[] {
  const counts = new Map<string, number>();
  for (const group of groups) {
    const value = group[facet] ?? "";
    counts.set(value, (counts.get(value) ?? 0) + group.count);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((left, right) => right.count - left.count);
}

function barsOf(groups: readonly Group[]): AuditFacets["volume"]["bars"] {
  const bars = new Map<string, { at: string; count: number; failed: number }>();
  for (const { at, count, outcome } of groups) {
    const bar = bars.get(at) ?? { at, count: 0, failed: 0 };
    bar.count += count;
    bar.failed += REFUSED.test(outcome) ? count : 0;
    bars.set(at, bar);
  }
  return [...bars.values()].sort((left, right) => left.at.localeCompare(right.at));
}

async function groupsOf(db: ReadDb, filters: AuditFilters, step: "hour" | "day"): Promise<Group[]> {
  const newest = db
    .select({
      kind: events.kind,
      noun: events.noun,
      action: events.action,
      outcome: sql<string>`coalesce(${inBody("outcome")}, 'done')`.as("outcome"),
      origin: inBody("origin").as("origin"),
      bucket:
        sql<string>`to_char(date_trunc(${sql.raw(`'${step}'`)}, ${events.at} at time zone 'UTC'), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`.as(
          "bucket",
        ),
    })
    .from(events)
    .where(matching(filters))
    .orderBy(desc(events.at), desc(events.id))
    .limit(LOOKED_AT)
    .as("newest");
  return db
    .select({
      kind: newest.kind,
      noun: newest.noun,
      action: newest.action,
      outcome: newest.outcome,
      origin: newest.origin,
      at: newest.bucket,
      count: sql<number>`count(*)::int`,
    })
    .from(newest)
    .groupBy(newest.kind, newest.noun, newest.action, newest.outcome, newest.origin, newest.bucket);
}

function boundedRange({ from, to }: AuditFilters, now: Date) {
  const end = to ? new Date(to) : now;
  const earliest = end.getTime() - LONGEST_DAYS * DAY_MS;
  const start = Math.max(from ? Date.parse(from) : earliest, earliest);
  const step: "hour" | "day" = end.getTime() - start <= HOURLY_UP_TO_DAYS * DAY_MS ? "hour" : "day";
  return { from: new Date(start).toISOString(), step, ...(to && { to }) };
}
