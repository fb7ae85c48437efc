import "server-only";
import { and, eq, gte, inArray, lt, or, sql, type SQL } from "drizzle-orm";
import { audit_events as events } from "@/drizzle/schema/audit";
import type { AuditFilters } from "./schema";

/** What is not a column of its own stands in the signed body. */
export const inBody = (field: "outcome" | "origin") =>
  sql<string | null>`(${events.body}::jsonb ->> ${sql.raw(`'${field}'`)})`;

/** The indexes begin with actor, action, noun, target, subject or kind, and end with the time. */
export function matching(filters: AuditFilters): SQL | undefined {
  return and(
    filters.actor ? eq(events.actor_id, filters.actor) : undefined,
    filters.action ? eq(events.action, filters.action) : undefined,
    filters.noun ? eq(events.noun, filters.noun) : undefined,
    filters.kind ? inArray(events.kind, filters.kind) : undefined,
    filters.target ? aboutTarget(filters.target) : undefined,
    filters.subject ? eq(events.subject_id, filters.subject) : undefined,
    filters.request_id ? eq(events.request_id, filters.request_id) : undefined,
    filters.outcome ? endedAs(filters.outcome) : undefined,
    filters.origin ? inArray(inBody("origin"), filters.origin) : undefined,
    filters.from ? gte(events.at, filters.from) : undefined,
    filters.to ? lt(events.at, filters.to) : undefined,
  );
}

/** Whatever is written down as a target; a test compares it with the registry. */
export const TARGETS = [
  ...["alert", "approval", "health", "maintenance", "plan", "processor-event"],
  ...["revenue", "session", "subscription", "user"],
];

/** The index begins with the type of the target. */
function aboutTarget(id: string): SQL | undefined {
  return and(inArray(events.target_type, TARGETS), eq(events.target_id, id));
}

/** Only events of security say how they ended; every other one that is there was done. */
function endedAs(outcome: string): SQL | undefined {
  const silent = sql`${inBody("outcome")} is null`;
  if (outcome === "done") return or(inArray(events.kind, ["change", "job", "access"]), silent);
  return and(eq(events.kind, "security"), eq(inBody("outcome"), outcome));
}
