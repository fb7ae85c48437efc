import "server-only";
import { asc, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { AppError } from "@/lib/core/errors";
import type { Slice } from "@/lib/core/export";
import { query } from "@/lib/core/operation";
import { readStart, toPage, writeCursor } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { nextCharge } from "../effect";
import { isReversed, used } from "../ledger";
import { listPage, oneRow } from "../list";
import { subscription } from "../noun";
import type { SubscriptionRow } from "../schema";
import { checkBooks } from "./check";
import { isGoodwill, ofSubscription, selectBooked, toBooked, withBalances } from "./rows";
import {
  ExportLedger,
  SubscriptionDetailInput,
  SubscriptionLedger,
  SubscriptionsOfUser,
  type LedgerLine,
  type LedgerPage,
  type SubscriptionDetail,
  type SubscriptionsOfUserAnswer,
} from "./schema";
import { creditsOf, received } from "./sums";

/** More of a kind than these are found in the ledger. */
const SHOWN = 10;
const MOST_OPEN = 50;
const MOST_OF_USER = 50;
/** A transaction has at most four lines, so that a slice stays under a thousand. */
const SLICE = 250;
const ORDER = "subscription.ledger";

export const subscriptionDetail = query({
  noun: subscription,
  action: "subscription.detail",
  permission: "subscriptions.read",
  input: SubscriptionDetailInput,
  async run({ id }, { db }): Promise<SubscriptionDetail> {
    const found = await known(db, id);
    const newest = (...kinds: ("payment" | "refund" | "credit")[]) =>
      selectBooked(db)
        .where(ofSubscription(id, inArray(transactions.kind, kinds)))
        .orderBy(desc(transactions.id))
        .limit(SHOWN);
    const open = selectBooked(db)
      .where(
        ofSubscription(
          id,
          eq(transactions.kind, "charge"),
          sql`not ${isReversed}`,
          sql`${transactions.amount} > ${used}`,
        ),
      )
      .orderBy(asc(transactions.id))
      .limit(MOST_OPEN);
    const [[sums], credits, next, charges, recent, given] = await Promise.all([
      received(db, sql`subscription_id = ${id}`),
      creditsOf(db, found.user_id),
      nextCharge({ tx: db, subscription: found }),
      open,
      newest("payment", "refund"),
      newest("credit"),
    ]);
    return {
      lifetime_minor: sums?.minor ?? 0,
      payments: sums?.payments ?? 0,
      refunds: sums?.refunds ?? 0,
      credit_minor: credits.find(({ currency }) => currency === found.currency)?.minor ?? 0,
      next,
      open: charges.map(toBooked),
      recent: recent.map(toBooked),
      credits: given.map(toBooked).map((row) => ({ ...row, goodwill: isGoodwill(row) })),
    };
  },
});

/** The double-entry ledger of a subscription, with what was due after each transaction and whether it all adds up. */
export const subscriptionLedger = query({
  noun: subscription,
  action: "subscription.ledger",
  permission: "subscriptions.read",
  input: SubscriptionLedger,
  async run({ id, ...input }, { db, keys }): Promise<LedgerPage> {
    const found = await known(db, id);
    const order = `${ORDER}:${id}`;
    const { from, backwards } = readStart(keys, order, input);
    const [last] = from;
    const beyond = last ? (backwards ? gt : lt)(transactions.id, String(last)) : undefined;
    const [rows, books] = await Promise.all([
      selectBooked(db)
        .where(ofSubscription(id, beyond))
        .orderBy((backwards ? asc : desc)(transactions.id))
        .limit(input.limit + 1),
      checkBooks(db, found),
    ]);
    const { data, ...page } = toPage(rows, input.limit, input, (row) => writeCursor(keys, order, [row.id]), toBooked);
    return {
      data: await withBalances(db, found, data),
      page: { ...page, total: books.total },
      currency: found.currency,
      differences: books.differences,
    };
  },
});

/** Every line, oldest first; a transaction without lines has one with no account. */
export const exportLedger = query({
  noun: subscription,
  action: "subscription.ledger-export",
  permission: "subscriptions.read",
  input: ExportLedger,
  async run({ id, after }, { db }): Promise<Slice<LedgerLine>> {
    const found = await known(db, id);
    const rows = await selectBooked(db)
      .where(ofSubscription(id, after === undefined ? undefined : gt(transactions.id, after)))
      .orderBy(asc(transactions.id))
      .limit(SLICE);
    const booked = await withBalances(db, found, rows.map(toBooked).reverse());
    const data = booked.reverse().flatMap((row): LedgerLine[] => {
      const { id: transaction, kind, status, description, currency, balance_minor } = row;
      const shared = { at: row.settled_at ?? row.created_at, transaction, kind, status, description };
      const lines = row.entries.length > 0 ? row.entries : [{ account: null, amount_minor: 0 }];
      return lines.map(({ account, amount_minor: minor }) => ({ ...shared, account, minor, balance_minor, currency }));
    });
    return { data, next: rows.length < SLICE ? null : (rows.at(-1)?.id ?? null) };
  },
});

export const subscriptionsOfUser = query({
  noun: subscription,
  action: "subscription.of-user",
  permission: "subscriptions.read",
  input: SubscriptionsOfUser,
  async run({ user_id }, scope): Promise<SubscriptionsOfUserAnswer> {
    const [{ data, page }, lifetime, credits] = await Promise.all([
      listPage(scope, { user_id, sort: "newest", limit: MOST_OF_USER }),
      received(scope.db, sql`user_id = ${user_id}`),
      creditsOf(scope.db, user_id),
    ]);
    return {
      data,
      total: page.estimated_total,
      lifetime: lifetime.map(({ currency, minor }) => ({ currency, minor })),
      credits,
    };
  },
});

async function known(db: ReadDb, id: string): Promise<SubscriptionRow> {
  const found = await oneRow(db, id);
  if (!found) throw new AppError("not_found", "There is no such subscription.");
  return found;
}
