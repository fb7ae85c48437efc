// The scheduled work of billing: finds what is due and runs the command for it. Several may run at once: each command
// acts at the version it was asked for, so one of them wins and the others find nothing to do.
import "server-only";
import { and, asc, eq, gt, inArray, isNull, lte, sql, type SQL } from "drizzle-orm";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { systemContext } from "@/lib/core/context";
import type { Command } from "@/lib/core/operation";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { applyChange, endPause, endSubscription, renewSubscription } from "@/lib/subscriptions/billing/commands";
import { LAPSE_AFTER_DAYS, collectAgain, lapseSubscription } from "@/lib/subscriptions/collection/commands";

const MOST_AT_ONCE = 200;
/** Pages of those that could not be billed, before a pass ends. */
const MOST_FAILED = 10;
const SIDE_BY_SIDE = 4;

type Due = { id: string; version: number };
type Step = { command: Command; where: (now: string) => SQL | undefined; by: SQL };

const running = inArray(subscriptions.status, ["trialing", "active", "past_due"]);

/** In the words of the index `subscriptions_due`. */
const PLANNED = "cancel_at, next_price_at, resume_at, collection_resume_at, retry_at";

/** A column of planned work whose time has come. */
function reached(column: "cancel_at" | "next_price_at" | "retry_at", now: string): SQL {
  return sql`${sql.raw(column)} <= ${now}::timestamptz and ${planned(now)}`;
}

function planned(now: string): SQL {
  return sql`status <> 'canceled' and coalesce(${sql.raw(PLANNED)}) is not null
    and least(${sql.raw(PLANNED)}) <= ${now}::timestamptz`;
}

/** In this order: what ends is not renewed, what resumes is charged again. */
const STEPS: readonly Step[] = [
  {
    command: endSubscription,
    // The end of a period that is paused is still to come.
    where: (now) => sql`${reached("cancel_at", now)} and not (status = 'paused' and cancel_at = period_end)`,
    by: sql`cancel_at`,
  },
  {
    command: endPause,
    where: (now) =>
      sql`${planned(now)} and (status = 'paused' and resume_at <= ${now}::timestamptz
        or status in ('trialing', 'active', 'past_due') and collection_resume_at <= ${now}::timestamptz)`,
    by: sql`least(resume_at, collection_resume_at)`,
  },
  {
    command: applyChange,
    where: (now) => and(running, reached("next_price_at", now), sql`next_price_at < period_end`),
    by: sql`next_price_at`,
  },
  {
    command: renewSubscription,
    where: (now) =>
      and(running, lte(subscriptions.period_end, now), sql`(cancel_at is null or cancel_at > period_end)`),
    by: sql`period_end`,
  },
  {
    command: collectAgain,
    where: (now) => and(isNull(subscriptions.collection_paused_at), reached("retry_at", now)),
    by: sql`retry_at`,
  },
  { command: lapseSubscription, where: overdue, by: sql`id` },
];

/** More is owed than what was charged lately, so something older is open. */
function overdue(now: string): SQL | undefined {
  return and(
    eq(subscriptions.status, "active"),
    eq(subscriptions.provider, "manual"),
    isNull(subscriptions.collection_paused_at),
    gt(subscriptions.balance_due, "0"),
    sql`balance_due > coalesce((
      select sum(t.amount) from app.subscription_transactions t
      where t.subscription_id = subscriptions.id and t.kind = 'charge'
        and t.created_at > ${now}::timestamptz - make_interval(days => ${LAPSE_AFTER_DAYS})), 0)`,
  );
}

/** One pass; answers how many commands had an effect. A period that was slept through is charged in a later pass. */
export async function bill(stores: Stores, signal: AbortSignal, mostAtOnce = MOST_AT_ONCE): Promise<number> {
  let done = 0;
  for (const step of STEPS) done += await take(stores, step, mostAtOnce, signal);
  return done;
}

/** What could not be done stays due, before the others: the next page begins behind it. */
async function take(stores: Stores, step: Step, mostAtOnce: number, signal: AbortSignal): Promise<number> {
  let done = 0;
  for (let failed = 0; done < mostAtOnce && failed < MOST_FAILED * mostAtOnce;) {
    const due = await find(stores, step, mostAtOnce, failed);
    for (let start = 0; start < due.length && !signal.aborted; start += SIDE_BY_SIDE) {
      const some = due.slice(start, start + SIDE_BY_SIDE);
      const results = await Promise.all(some.map((one) => carryOut(stores, step.command, one)));
      const did = results.filter(Boolean).length;
      done += did;
      failed += some.length - did;
    }
    if (due.length < mostAtOnce || signal.aborted) break;
  }
  return done;
}

function find(stores: Stores, { where, by }: Step, limit: number, offset: number): Promise<Due[]> {
  const now = new Date().toISOString();
  return stores.postgres.reader.read((db) =>
    db
      .select({ id: subscriptions.id, version: subscriptions.version })
      .from(subscriptions)
      .where(where(now))
      .orderBy(asc(by))
      .limit(limit)
      .offset(offset),
  );
}

async function carryOut(stores: Stores, command: Command, due: Due): Promise<boolean> {
  try {
    await execute(command, due, systemContext(command.action), stores);
    return true;
  } catch (error) {
    const { code } = toAppError(error);
    if (code === "unavailable") throw error;
    // Another worker was first, or a person; or it waits for its turn.
    if (!["stale", "conflict", "busy"].includes(code)) stores.log.warn({ id: due.id, code }, "It could not be billed.");
    return false;
  }
}
