// What people, the billing job and a processor may do to a subscription next, chosen by chance.
import { randomUUID } from "node:crypto";
import { systemContext } from "@/lib/core/context";
import type { Command, Context, In, Saved } from "@/lib/core/operation";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { receiveEvent } from "@/lib/processor-events/commands";
import { applyChange, endPause, endSubscription, renewSubscription } from "@/lib/subscriptions/billing/commands";
import { cancelSubscription, keepSubscription } from "@/lib/subscriptions/cancel/commands";
import { changePlan, changeQuantity, dropChange } from "@/lib/subscriptions/change/commands";
import { collectAgain, lapseSubscription, settleTransaction } from "@/lib/subscriptions/collection/commands";
import { compSubscription, createSubscription, extendTrial } from "@/lib/subscriptions/commands";
import * as money from "@/lib/subscriptions/money/commands";
import { pauseCollection, pauseService, resumeSubscription } from "@/lib/subscriptions/pause/commands";
import { COLLECTION_BEHAVIORS, REFUNDS } from "@/lib/subscriptions/schema";
import { TEST_METHODS } from "@/lib/subscriptions/processors/test";
import { database } from "../database";
import type { Chance } from "./chance";

export type World = { stores: Stores; people: [string, ...string[]]; prices: [string, ...string[]] };

/** Runs one operation; `key` makes it count once however often it is sent. */
export type Move = (ctx: Context, key: string | undefined) => Promise<Saved>;

/** A subscription as somebody sees it, and some of its transactions; by the time they act it may be another one. */
type Sight = {
  id: string;
  version: number;
  paused: boolean;
  changing: boolean;
  ending: boolean;
  due: boolean;
  charge: string;
  payment: string;
  pending: string;
};

const NOBODY = "00000000-0000-7000-8000-000000000000";
const reason = "By chance";

async function look(): Promise<Sight | null> {
  const sql = await database();
  const [row] = await sql<Sight[]>`
    select s.id, s.version, s.status = 'paused' or s.collection_paused_at is not null as paused,
      s.next_price_at is not null as changing, s.cancel_at is not null as ending, s.balance_due > 0 as due,
      coalesce((select t.id from app.subscription_transactions t
        where t.subscription_id = s.id and t.kind = 'charge' order by random() limit 1), ${NOBODY}) as charge,
      coalesce((select t.id from app.subscription_transactions t
        where t.subscription_id = s.id and t.kind = 'payment' and t.status = 'succeeded'
        order by random() limit 1), ${NOBODY}) as payment,
      coalesce((select t.id from app.subscription_transactions t
        where t.subscription_id = s.id and t.status = 'pending' limit 1), ${NOBODY}) as pending
    from app.subscriptions s order by s.status = 'canceled' and random() > 0.1, random() limit 1`;
  return row ?? null;
}

const likely = (fits: boolean) => (fits ? 8 : 1);

const METHODS = Object.keys(TEST_METHODS);
const DAY_MS = 86_400_000;

/** What is done next. */
export async function nextMove({ stores, people, prices }: World, random: Chance): Promise<Move> {
  const as = <C extends Command>(command: C, input: In<C>): Move => {
    return (ctx, key) => execute(command, input, ctx, stores, { key });
  };
  /** What the platform does by itself. */
  const byJob = <C extends Command>(command: C, input: In<C>): Move => {
    return () => execute(command, input, systemContext(command.action), stores);
  };
  const create = () =>
    as(createSubscription, {
      user_id: random.of(people),
      price_id: random.of(prices),
      quantity: 1 + random.below(5),
      ...random.of<{ provider: "manual" | "test"; payment_method?: string }>([
        { provider: "manual" },
        { provider: "test", payment_method: METHODS[random.below(METHODS.length)] ?? "" },
        { provider: "test", payment_method: "Test 4242" },
      ]),
      reason,
    });
  const sight = random.below(12) === 0 ? null : await look();
  if (!sight) return create();

  // One in ten acts on what is not there any more.
  const target = { id: sight.id, version: random.below(10) === 0 ? Math.max(1, sight.version - 1) : sight.version };
  const amount_minor = 1 + random.below(random.of([1_000, 4_000, 12_000]));
  const later = () => new Date(Date.now() + (1 + random.below(40)) * DAY_MS).toISOString();
  const timing = () => random.of([{}, {}, { when: "period_end" as const }, { when: "date" as const, at: later() }]);
  const { charge, payment, pending } = sight;
  const refund = random.of(REFUNDS);
  const said = random.of(["payment.succeeded", "payment.failed", "refund.succeeded"] as const);

  return random
    .weighed<{ weight: number; move: () => Move }>([
      { weight: 6, move: () => as(changePlan, { ...target, price_id: random.of(prices), ...timing(), reason }) },
      { weight: 6, move: () => as(changeQuantity, { ...target, quantity: 1 + random.below(8), ...timing(), reason }) },
      { weight: likely(sight.changing), move: () => as(dropChange, target) },
      { weight: 2, move: () => as(extendTrial, { ...target, days: 1 + random.below(20), reason }) },
      { weight: 2, move: () => as(compSubscription, { ...target, comped: random.below(2) === 0, reason }) },
      { weight: 3, move: () => as(pauseService, { ...target, ...random.of([{}, { resume_at: later() }]), reason }) },
      { weight: 3, move: () => as(pauseCollection, { ...target, behavior: random.of(COLLECTION_BEHAVIORS), reason }) },
      { weight: likely(sight.paused), move: () => as(resumeSubscription, target) },
      { weight: 1, move: () => as(cancelSubscription, { ...target, reason }) },
      {
        weight: 1,
        move: () =>
          as(cancelSubscription, {
            ...target,
            refund,
            ...(refund === "amount" ? { refund_minor: amount_minor } : {}),
            reason,
          }),
      },
      { weight: 2, move: () => as(cancelSubscription, { ...target, when: "period_end", reason }) },
      { weight: likely(sight.ending), move: () => as(keepSubscription, target) },
      { weight: 5, move: () => as(money.addCredit, { ...target, amount_minor, reason }) },
      { weight: 3, move: () => as(money.takeBackCredit, target) },
      {
        weight: 8,
        move: () => {
          const paid = { payment_method: "Bank transfer", transaction_id: `bank-${randomUUID()}` };
          return as(money.recordPayment, { ...target, transaction: charge, amount_minor, ...paid });
        },
      },
      { weight: 5, move: () => as(money.refundPayment, { ...target, transaction: payment, amount_minor, reason }) },
      { weight: 4, move: () => as(money.retryPayment, { ...target, transaction: charge }) },
      { weight: 2, move: () => as(money.writeOff, { ...target, transaction: charge, reason }) },
      { weight: 8, move: () => byJob(renewSubscription, target) },
      {
        weight: 3,
        move: () => byJob(random.of([applyChange, endPause, endSubscription, collectAgain, lapseSubscription]), target),
      },
      {
        weight: 4,
        move: () => {
          const how = random.of([
            { succeeded: true, transaction_id: `p-${pending}` },
            { succeeded: false, failure: "No" },
          ]);
          return byJob(settleTransaction, { ...target, transaction: pending, ...how });
        },
      },
      {
        weight: 3,
        move: () => {
          const more = said === "payment.failed" ? { detail: "No money" } : { reference: `e-${pending}` };
          const event_id = `evt_${pending}_${random.below(2)}`;
          return byJob(receiveEvent, { provider: "test", event_id, kind: said, transaction: pending, ...more });
        },
      },
    ])
    .move();
}
