// What can happen to an invented subscription, each booked as the commands of the console would.
import { moneyText, share } from "@/lib/core/amount";
import { addDays, monthsOf, periodEnd } from "@/lib/subscriptions/period";
import { periodAmountMinor, unusedMinor } from "@/lib/subscriptions/proration";
import { type Provider, RETRY_AFTER_DAYS, type Subscription } from "@/lib/subscriptions/schema";
import { book, type Books, type Charge, monthlyOf, moveTo } from "./books";
import type { Price } from "./catalog";

/** How a charge is paid: at once, a day later after a failure, never, or by transfer after some days. */
export type Outcome = "paid" | "retried" | "failed" | "transferred";

export type Life = {
  books: Books;
  until: Date;
  /** Who of the staff did what staff does. */
  staff: readonly string[];
  quantity: number;
  provider: Provider;
  payment_method: string | null;
  discount_percent: number;
  discount_until: Date | null;
  comped: boolean;
  collection: Subscription["collection_behavior"];
  collection_since: Date | null;
  anchor: Date;
  period_start: Date;
  period_end: Date;
  open: Charge[];
  payment: { id: string; at: Date; left_minor: number } | null;
  retries: number;
  retry_at: Date | null;
  changes: number;
};

const MINUTE_MS = 60_000;
/** So long a bank takes for a direct debit. */
const DEBIT_DAYS = 3;
const FAILURES = ["Card declined", "Insufficient funds", "Card expired", "Mandate revoked", "Bank does not answer"];
const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);

/** From here on it brings in what its price says. */
export function count(life: Life, at: Date): void {
  const { books, comped, quantity, discount_percent } = life;
  moveTo(books, at, comped ? 0 : monthlyOf(books.price, quantity, discount_percent));
}

/** Begins a period at `at` and charges it. */
export function renew(life: Life, at: Date, outcome: Outcome): void {
  const { books, quantity, discount_until } = life;
  life.period_start = at;
  life.period_end = periodEnd(life.anchor, at, books.price);
  if (discount_until && discount_until <= at) {
    life.discount_percent = 0;
    life.discount_until = null;
    count(life, at);
  }
  if (life.comped) return;
  const minor = periodAmountMinor(books.price.amount_minor, quantity, String(life.discount_percent));
  charge(life, at, minor, textOf(books.price, quantity), outcome, { start: at, end: life.period_end });
}

const textOf = (price: Price, quantity: number) =>
  `${price.plan_name}, ${quantity} × ${moneyText(price.amount_minor, price.currency)}`;

function charge(
  life: Life,
  at: Date,
  minor: number,
  description: string,
  outcome: Outcome,
  period?: { start: Date; end: Date },
): void {
  if (minor === 0) return;
  const { books, collection } = life;
  const details = { description, ...(period ? { period } : {}) };
  const id = book(books, at, "charge", minor, ["receivable", "revenue"], details);
  const due: Charge = { id, open_minor: minor, description };
  if (collection === "void") {
    const text = "Collection is paused: not charged";
    book(books, at, "reversal", minor, ["revenue", "receivable"], { parent: id, description: text });
    return;
  }
  if (collection === "uncollectible") {
    const text = "Collection is paused: written off";
    book(books, at, "write_off", minor, ["bad_debt", "receivable"], { parent: id, description: text });
    return;
  }
  const credit = Math.min(books.credit_minor, minor);
  if (credit > 0) {
    const use = { parent: id, description: "Paid from credit" };
    book(books, at, "credit_use", credit, ["customer_credit", "receivable"], use);
    due.open_minor -= credit;
  }
  if (due.open_minor === 0) return;
  life.open.push(due);
  if (collection === null) collect(life, due, at, outcome);
}

function collect(life: Life, due: Charge, at: Date, outcome: Outcome): void {
  const { random } = life.books.owner;
  if (outcome === "transferred") return pay(life, due, addDays(at, random.between(2, 11)));
  if (outcome === "paid") return pay(life, due, later(at, random.between(1, 20)));
  const first = later(at, random.between(1, 20));
  decline(life, due, first);
  if (outcome === "retried") return pay(life, due, addDays(first, 1));
  life.retry_at = first;
  for (const days of RETRY_AFTER_DAYS) {
    life.retries += 1;
    life.retry_at = addDays(life.retry_at, days);
    if (life.retry_at > life.until) return;
    decline(life, due, life.retry_at);
  }
  life.retry_at = null;
}

function decline({ books, payment_method, provider }: Life, { id, open_minor, description }: Charge, at: Date): void {
  const failure = books.owner.random.pick(FAILURES);
  const details = { parent: id, description, payment_method, provider, status: "failed" as const, failure };
  book(books, at, "payment", open_minor, ["processor", "receivable"], details);
}

/** Pays what is open of a charge, unless that would be in the future. */
function pay(life: Life, due: Charge, at: Date): void {
  if (at > life.until) return;
  const { books, provider, payment_method } = life;
  const number = books.owner.random.bytes(9).toString("hex");
  const transaction_id = provider === "manual" ? `TRF-${number.slice(0, 10).toUpperCase()}` : `pay_${number}`;
  const details = { parent: due.id, description: due.description, payment_method, provider, transaction_id };
  const isWaiting = payment_method?.startsWith("SEPA") && at > addDays(life.until, -DEBIT_DAYS);
  if (isWaiting) {
    const waiting = { ...details, transaction_id: null, status: "pending" as const };
    book(books, at, "payment", due.open_minor, ["processor", "receivable"], waiting);
    return;
  }
  const id = book(books, at, "payment", due.open_minor, ["processor", "receivable"], details);
  life.payment = { id, at, left_minor: due.open_minor };
  life.open = life.open.filter((each) => each !== due);
}

/** Another price or quantity at once, prorated by the second. */
export function change(life: Life, at: Date, price: Price, quantity: number): void {
  const { books, period_start: start, period_end: end, discount_percent } = life;
  const old = books.price;
  const amount = (of: Price, seats: number) => periodAmountMinor(of.amount_minor, seats, String(discount_percent));
  const unused = unusedMinor(amount(old, life.quantity), { start, end }, at);
  books.price = price;
  life.quantity = quantity;
  life.changes += 1;
  const isSameLength = monthsOf(old) === monthsOf(price);
  if (!isSameLength) {
    life.anchor = at;
    life.period_start = at;
    life.period_end = periodEnd(at, at, price);
  }
  const asked = isSameLength ? unusedMinor(amount(price, quantity), { start, end }, at) : amount(price, quantity);
  if (!life.comped) {
    // A new period is charged as a whole, and paid first from the rest of the old.
    const given = isSameLength ? Math.max(unused - asked, 0) : unused;
    const details = { description: `${old.plan_name}: not used` };
    if (given > 0) book(books, at, "credit", given, ["revenue", "customer_credit"], details);
    const minor = isSameLength ? Math.max(asked - unused, 0) : asked;
    const period = isSameLength ? undefined : { start: at, end: life.period_end };
    const outcome = life.provider === "manual" ? "transferred" : "paid";
    charge(life, at, minor, `${price.plan_name}, ${quantity} seats: rest of the period`, outcome, period);
  }
  count(life, at);
}

const byStaff = ({ staff, books }: Life) => books.owner.random.pick(staff);

export function addCredit(life: Life, at: Date, minor: number, reason: string): void {
  const details = { description: "Credit", reason, actor_id: byStaff(life) };
  book(life.books, at, "credit", minor, ["goodwill", "customer_credit"], details);
  life.changes += 1;
}

/** Gives back a part of the last payment. */
export function refund(life: Life, at: Date, percent: number, reason: string): void {
  const { payment, payment_method, provider, books } = life;
  if (!payment || at <= payment.at) return;
  const minor = share(payment.left_minor, percent, 100);
  if (minor === 0) return;
  const transaction_id = `re_${books.owner.random.bytes(9).toString("hex")}`;
  const details = { parent: payment.id, description: "Refund", payment_method, provider, transaction_id, reason };
  book(books, at, "refund", minor, ["refunds", "processor"], { ...details, actor_id: byStaff(life) });
  payment.left_minor -= minor;
  life.changes += 1;
}

/** Gives up everything that is open. */
export function writeOff(life: Life, at: Date, reason: string): void {
  for (const { id, open_minor } of life.open) {
    const details = { parent: id, description: "Written off", reason, actor_id: byStaff(life) };
    book(life.books, at, "write_off", open_minor, ["bad_debt", "receivable"], details);
  }
  life.open = [];
  life.changes += 1;
}
