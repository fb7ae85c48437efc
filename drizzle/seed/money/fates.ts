// What becomes of an invented subscription, and how often.
import type { Random } from "../random";

const SHARES = {
  steady: 250,
  seats: 60,
  upgrade: 45,
  downgrade: 20,
  discount: 30,
  recovered: 35,
  credit: 22,
  refund: 25,
  paused: 14,
  paused_before: 10,
  comped: 8,
  ending: 16,
  ending_on_date: 6,
  scheduled: 12,
  scheduled_seats: 5,
  past_due: 30,
  collection_keep: 5,
  collection_void: 4,
  collection_uncollectible: 3,
  written_off: 8,
  canceled: 70,
  canceled_refunded: 14,
  differs: 6,
};
const SHARES_OF_NEW = {
  trial: 34,
  trial_ending: 14,
  trial_paused: 3,
  trial_lost: 20,
  trial_ending_canceled: 4,
  incomplete: 8,
};

export type Fate = keyof typeof SHARES | keyof typeof SHARES_OF_NEW;

function drawn<Name extends string>(random: Random, shares: Record<Name, number>): Name {
  const names = Object.keys(shares) as Name[];
  return random.pick(names.flatMap((name) => Array.from({ length: shares[name] }, () => name)));
}

/** Of one that has been running for a while. */
export const drawFate = (random: Random): Fate => drawn(random, SHARES);

/** Of one that began within the last weeks. */
export const drawFateOfNew = (random: Random): Fate => drawn(random, SHARES_OF_NEW);

export const CREDIT_REASONS = [
  "Goodwill after the outage of that week",
  "Import of data took two days longer than promised",
  "Thanks for a detailed bug report",
  "Seats were added twice by mistake",
];
export const REFUND_REASONS = [
  "Charged after they had asked to cancel",
  "Seats billed twice",
  "Did not use it since the last renewal",
  "Wrong plan chosen, noticed the same day",
];
export const CANCEL_REASONS = [
  "Too expensive",
  "Moved to another product",
  "The project is over",
  "Misses single sign-on",
  "Company closed",
  "Merged into another account",
];
