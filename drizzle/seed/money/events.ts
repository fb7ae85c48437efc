// What happens in an invented subscription's life besides its renewals.
import { addDays } from "@/lib/subscriptions/period";
import { moveTo } from "./books";
import type { Price } from "./catalog";
import type { Ending } from "./endings";
import { CANCEL_REASONS, CREDIT_REASONS, type Fate, REFUND_REASONS } from "./fates";
import { addCredit, change, count, type Life, refund, writeOff } from "./life";
import type { Beginning } from "./story";

/** What it answers ends the renewals. */
export type Event = { at: Date; happen(life: Life): Ending | void };

const DAY_MS = 86_400_000;
/** The next plan up, and the next one down. */
const LADDER = ["starter", "team", "business", "enterprise"];

/** In the order of their times. */
export function eventsOf(beginning: Beginning, trialEnd: Date | null): Event[] {
  const { fate, started, until, random } = beginning;
  const from = trialEnd ?? started;
  /** An instant between two shares of the paid time. */
  const within = (low: number, high: number) =>
    new Date(from.getTime() + (low + (high - low) * random.next()) * Math.max(until.getTime() - from.getTime(), 0));
  const recently = (days: number) =>
    new Date(Math.max(addDays(until, -days * random.next()).getTime(), from.getTime()));
  const reasonToCancel = random.pick(CANCEL_REASONS);
  const canceled = (at: Date): Event => ({
    at,
    happen(life) {
      moveTo(life.books, at, 0);
      return { status: "canceled", at, reason: reasonToCancel };
    },
  });

  const events: Partial<Record<Fate, () => Event[]>> = {
    seats: () =>
      [within(0.1, 0.5), within(0.5, 0.95)].map((at) => ({
        at,
        happen: (life) => change(life, at, life.books.price, life.quantity + random.between(1, 6)),
      })),
    upgrade: () => [switched(beginning, within(0.2, 0.9), 1)],
    downgrade: () => [switched(beginning, within(0.3, 0.9), -1)],
    credit: () => {
      const at = within(0.4, 0.99);
      return [
        {
          at,
          happen: (life) => addCredit(life, at, creditOf(life, random.between(1, 8)), random.pick(CREDIT_REASONS)),
        },
      ];
    },
    refund: () => {
      const at = within(0.3, 0.99);
      return [{ at, happen: (life) => refund(life, at, random.pick([25, 50, 100]), random.pick(REFUND_REASONS)) }];
    },
    comped: () => {
      const at = within(0.2, 0.9);
      return [
        {
          at,
          happen(life) {
            life.comped = true;
            life.changes += 1;
            count(life, at);
          },
        },
      ];
    },
    paused: () => [paused(recently(30))],
    trial_paused: () => {
      const at = addDays(until, -3 * random.next());
      return [{ at, happen: () => ({ status: "paused", at, from: "trialing" }) }];
    },
    paused_before: () => {
      const at = within(0.2, 0.6);
      return rested(at, Math.min(random.between(10, 30) * DAY_MS, (until.getTime() - at.getTime()) / 2));
    },
    collection_keep: () => [collectionPaused("keep", recently(60))],
    collection_void: () => [collectionPaused("void", recently(90))],
    collection_uncollectible: () => [collectionPaused("uncollectible", recently(90))],
    trial_lost: () => [canceled(trialEnd ? addDays(trialEnd, -1) : until)],
    canceled: () => [canceled(within(0.15, 0.98))],
    canceled_refunded: () => {
      const at = within(0.3, 0.98);
      const { happen } = canceled(at);
      return [
        {
          at,
          happen(life) {
            refund(life, at, random.pick([40, 60, 100]), "Rest of the period, canceled at once");
            return happen(life);
          },
        },
      ];
    },
    written_off: () => {
      const at = recently(2);
      const { happen } = canceled(at);
      return [
        {
          at,
          happen(life) {
            writeOff(life, at, "Does not answer reminders");
            return happen(life);
          },
        },
      ];
    },
  };
  return (events[fate]?.() ?? []).sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Tenths of what it brings in a month. */
const creditOf = ({ books }: Life, tenths: number) => Math.max(1, Math.round((books.monthly_minor * tenths) / 10));

function switched({ prices }: Beginning, at: Date, step: 1 | -1): Event {
  return {
    at,
    happen(life) {
      const { price } = life.books;
      const code = LADDER[LADDER.indexOf(price.plan_code) + step];
      const isAlike = (other: Price) =>
        other.currency === price.currency && other.period === price.period && other.period_count === price.period_count;
      const other = prices.find((each) => each.plan_code === code && each.active && isAlike(each));
      if (other) change(life, at, other, life.quantity);
    },
  };
}

function paused(at: Date): Event {
  return {
    at,
    happen(life) {
      const from = life.retries > 0 ? "past_due" : "active";
      moveTo(life.books, at, 0);
      return { status: "paused", at, from };
    },
  };
}

/** Paused and gone on: the paid rest of the period is given back as time. */
function rested(at: Date, ms: number): Event[] {
  const end = new Date(at.getTime() + ms);
  const pause: Event = {
    at,
    happen(life) {
      moveTo(life.books, at, 0);
      life.changes += 2;
      life.period_end = new Date(life.period_end.getTime() + ms);
      life.anchor = life.period_end;
    },
  };
  const resume: Event = {
    at: end,
    happen(life) {
      count(life, end);
    },
  };
  return [pause, resume];
}

function collectionPaused(behavior: NonNullable<Life["collection"]>, at: Date): Event {
  return {
    at,
    happen(life) {
      life.collection = behavior;
      life.collection_since = at;
      life.changes += 1;
    },
  };
}
