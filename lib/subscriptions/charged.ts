import "server-only";
import { sql } from "drizzle-orm";
import { toMinor } from "@/lib/core/amount";
import type { Book } from "./ledger";

/**
 * What was charged for the running period and stands: not taken back, written off or refunded. Nobody gets back more,
 * so a period that was free, or that nobody had to pay, leaves nothing to give back.
 */
export async function chargedMinor({ tx, subscription }: Pick<Book, "tx" | "subscription">): Promise<number> {
  const [row] = await tx.execute<{ amount: string }>(sql`
    select coalesce(sum(c.amount - coalesce((
      select sum(gone.amount) from app.subscription_transactions gone
      where gone.parent_id = c.id and gone.kind = 'write_off'
        or gone.kind = 'refund' and gone.status <> 'failed' and gone.parent_id in (
          select p.id from app.subscription_transactions p where p.parent_id = c.id and p.kind = 'payment')
    ), 0)), 0)::numeric(12, 2) as amount
    from app.subscription_transactions c
    where c.subscription_id = ${subscription.id} and c.kind = 'charge'
      and coalesce(c.period_start, c.created_at) >= ${subscription.period_start}::timestamptz
      and not exists (
        select 1 from app.subscription_transactions r where r.parent_id = c.id and r.kind = 'reversal')`);
  return toMinor(row?.amount ?? "0", subscription.currency);
}
