// What a command does to a customer's money, as the preview shows it.
import "server-only";
import type { Change, Line, Money } from "@/lib/core/operation";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { stateText } from "./client";
import { creditOf, type Book } from "./ledger";
import { cycleMinor, priceOf } from "./prices";
import type { Subscription } from "./schema";
import { termsOf } from "./switch";
import { reread } from "./touch";

type Effect = {
  was: Subscription | null;
  /** Before anything was written; null for a new subscription. */
  next_before: Money["next"];
  lines?: readonly Line[];
};

/**
 * The next charge, less the credit there is: the next regular one, or before that what a planned change costs on its
 * day. Null when none will come by itself.
 */
export async function nextCharge(on: { tx: ReadDb; subscription: Subscription }): Promise<Money["next"]> {
  const { subscription } = on;
  const { status, cancel_at, period_end, trial_end, next_price_id, next_price_at, resume_at } = subscription;
  if (status === "canceled" || status === "incomplete" || subscription.comped) return null;
  if (status === "paused" && resume_at === null) return null;
  const end = status === "trialing" && trial_end !== null ? trial_end : period_end;
  const at = status === "paused" ? moved(subscription, end) : end;
  const scheduled = next_price_at !== null && next_price_at <= end;
  const old = await priceOf(on.tx, subscription.price_id);
  const price = scheduled && next_price_id !== null ? await priceOf(on.tx, next_price_id) : old;
  const quantity = (scheduled ? subscription.next_quantity : null) ?? subscription.quantity;
  let credit = await creditOf(on);
  if (scheduled && next_price_at < end && isCharged(status)) {
    const { period, asked, unused } = await termsOf(on, old, { price, quantity }, new Date(next_price_at));
    const change = { minor: asked - unused - credit, at: next_price_at };
    if (cancel_at !== null && cancel_at <= next_price_at) return null;
    if ((period || change.minor > 0) && !uncharged(subscription, next_price_at)) {
      return { ...change, minor: Math.max(change.minor, 0) };
    }
    credit += Math.max(unused - asked, 0);
  }
  if (uncharged(subscription, at) || (cancel_at !== null && cancel_at <= end)) return null;
  const gross = cycleMinor(subscription, price, quantity, new Date(at));
  return { minor: Math.max(gross - credit, 0), at };
}

/** A change inside a period is charged on its day; not in a trial. */
function isCharged(status: Subscription["status"]): boolean {
  return status === "active" || status === "past_due";
}

/** The end of a period is later by the time the service is paused. */
function moved({ paused_at, resume_at }: Subscription, end: string): string {
  const pausedMs = paused_at && resume_at ? Date.parse(resume_at) - Date.parse(paused_at) : 0;
  return new Date(Date.parse(end) + pausedMs).toISOString();
}

/** Whether a charge at that time would be taken back or given up at once. */
function uncharged({ collection_behavior, collection_resume_at }: Subscription, at: string): boolean {
  if (collection_behavior === null || collection_behavior === "keep") return false;
  return collection_resume_at === null || collection_resume_at > at;
}

/** The change of a subscription with its money; everything has to be booked by then. */
export async function changed(
  on: Book,
  { was, next_before, lines = [] }: Effect,
): Promise<Change<"subscription", Subscription>> {
  const now = await reread(on.tx, on.subscription);
  return {
    entity: "subscription",
    id: now.id,
    version: now.version,
    before: was && facts(was),
    after: facts(now),
    subject: now.user_id,
    money: {
      currency: now.currency,
      lines,
      due_minor: lines.reduce((sum, { minor }) => sum + minor, 0),
      next_before,
      next: await nextCharge({ tx: on.tx, subscription: now }),
      monthly_before_minor: was?.monthly_minor ?? 0,
      monthly_minor: now.monthly_minor,
      state_before: was ? stateText(was) : "None",
      state: stateText(now),
      entries: on.entries,
    },
  };
}

/** Without what changes with every save. */
function facts({ version: _version, updated_at: _updated, ...rest }: Subscription): Partial<Subscription> {
  return rest;
}
