// A period of another length is charged as a whole when it begins: not to somebody who leaves before its end.
import "server-only";
import type { AppError } from "@/lib/core/errors";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { monthsOf, periodEnd } from "./period";
import { priceOf, type SoldPrice } from "./prices";
import type { Subscription } from "./schema";

type Plans = {
  /** The price that is changed to, at `from`. */
  price: SoldPrice;
  from: string;
  /** When the subscription is cancelled. */
  end: string;
};

/** Throws `refusal` for a change and a cancelation that do not go together. */
export async function refuseCutShort(tx: ReadDb, was: Subscription, plans: Plans, refusal: AppError): Promise<void> {
  const { price, from, end } = plans;
  if (monthsOf(await priceOf(tx, was.price_id)) === monthsOf(price)) return;
  const start = new Date(Math.max(Date.parse(from), Date.parse(was.trial_end ?? from)));
  const ends = new Date(end);
  if (ends > start && periodEnd(start, start, price) > ends) throw refusal;
}
