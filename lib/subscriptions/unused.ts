// Gives back what of the running period is not used: first off what is open of it, then of what was paid for it.
import "server-only";
import { sql } from "drizzle-orm";
import { toMinor } from "@/lib/core/amount";
import type { Line } from "@/lib/core/operation";
import { chargesOf } from "./charged";
import { book, standing, type Book, type Open } from "./ledger";
import { refund } from "./settle";
import type { Subscription } from "./schema";

/** Unused time lowers revenue; other credit is given away. */
const SIDES = ["revenue", "customer_credit"] as const;

/** Payments for the running period, newest first, with what can still be given back of each. */
async function paidFor(
  { tx, subscription }: Book,
  period: Subscription,
): Promise<{ id: string; left_minor: number }[]> {
  const rows = await tx.execute<{ id: string; left: string }>(sql`
    with charges as (${chargesOf(period)})
    select p.id, (p.amount - coalesce((
      select sum(k.amount) from app.subscription_transactions k where k.parent_id = p.id and k.status <> 'failed'), 0)
    )::numeric(12, 2) as left
    from charges c join app.subscription_transactions p on p.parent_id = c.id
    where p.kind = 'payment' and p.status <> 'failed' and not exists (
      select 1 from app.subscription_transactions r where r.parent_id = p.id and r.kind = 'reversal')
    order by p.id desc`);
  return rows.map(({ id, left }) => ({ id, left_minor: toMinor(left, subscription.currency) }));
}

/** Takes up to `minor` off what is open of the period; answers how much it was. */
async function lowerOpen(on: Book, period: Subscription, minor: number, description: string): Promise<number> {
  const charges = await on.tx.execute<{ id: string }>(chargesOf(period));
  const ids = new Set(charges.map(({ id }) => id));
  let left = minor;
  for (const { id, open_minor } of await standing(on, "charge")) {
    const part = ids.has(id) ? Math.min(open_minor, left) : 0;
    if (part === 0) continue;
    await credit(on, period, part, description);
    await book(on, "credit_use", part, { parent: id, description: "Not used, taken off" });
    left -= part;
  }
  return minor - left;
}

async function credit(on: Book, { period_start }: Subscription, minor: number, description: string, parent?: string) {
  if (minor === 0) return;
  await book(on, "credit", minor, { description, of_period: period_start, ...(parent && { parent }) }, SIDES);
}

/**
 * Credit for what was charged in the running period and will not be used; answers what it took off open charges. Credit
 * hangs on the payment it comes from, whose refund it lowers. `period` is the subscription before the change.
 */
export async function creditUnused(
  on: Book,
  period: Subscription,
  minor: number,
  description: string,
): Promise<number> {
  if (minor === 0) return 0;
  const taken = await lowerOpen(on, period, minor, description);
  let left = minor - taken;
  for (const { id, left_minor } of await paidFor(on, period)) {
    const part = Math.min(left, left_minor);
    await credit(on, period, part, description, id);
    left -= part;
  }
  // What had been paid from credit.
  await credit(on, period, left, description);
  return taken;
}

/** The same as money: back to the payments of the period; only what had been paid from credit becomes credit again. */
export async function refundUnused(on: Book, period: Subscription, minor: number): Promise<Line[]> {
  const description = "Not used";
  const taken = await lowerOpen(on, period, minor, description);
  const left = new Map((await paidFor(on, period)).map(({ id, left_minor }) => [id, left_minor]));
  const payments = (await standing(on, "payment")).filter(({ id }) => left.has(id)).reverse();
  const lines = await refundFrom(on, payments, minor - taken);
  const back = lines.reduce((sum, line) => sum - line.minor, 0);
  const rest = minor - taken - back;
  await credit(on, period, rest, description);
  if (rest > 0) lines.push({ text: "Credit, as it was paid from credit", minor: -rest });
  if (taken === 0) return lines;
  return [{ text: "Not used, still open", minor: -taken }, { text: "Taken off what is open", minor: taken }, ...lines];
}

/** Money of the payments, in their order, up to `minor`. */
export async function refundFrom(on: Book, payments: readonly Open[], minor: number): Promise<Line[]> {
  const lines: Line[] = [];
  let left = minor;
  for (const payment of payments) {
    const part = Math.min(left, payment.open_minor);
    if (part > 0) lines.push(await refund(on, payment, part));
    left -= part;
  }
  return lines;
}
