import "server-only";
import { and, gte, isNull, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { firstIdAt } from "./filters";
import { USER_STATUSES, type UserFigures, type UserStatus } from "./schema";

const DAYS = 30;
const DAY_MS = 86_400_000;

/** People by status, and sign-ups a day over the last 30 days. */
export async function figures(db: ReadDb, now: Date): Promise<UserFigures> {
  const days = lastDays(now);
  const [statuses, signUps] = await Promise.all([
    db
      .select({ status: users.status, count: sql<number>`count(*)::int` })
      .from(users)
      .where(isNull(users.deleted_at))
      .groupBy(users.status),
    db
      .select({
        day: sql<string>`(${users.created_at} at time zone 'UTC')::date::text`,
        count: sql<number>`count(*)::int`,
      })
      .from(users)
      .where(and(isNull(users.deleted_at), gte(users.id, firstIdAt(`${days[0]}T00:00:00Z`))))
      .groupBy(sql`1`),
  ]);
  const perDay = new Map(signUps.map(({ day, count }) => [day, count]));
  const perStatus = new Map<UserStatus, number>(statuses.map(({ status, count }) => [status, count]));
  return {
    total: statuses.reduce((sum, { count }) => sum + count, 0),
    by_status: countOf(perStatus),
    sign_ups: days.map((day) => ({ day, count: perDay.get(day) ?? 0 })),
    as_of: now.toISOString(),
  };
}

function countOf(perStatus: ReadonlyMap<UserStatus, number>): UserFigures["by_status"] {
  const counts: UserFigures["by_status"] = { invited: 0, unverified: 0, active: 0, suspended: 0, archived: 0 };
  for (const status of USER_STATUSES) counts[status] = perStatus.get(status) ?? 0;
  return counts;
}

function lastDays(now: Date): string[] {
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(now.getTime() - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}
