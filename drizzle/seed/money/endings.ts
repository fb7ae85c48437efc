// The state an invented subscription is in on the day of seeding.
import { addDays } from "@/lib/subscriptions/period";
import type { Subscription, SubscriptionStatus } from "@/lib/subscriptions/schema";
import { CANCEL_REASONS, type Fate } from "./fates";
import type { Life } from "./life";
import type { Beginning, SubscriptionRow } from "./story";

export type Ending =
  | { status: "trialing" | "active" }
  | { status: "canceled"; at: Date; reason: string }
  | { status: "paused"; at: Date; from: NonNullable<Subscription["paused_from"]> };

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** What is still to come; nothing for one that has ended or is paused. */
function plans({ fate, prices, until, random }: Beginning, life: Life) {
  const end = life.period_end.toISOString();
  const cancel_reason = random.pick(CANCEL_REASONS);
  const all: Partial<Record<Fate, Partial<SubscriptionRow>>> = {
    ending: { cancel_at: end, cancel_reason },
    trial_ending_canceled: { cancel_at: end, cancel_reason },
    ending_on_date: { cancel_at: addDays(until, random.between(3, 60)).toISOString(), cancel_reason },
    scheduled: { next_price_id: alternative(prices, life)?.id ?? life.books.price.id, next_price_at: end },
    scheduled_seats: { next_quantity: life.quantity + random.between(1, 5), next_price_at: end },
  };
  return all[fate] ?? {};
}

/** Another plan that is sold for the same currency and period. */
function alternative(prices: Beginning["prices"], { books: { price } }: Life) {
  return prices.find(
    (other) =>
      other.active &&
      other.plan_code !== price.plan_code &&
      other.plan_code !== "studio" &&
      other.plan_code !== "solo-2024" &&
      other.currency === price.currency &&
      other.period === price.period &&
      other.period_count === price.period_count,
  );
}

function statusOf(fate: Fate, ending: Ending, { retries }: Life): SubscriptionStatus {
  if (fate === "incomplete") return "incomplete";
  return ending.status === "active" && retries > 0 ? "past_due" : ending.status;
}

export function endings(beginning: Beginning, life: Life, ending: Ending, trialEnd: Date | null): SubscriptionRow {
  const { user_id, fate, started, until, random } = beginning;
  const { books, provider } = life;
  const status = statusOf(fate, ending, life);
  const isRunning = status === "trialing" || status === "active" || status === "past_due";
  const pause = ending.status === "paused" ? ending : null;
  const end = ending.status === "canceled" ? ending : null;
  const last = books.transactions.at(-1)?.created_at ?? started.toISOString();
  const ended = (end ?? pause)?.at.toISOString() ?? last;
  const isKnown = provider === "test";
  const reported = fate === "differs" ? random.pick(["canceled", "past_due"]) : status;
  return {
    id: books.owner.id,
    user_id,
    plan_id: books.price.plan_id,
    price_id: books.price.id,
    quantity: life.quantity,
    status,
    anchor: life.anchor.toISOString(),
    period_start: life.period_start.toISOString(),
    period_end: life.period_end.toISOString(),
    trial_end: iso(trialEnd),
    comped: life.comped,
    discount_percent: life.discount_percent.toFixed(2),
    discount_until: iso(life.discount_until),
    paused_at: iso(pause?.at ?? null),
    paused_from: pause?.from ?? null,
    resume_at: pause && random.chance(0.5) ? addDays(until, random.between(5, 45)).toISOString() : null,
    collection_paused_at: iso(life.collection_since),
    collection_behavior: life.collection,
    collection_resume_at:
      life.collection && random.chance(0.5) ? addDays(until, random.between(10, 60)).toISOString() : null,
    cancel_at: null,
    canceled_at: iso(end?.at ?? null),
    cancel_reason: end?.reason ?? null,
    next_price_id: null,
    next_quantity: null,
    next_price_at: null,
    ...(isRunning ? plans(beginning, life) : {}),
    payment_method: life.payment_method,
    provider,
    provider_ref: isKnown ? `sub_${random.bytes(9).toString("hex")}` : null,
    provider_status: isKnown ? reported : null,
    provider_seen_at: isKnown ? addDays(until, -random.next() / 8).toISOString() : null,
    retries: status === "past_due" ? life.retries : 0,
    retry_at: status === "past_due" ? iso(life.retry_at) : null,
    version: 1 + life.changes + books.transactions.filter(({ kind }) => kind === "charge").length,
    created_at: started.toISOString(),
    updated_at: ended > last ? ended : last,
  };
}
