// One invented subscription from its first day to the day of seeding.
import { addDays, periodEnd } from "@/lib/subscriptions/period";
import type { Subscription } from "@/lib/subscriptions/schema";
import { type Random, uuidAt } from "../random";
import { type Books, openBooks, type Owner } from "./books";
import type { Price } from "./catalog";
import { endings, type Ending } from "./endings";
import { type Event, eventsOf } from "./events";
import type { Fate } from "./fates";
import { count, type Life, type Outcome, renew } from "./life";

export type SubscriptionRow = Omit<Subscription, "monthly_minor" | "balance_due_minor" | "currency" | "paused_seconds">;
export type Story = { row: SubscriptionRow; books: Books; fate: Fate };

export type Beginning = {
  user_id: string;
  price: Price;
  quantity: number;
  fate: Fate;
  started: Date;
  until: Date;
  staff: readonly string[];
  /** All that is sold, for those who change. */
  prices: readonly Price[];
  random: Random;
};

const CARDS = ["Visa 4242", "Visa 6613", "Visa 9034", "Mastercard 8810", "Mastercard 2231", "American Express 0005"];
const OTHERS = ["SEPA 4471", "SEPA 0198", "PayPal", "Apple Pay", "Google Pay"];
const BY_HAND = ["Bank transfer", "Invoice, 14 days", "Invoice, 30 days", "Cheque"];
const FAILING: readonly Fate[] = ["past_due", "written_off"];

export function tellStory(beginning: Beginning): Story {
  const { user_id, price, fate, started, until, random } = beginning;
  const owner: Owner = { id: uuidAt(started, random), user_id, random };
  const life = begin(beginning, openBooks(owner, price));
  const trialEnd = isTrial(fate, price) ? trialEndOf(beginning) : null;
  const events = eventsOf(beginning, trialEnd);
  const firstCharge = trialEnd ?? started;
  life.anchor = firstCharge;
  life.period_end = trialEnd ?? periodEnd(started, started, price);
  let ending: Ending = { status: trialEnd ? "trialing" : "active" };
  let next = firstCharge;
  for (;;) {
    const event: Event | undefined = events[0];
    if (event && event.at <= until && event.at < next) {
      events.shift();
      const end = event.happen(life);
      ending = end ?? ending;
      if (end) break;
      if (next !== firstCharge) next = life.period_end;
      continue;
    }
    if (next > until) break;
    if (next === firstCharge) {
      ending = { status: "active" };
      if (fate !== "incomplete") count(life, next);
    }
    renew(life, next, outcomeOf(life, fate, next));
    if (fate === "incomplete") break;
    next = life.period_end;
  }
  return { row: endings(beginning, life, ending, trialEnd), books: life.books, fate };
}

function begin({ quantity, fate, started, until, staff, random }: Beginning, books: Books): Life {
  const isByHand = !FAILING.includes(fate) && fate !== "recovered" && fate !== "incomplete" && random.chance(0.2);
  return {
    books,
    until,
    staff,
    quantity,
    provider: isByHand ? "manual" : "test",
    payment_method: random.pick(isByHand ? BY_HAND : random.chance(0.7) ? CARDS : OTHERS),
    discount_percent: fate === "discount" ? random.pick([10, 15, 20, 25, 50]) : 0,
    discount_until: fate === "discount" && random.chance(0.7) ? addDays(started, random.pick([90, 180, 365])) : null,
    comped: false,
    collection: null,
    collection_since: null,
    anchor: started,
    period_start: started,
    period_end: started,
    open: [],
    payment: null,
    retries: 0,
    retry_at: null,
    changes: 0,
  };
}

const isTrial = (fate: Fate, { trial_days }: Price) =>
  fate.startsWith("trial") || (fate !== "incomplete" && trial_days > 0);

/** Those that are in their trial now get an end ahead of them. */
function trialEndOf({ fate, price, started, until, random }: Beginning): Date {
  if (fate === "trial_ending") return addDays(until, random.between(1, 6) + random.next());
  if (fate === "trial_lost") return addDays(started, Math.min(price.trial_days || 14, 14));
  if (fate.startsWith("trial")) return addDays(until, random.between(7, 25) + random.next());
  return addDays(started, price.trial_days);
}

/** The last renewal of those that owe fails; of some, one that is over was paid a day late. */
function outcomeOf(life: Life, fate: Fate, at: Date): Outcome {
  const { books, until, anchor, provider } = life;
  const isLast = periodEnd(anchor, at, books.price) > until;
  if (fate === "incomplete" || (FAILING.includes(fate) && isLast)) return "failed";
  if (provider === "manual") return "transferred";
  return !isLast && books.owner.random.chance(fate === "recovered" ? 0.4 : 0.02) ? "retried" : "paid";
}
