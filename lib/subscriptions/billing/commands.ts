// What the billing job does, each step a command at the version the job saw: two jobs cannot both succeed.
import "server-only";
import { AppError } from "@/lib/core/errors";
import { command } from "@/lib/core/operation";
import { finish } from "../finish";
import { charge, priceText } from "../charge";
import { dayText } from "../client";
import { changed, nextCharge } from "../effect";
import { openBook } from "../ledger";
import { subscription } from "../noun";
import { goOn } from "../go-on";
import { monthsOf, periodEnd } from "../period";
import { cycleMinor, priceOf } from "../prices";
import { endsWithPeriod } from "../running";
import type { Subscription } from "../schema";
import { BillSubscription } from "./schema";
import { switchNow } from "../switch";
import { RUNNING, save, seen } from "../touch";

const notDue = () => new AppError("conflict", "It is not due yet.");

/** Begins the next period and charges it. One period at a time: a job that slept repeats it. */
export const renewSubscription = command({
  noun: subscription,
  action: "subscription.renew",
  permission: "subscriptions.bill",
  input: BillSubscription,
  async run(target, scope) {
    const { tx, now } = scope;
    const was = await seen(tx, target, RUNNING);
    if (new Date(was.period_end) > now) throw notDue();
    if (was.cancel_at !== null && was.cancel_at <= was.period_end) throw new AppError("conflict", "It ends instead.");
    const on = openBook(scope, was, undefined);
    const next_before = await nextCharge(on);
    const start = new Date(was.period_end);
    const switches = was.next_price_at !== null && was.next_price_at <= was.period_end;
    const old = await priceOf(tx, was.price_id);
    const price = switches && was.next_price_id !== null ? await priceOf(tx, was.next_price_id) : old;
    const quantity = (switches ? was.next_quantity : null) ?? was.quantity;
    const anchor = monthsOf(price) === monthsOf(old) ? new Date(was.anchor) : start;
    const end = periodEnd(anchor, start, price);
    const discountOver = was.discount_until !== null && new Date(was.discount_until) <= start;
    on.subscription = await save(
      tx,
      was,
      {
        anchor: anchor.toISOString(),
        period_start: start.toISOString(),
        period_end: end.toISOString(),
        paused_seconds: 0,
        price_id: price.id,
        plan_id: price.plan_id,
        quantity,
        ...(was.status === "trialing" ? { status: "active" as const } : {}),
        ...(switches ? { next_price_id: null, next_quantity: null, next_price_at: null } : {}),
        ...(discountOver ? { discount_percent: "0", discount_until: null } : {}),
      },
      now,
    );
    const minor = cycleMinor(on.subscription, price, quantity, start);
    const text = `${price.plan_name}, ${priceText(quantity, price.amount_minor, price.currency)}`;
    const description = `${price.plan_name}, ${dayText(start.toISOString())} to ${dayText(end.toISOString())}`;
    const lines = await charge(on, minor, description, { period: { start, end } });
    return changed(on, { was, next_before, lines: [{ text, minor }, ...lines] });
  },
});

/** Carries out a cancelation whose day has come. */
export const endSubscription = command({
  noun: subscription,
  action: "subscription.end",
  permission: "subscriptions.bill",
  input: BillSubscription,
  async run(target, scope) {
    const was = await seen(scope.tx, target, ["incomplete", ...RUNNING, "paused"]);
    if (was.cancel_at === null || new Date(was.cancel_at) > scope.now) throw notDue();
    if (was.status === "paused" && endsWithPeriod(was)) throw notDue();
    const on = openBook(scope, was, undefined);
    const next_before = await nextCharge(on);
    await finish(scope, on, was.cancel_at, null);
    return changed(on, { was, next_before });
  },
});

/** Carries out a change of plan or quantity whose day has come inside a period. */
export const applyChange = command({
  noun: subscription,
  action: "subscription.apply-change",
  permission: "subscriptions.bill",
  input: BillSubscription,
  async run(target, scope) {
    const was = await seen(scope.tx, target, RUNNING);
    if (was.next_price_at === null || new Date(was.next_price_at) > scope.now) throw notDue();
    const on = openBook(scope, was, undefined);
    const next_before = await nextCharge(on);
    const price = await priceOf(scope.tx, was.next_price_id ?? was.price_id);
    const to = { price, quantity: was.next_quantity ?? was.quantity };
    const lines = await switchNow(scope, on, to, new Date(was.next_price_at));
    return changed(on, { was, next_before, lines });
  },
});

/** Ends a pause whose day has come. */
export const endPause = command({
  noun: subscription,
  action: "subscription.end-pause",
  permission: "subscriptions.bill",
  input: BillSubscription,
  async run(target, scope) {
    const was = await seen(scope.tx, target, [...RUNNING, "paused"]);
    if (!pauseIsOver(was, scope.now)) throw notDue();
    const on = openBook(scope, was, undefined);
    const next_before = await nextCharge(on);
    await goOn(scope, was);
    return changed(on, { was, next_before });
  },
});

function pauseIsOver({ status, resume_at, collection_resume_at }: Subscription, now: Date): boolean {
  const at = status === "paused" ? resume_at : collection_resume_at;
  return at !== null && new Date(at) <= now;
}
