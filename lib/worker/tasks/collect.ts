// Asks processors for what is waiting to be paid or given back, and books what they answer.
import "server-only";
import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { systemContext } from "@/lib/core/context";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { asCurrency, toMinor } from "@/lib/core/amount";
import { settleTransaction } from "@/lib/subscriptions/collection/commands";
import { GIVEN_UP } from "@/lib/subscriptions/collection/schema";
import { PROCESSORS, type Answer } from "@/lib/subscriptions/processors/processor";

/** Few: a pass that meets only silence is soon over, and what is new is asked for by the next one. */
const MOST_AT_ONCE = 20;
const SIDE_BY_SIDE = 4;
const TRIES = 3;
const ANSWER_WITHIN_MS = 5_000;
/** After silence, and twice as long after each more of it; the key makes asking again harmless. */
const ASK_AGAIN_AFTER_MS = 60_000;
const ASK_AGAIN_WITHIN_MS = 3_600_000;
/** Only payments: whether money has gone back is never guessed. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

type Waiting = Awaited<ReturnType<typeof find>>[number];

export type Collector = {
  /** One pass; answers how many transactions it settled. */
  step(signal: AbortSignal): Promise<number>;
};

export function createCollector(
  stores: Stores,
  answerWithinMs = ANSWER_WITHIN_MS,
  mostAtOnce = MOST_AT_ONCE,
): Collector {
  const quiet = new Map<string, { until: number; ms: number }>();

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
    if (one.kind === "payment" && Date.parse(one.created_at) + GIVE_UP_AFTER_MS < Date.now()) {
      return settle(one, { outcome: "declined", reason: GIVEN_UP.silence });
    }
    const answers = await ask(one, answerWithinMs).catch((): Answer[] => []);
    let settled = false;
    for (const answer of answers) settled = (await settle(one, answer)) || settled;
    return settled;
  }

  /** What is not settled rests, so that it leaves room for the others. */
  async function handleOrRest(one: Waiting): Promise<boolean> {
    const settled = await handle(one);
    const ms = Math.min((quiet.get(one.id)?.ms ?? ASK_AGAIN_AFTER_MS / 2) * 2, ASK_AGAIN_WITHIN_MS);
    if (settled) quiet.delete(one.id);
    else quiet.set(one.id, { until: Date.now() + ms, ms });
    return settled;
  }

  /** What rests; what has not rested for long is not waited for any more. */
  function resting(): string[] {
    const now = Date.now();
    for (const [id, { until }] of quiet) if (until + ASK_AGAIN_WITHIN_MS < now) quiet.delete(id);
    return [...quiet].filter(([, { until }]) => until > now).map(([id]) => id);
  }

  return {
    async step(signal) {
      const waiting = await find(stores, resting(), mostAtOnce);
      let done = 0;
      for (let start = 0; start < waiting.length && !signal.aborted; start += SIDE_BY_SIDE) {
        const results = await Promise.all(waiting.slice(start, start + SIDE_BY_SIDE).map(handleOrRest));
        done += results.filter(Boolean).length;
      }
      return done;
    },
  };
}

function ask(one: Waiting, withinMs: number): Promise<readonly Answer[]> {
  const processor = PROCESSORS[one.provider ?? "manual"];
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

/** The newest first: they are asked for the first time, and most of them are answered. */
function find(stores: Stores, resting: readonly string[], limit: number) {
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
        provider: transactions.provider,
      })
      .from(transactions)
      .innerJoin(subscriptions, eq(subscriptions.id, transactions.subscription_id))
      .where(
        and(
          eq(transactions.status, "pending"),
          inArray(transactions.kind, ["payment", "refund"]),
          ne(transactions.provider, "manual"),
          sql`${transactions.id} <> all (${`{${resting.join(",")}}`}::uuid[])`,
        ),
      )
      .orderBy(desc(transactions.id))
      .limit(limit),
  );
}
