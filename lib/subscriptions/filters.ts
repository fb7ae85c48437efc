import "server-only";
import { and, eq, gte, inArray, lt, lte, or, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { toDecimal } from "@/lib/core/amount";
import { PROVIDERS, type SubscriptionFilters } from "./schema";

/** So many people may match the start of a name or address; beyond them a search says so. */
const MOST_PEOPLE = 2_000;

/** Sorts after every text that starts with the same letters. */
const LAST_CHARACTER = "\u{10ffff}";

/** A filter that is ready to be asked. `more`: the search met more people than are looked at. */
export type Condition = { where: SQL | undefined; more: boolean };

/** Every filter, in PostgreSQL. A search finds its people first, so that the list is read by their ids. */
export async function conditionOf(db: ReadDb, filters: SubscriptionFilters): Promise<Condition> {
  const { q } = filters;
  if (q === undefined) return { where: matching(filters), more: false };
  const people = await startingWith(db, q);
  const some = people.slice(0, MOST_PEOPLE);
  const where = and(matching(filters), found(q, sql`any(${`{${some.join(",")}}`}::uuid[])`));
  return { where, more: people.length > some.length };
}

/** The same for what adds up or leaves as a whole: slower where very many people match, and never cut off. */
export async function wholeOf(db: ReadDb, filters: SubscriptionFilters): Promise<SQL | undefined> {
  const { where, more } = await conditionOf(db, filters);
  if (!more || filters.q === undefined) return where;
  const { byEmail, byName } = starts(filters.q);
  return and(matching(filters), found(filters.q, sql`any(${byEmail} union ${byName})`));
}

function matching(filters: SubscriptionFilters): SQL | undefined {
  const { user_id, status, plan_id, currency } = filters;
  return and(
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
    flag(filters.ending, isEnding),
    flag(filters.differs, isDifferent),
  );
}

/** Set to cancel, and not yet. This and the next are to the letter the conditions of their partial indexes. */
export const isEnding = sql`(subscriptions.cancel_at is not null and subscriptions.status <> 'canceled')`;

/** What the processor says is not what we say. */
const isDifferent = sql`(subscriptions.provider_status is not null
  and subscriptions.provider_status <> subscriptions.status)`;

function flag(asked: boolean | undefined, is: SQL): SQL | undefined {
  if (asked === undefined) return undefined;
  return asked ? is : sql`not ${is}`;
}

function amount({ currency, monthly_min_minor: min, monthly_max_minor: max }: SubscriptionFilters): SQL | undefined {
  const [only] = currency ?? [];
  if (only === undefined) return undefined;
  return and(
    min === undefined ? undefined : gte(subscriptions.monthly, toDecimal(min, only)),
    max === undefined ? undefined : lte(subscriptions.monthly, toDecimal(max, only)),
  );
}

/** By a whole number of ours or a processor's, or by the people. */
function found(q: string, people: SQL): SQL | undefined {
  const text = q.toLowerCase();
  const isId = z.uuid().safeParse(text).success;
  return or(
    isId ? or(eq(subscriptions.id, text), eq(subscriptions.user_id, text)) : undefined,
    and(inArray(subscriptions.provider, [...PROVIDERS]), eq(subscriptions.provider_ref, q)),
    sql`${subscriptions.id} = any(array(
      select t.subscription_id from app.subscription_transactions t where t.transaction_id = ${q}))`,
    sql`${subscriptions.user_id} = ${people}`,
  );
}

/** People whose name or address starts so, as ranges, which their indexes answer. */
function starts(q: string) {
  const text = q.normalize("NFC").toLowerCase();
  const within = (column: SQL) => sql`
    select u.id from app.users u
    where u.deleted_at is null and ${column} >= ${text} and ${column} < ${text + LAST_CHARACTER}`;
  return { byEmail: within(sql`u.email`), byName: within(sql`u.sort_name`) };
}

/** Their ids, one more than are looked at. */
async function startingWith(db: ReadDb, q: string): Promise<string[]> {
  const { byEmail, byName } = starts(q);
  const most = MOST_PEOPLE + 1;
  const rows = await db.execute<{ id: string }>(sql`
    (${byEmail} limit ${most}) union (${byName} limit ${most}) limit ${most}`);
  return rows.map(({ id }) => id);
}
