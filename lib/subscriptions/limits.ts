import "server-only";
import { sql } from "drizzle-orm";
import { asCurrency, moneyText, toMinor } from "@/lib/core/amount";
import type { Change, Fields, Scope } from "@/lib/core/operation";
import { env } from "@/lib/env";
import { EXPONENTS, type Currency } from "@/lib/plans/schema";

/** Yen for one unit of the other currencies, roughly: a limit is no rate of exchange. */
const YEN = 150;

/**
 * Why giving so much away needs a second person; null up to `QUADRANT_APPROVAL_ABOVE_MINOR`. What the same customer
 * was given within a day counts with it.
 */
export async function needsApproval(
  changes: readonly Change<string, Fields>[],
  { tx }: Pick<Scope, "tx">,
): Promise<string | null> {
  for (const { money, subject } of changes) {
    if (!money || money.due_minor >= 0) continue;
    const currency = asCurrency(money.currency);
    const limit = limitOf(currency);
    const given = -money.due_minor;
    if (given > limit) return `More than ${moneyText(limit, currency)} is given away.`;
    if (subject !== undefined && given + (await givenBefore(tx, subject, currency)) > limit) {
      return `More than ${moneyText(limit, currency)} is given away within 24 hours.`;
    }
  }
  return null;
}

function limitOf(currency: Currency): number {
  const above = env().QUADRANT_APPROVAL_ABOVE_MINOR;
  return EXPONENTS[currency] === 0 ? Math.round((above * YEN) / 100) : above;
}

/**
 * Goodwill and refunds of a day that nobody else agreed to, without those of this transaction. Two at once for one
 * customer wait for each other, so that the later sees the earlier.
 */
async function givenBefore(tx: Scope["tx"], user: string, currency: Currency): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(7304, hashtext(${user}))`);
  const [row] = await tx.execute<{ amount: string }>(sql`
    select coalesce(sum(t.amount), 0) as amount
    from app.subscription_transactions t
    where t.user_id = ${user}::uuid and t.currency = ${currency} and t.status <> 'failed'
      and t.created_at > now() - interval '24 hours' and t.actor_id is not null and t.approval_id is null
      and t.xmin <> pg_current_xact_id()::xid
      and (t.kind = 'refund' or t.kind = 'credit' and exists (
        select 1 from app.ledger_entries e where e.transaction_id = t.id and e.account = 'goodwill'))
      and not exists (
        select 1 from app.subscription_transactions r where r.parent_id = t.id and r.kind = 'reversal')`);
  return toMinor(row?.amount ?? "0", currency);
}
