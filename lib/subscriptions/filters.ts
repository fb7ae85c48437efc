import "server-only";
import { and, eq, gte, inArray, isNotNull, lt, lte, or, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import type { SubscriptionFilters } from "./schema";
import { asCurrency, toDecimal } from "@/lib/plans/money";

/** So many people may match the start of a name or address; beyond them a search says so. */
export const MOST_PEOPLE = 2_000;

/** Sorts after every text that starts with the same letters. */
const LAST_CHARACTER = "\u{10ffff}";

/** Every filter, in PostgreSQL. A search is by a whole number, or by the start of a customer's name or address. */
export function matching(filters: SubscriptionFilters): SQL | undefined {
  const { q, user_id, status, plan_id, currency } = filters;
  return and(
    q === undefined ? undefined : found(q),
    user_id === undefined ? undefined : eq(subscriptions.user_id, user_id),
    status && inArray(subscriptions.status, status),
    plan_id === undefined ? undefined : eq(subscriptions.plan_id, plan_id),
    currency && inArray(subscriptions.currency, currency),
    filters.period_end_after ? gte(subscriptions.period_end, filters.period_end_after) : undefined,
    filters.period_end_before ? lt(subscriptions.period_end, filters.period_end_before) : undefined,
    filters.trial_end_before
      ? and(eq(subscriptions.status, "trialing"), lt(subscriptions.trial_end, filters.trial_end_before))
      : undefined,
    amount(filters),
    filters.ending ? isNotNull(subscriptions.cancel_at) : undefined,
    filters.differs ? differs : undefined,
  );
}

/** What the processor says is not what we say. */
export const differs = sql<boolean>`(subscriptions.provider_status is not null
  and subscriptions.provider_status <> subscriptions.status)`;

function amount({ currency, monthly_min_minor: min, monthly_max_minor: max }: SubscriptionFilters): SQL | undefined {
  const [only] = currency ?? [];
  if (only === undefined) return undefined;
  const of = asCurrency(only);
  return and(
    min === undefined ? undefined : gte(subscriptions.monthly, toDecimal(min, of)),
    max === undefined ? undefined : lte(subscriptions.monthly, toDecimal(max, of)),
  );
}

function found(q: string): SQL | undefined {
  const text = q.normalize("NFC").toLowerCase();
  const isId = z.uuid().safeParse(text).success;
  return or(
    isId ? or(eq(subscriptions.id, text), eq(subscriptions.user_id, text)) : undefined,
    sql`${subscriptions.provider_ref} = ${q}`,
    sql`${subscriptions.id} in (select t.subscription_id from app.subscription_transactions t where t.transaction_id = ${q})`,
    sql`${subscriptions.user_id} = any(array(${people(text)}))`,
  );
}

/** As ranges, which the indexes on e-mail and name answer; each gives at most its share. */
function people(text: string): SQL {
  const end = text + LAST_CHARACTER;
  return sql`
    (select u.id from app.users u
     where u.deleted_at is null and u.email >= ${text} and u.email < ${end} limit ${MOST_PEOPLE})
    union
    (select u.id from app.users u
     where u.deleted_at is null and u.sort_name >= ${text} and u.sort_name < ${end} limit ${MOST_PEOPLE})`;
}
