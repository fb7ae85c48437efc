// Asks processors for what is waiting to be paid or given back, and books what they answer.
import "server-only";
import { and, asc, eq, inArray, ne } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { systemContext } from "@/lib/core/context";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { asCurrency, toMinor } from "@/lib/core/amount";
import { settleTransaction } from "@/lib/subscriptions/collection/commands";
import { GIVEN_UP } from "@/lib/subscriptions/settle";
import { PROCESSORS, type Answer } from "@/lib/subscriptions/processors/processor";

const MOST_AT_ONCE = 100;
const SIDE_BY_SIDE = 4;
const TRIES = 3;
const ANSWER_WITHIN_MS = 5_000;
/** After silence; the key makes asking again harmless. */
const ASK_AGAIN_AFTER_MS = 60_000;
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

type Waiting = Awaited<ReturnType<typeof find>>[number];

export type Collector = {
  /** One pass; answers how many transactions it settled. */
  step(signal: AbortSignal): Promise<number>;
};

export function createCollector(stores: Stores, answerWithinMs = ANSWER_WITHIN_MS): Collector {
  const quietUntil = new Map<string, number>();

  /** An answer is not given up because somebody saved the subscription meanwhile: it may not be heard again. */
  async function settle(one: Waiting, answer: Answer, tries = TRIES): Promise<boolean> {
    if (answer.outcome === "waiting") return false;
    const result =
      answer.outcome === "succeeded"
        ? { succeeded: true, transaction_id: answer.reference }
        : { succeeded: false, failure: answer.reason };
    const target = { id: one.subscription_id, version: one.version, transaction: one.id };
    try {
      await execute(settleTransaction, { ...target, ...result }, systemContext(settleTransaction.action), stores);
      return true;
    } catch (error) {
      const { code } = toAppError(error);
      if (code === "unavailable") throw error;
      if (code === "stale" && tries > 1) return settle({ ...one, version: await versionOf(one) }, answer, tries - 1);
      // A second answer, or it is busy for long: the next pass asks again.
      if (!["stale", "conflict", "busy"].includes(code))
        stores.log.warn({ id: one.id, code }, "It could not be settled.");
      return false;
    }
  }

  async function versionOf({ subscription_id, version }: Waiting): Promise<number> {
    const [row] = await stores.postgres.reader.read((db) =>
      db.select({ version: subscriptions.version }).from(subscriptions).where(eq(subscriptions.id, subscription_id)),
    );
    return row?.version ?? version;
  }

  async function handle(one: Waiting): Promise<boolean> {
    if (Date.parse(one.created_at) + GIVE_UP_AFTER_MS < Date.now()) {
      return settle(one, { outcome: "declined", reason: GIVEN_UP.silence });
    }
    const answers = await ask(one, answerWithinMs).catch((): Answer[] => [{ outcome: "waiting" }]);
    let settled = false;
    for (const answer of answers) settled = (await settle(one, answer)) || settled;
    if (settled) quietUntil.delete(one.id);
    else if (answers.every(({ outcome }) => outcome === "waiting"))
      quietUntil.set(one.id, Date.now() + ASK_AGAIN_AFTER_MS);
    return settled;
  }

  return {
    async step(signal) {
      for (const [id, until] of quietUntil) if (until < Date.now()) quietUntil.delete(id);
      const waiting = (await find(stores)).filter(({ id }) => !quietUntil.has(id));
      let done = 0;
      for (let start = 0; start < waiting.length && !signal.aborted; start += SIDE_BY_SIDE) {
        const results = await Promise.all(waiting.slice(start, start + SIDE_BY_SIDE).map(handle));
        done += results.filter(Boolean).length;
      }
      return done;
    },
  };
}

function ask(one: Waiting, withinMs: number): Promise<readonly Answer[]> {
  const processor = PROCESSORS[one.provider];
  const currency = asCurrency(one.currency);
  const order = {
    key: one.id,
    amount_minor: toMinor(one.amount, currency),
    currency,
    payment_method: one.payment_method,
    signal: AbortSignal.timeout(withinMs),
  };
  return one.kind === "refund" ? processor.giveBack(order) : processor.collect(order);
}

function find(stores: Stores) {
  return stores.postgres.reader.read((db) =>
    db
      .select({
        id: transactions.id,
        kind: transactions.kind,
        amount: transactions.amount,
        currency: transactions.currency,
        payment_method: transactions.payment_method,
        created_at: transactions.created_at,
        subscription_id: transactions.subscription_id,
        version: subscriptions.version,
        provider: subscriptions.provider,
      })
      .from(transactions)
      .innerJoin(subscriptions, eq(subscriptions.id, transactions.subscription_id))
      .where(
        and(
          eq(transactions.status, "pending"),
          inArray(transactions.kind, ["payment", "refund"]),
          ne(subscriptions.provider, "manual"),
        ),
      )
      .orderBy(asc(transactions.id))
      .limit(MOST_AT_ONCE),
  );
}
