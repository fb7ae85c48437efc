import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { users } from "@/drizzle/schema/users";
import { AppError } from "@/lib/core/errors";
import { command, inverse, type Scope } from "@/lib/core/operation";
import { charge, priceText } from "./charge";
import "./constraints";
import { changed, nextCharge } from "./effect";
import { endMoved } from "./go-on";
import { openBook } from "./ledger";
import { subscription } from "./noun";
import { addDays, periodEnd } from "./period";
import { cycleMinor, refuseTooMuch, soldPrice } from "./prices";
import { toSubscription } from "./rows";
import { CompSubscription, CreateSubscription, ExtendTrial } from "./schema";
import { refuseTaken } from "./taken";
import { RUNNING, save, seen } from "./touch";

/** Of any length of trial, extensions included. */
const TRIAL_MAX_DAYS = 365;

export const createSubscription = command({
  noun: subscription,
  action: "subscription.create",
  permission: "subscriptions.create",
  input: CreateSubscription,
  subject: (input) => input.user_id,
  async run({ user_id, price_id, quantity, trial_days, payment_method, provider, reason }, scope) {
    const { tx, now } = scope;
    await refuseUnknown(scope, user_id);
    const price = await soldPrice(tx, price_id);
    refuseTooMuch(price, quantity);
    await refuseTaken(tx, user_id, price.plan_id);
    const trial = trial_days ?? price.trial_days;
    const end = trial > 0 ? addDays(now, trial) : periodEnd(now, now, price);
    const [row] = await tx
      .insert(subscriptions)
      .values({
        user_id,
        plan_id: price.plan_id,
        price_id,
        quantity,
        status: trial > 0 ? "trialing" : "active",
        anchor: (trial > 0 ? end : now).toISOString(),
        period_start: now.toISOString(),
        period_end: end.toISOString(),
        trial_end: trial > 0 ? end.toISOString() : null,
        payment_method: payment_method ?? null,
        provider,
        created_at: now.toISOString(),
        updated_at: now.toISOString(),
      })
      .returning();
    if (!row) throw new TypeError("A subscription was not written.");
    const made = toSubscription(row);
    const on = openBook(scope, made, reason);
    if (trial > 0) return changed(on, { was: null, next_before: null });
    const minor = cycleMinor(made, price, quantity, now);
    const text = `${price.plan_name}, ${priceText(quantity, price.amount_minor, price.currency)}`;
    const lines = await charge(on, minor, text, { period: { start: now, end } });
    return changed(on, { was: null, next_before: null, lines: [{ text, minor }, ...lines] });
  },
});

export const extendTrial = command({
  noun: subscription,
  action: "subscription.extend-trial",
  permission: "subscriptions.change",
  input: ExtendTrial,
  async run({ id, version, days, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, ["trialing"]);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    const end = addDays(new Date(was.trial_end ?? was.period_end), days);
    if (end > addDays(new Date(was.created_at), TRIAL_MAX_DAYS)) {
      const problem = `would make this trial longer than ${TRIAL_MAX_DAYS} days`;
      throw new AppError("invalid", "The trial cannot be extended so far.", { fields: { days: [problem] } });
    }
    const until = end.toISOString();
    await save(scope.tx, was, { trial_end: until, ...endMoved(was, until) }, scope.now);
    return changed(on, { was, next_before });
  },
});

export const compSubscription = command({
  noun: subscription,
  action: "subscription.comp",
  permission: "subscriptions.change",
  input: CompSubscription,
  async run({ id, version, comped, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, RUNNING);
    if (was.comped === comped) {
      throw new AppError("conflict", comped ? "It is free of charge already." : "It is not free of charge.");
    }
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    await save(scope.tx, was, { comped }, scope.now);
    return changed(on, { was, next_before });
  },
});

export const inverses = [
  inverse(compSubscription, compSubscription, ({ id, version, before }) => ({
    id,
    version,
    comped: before?.comped ?? false,
    reason: "Undone",
  })),
];

async function refuseUnknown({ tx }: Scope, id: string): Promise<void> {
  const [row] = await tx
    .select({ status: users.status })
    .from(users)
    .where(and(eq(users.id, id), isNull(users.deleted_at)));
  if (!row) throw new AppError("invalid", "There is no such person.", { fields: { user_id: ["is nobody"] } });
  if (row.status === "active" || row.status === "unverified") return;
  throw new AppError("conflict", `This person is ${row.status}.`, { fields: { user_id: [`is ${row.status}`] } });
}
