import "server-only";
import { AppError } from "@/lib/core/errors";
import { command, inverse, type Scope } from "@/lib/core/operation";
import { refuseCutShort } from "../cut-short";
import { changed, nextCharge } from "../effect";
import { openBook } from "../ledger";
import { subscription } from "../noun";
import { priceOf, refuseTooMuch, soldPrice, type SoldPrice } from "../prices";
import { ChangePlan, ChangeQuantity, DropChange, type Subscription } from "../schema";
import { refuseUseless, switchNow } from "../switch";
import { refuseTaken } from "../taken";
import { RUNNING, save, seen, type Target } from "../touch";
import { effectiveAt, type Timing } from "../when";

export const changePlan = command({
  noun: subscription,
  action: "subscription.change-plan",
  permission: "subscriptions.change",
  input: ChangePlan,
  run: async ({ price_id, quantity, ...input }, scope) =>
    change(scope, input, async (was) => ({
      price: await soldPrice(scope.tx, price_id),
      quantity: quantity ?? was.quantity,
    })),
});

export const changeQuantity = command({
  noun: subscription,
  action: "subscription.change-quantity",
  permission: "subscriptions.change",
  input: ChangeQuantity,
  // What somebody has they may have more of, also when it is not sold any more.
  run: async ({ quantity, ...input }, scope) =>
    change(scope, input, async (was) => ({ price: await priceOf(scope.tx, was.price_id), quantity })),
});

export const dropChange = command({
  noun: subscription,
  action: "subscription.drop-change",
  permission: "subscriptions.change",
  input: DropChange,
  async run({ id, version, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, [...RUNNING, "paused"]);
    if (was.next_price_at === null) throw new AppError("conflict", "No change is planned.");
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    await save(scope.tx, was, { next_price_id: null, next_quantity: null, next_price_at: null }, scope.now);
    return changed(on, { was, next_before });
  },
});

const cutShort = () =>
  new AppError(
    "conflict",
    "This begins a period of another length, charged as a whole, and it is cancelled before its end. Keep it first.",
    { fields: { price_id: ["begins a period that is cut short"] } },
  );

type Input = Target & Timing & { reason: string };
type To = { price: SoldPrice; quantity: number };

async function change(scope: Scope, { id, version, reason, ...timing }: Input, to: (was: Subscription) => Promise<To>) {
  const { tx, now } = scope;
  const was = await seen(tx, { id, version }, RUNNING);
  const wanted = await to(was);
  refuseUseless(was, wanted);
  refuseTooMuch(wanted.price, wanted.quantity);
  if (wanted.price.plan_id !== was.plan_id) await refuseTaken(tx, was.user_id, wanted.price.plan_id, id);
  if (was.next_price_at !== null) throw new AppError("conflict", "A change is planned already. Take it back first.");
  const at = effectiveAt(timing, was, now);
  const on = openBook(scope, was, reason);
  const next_before = await nextCharge(on);
  if (was.cancel_at !== null && (at === null || at < was.cancel_at)) {
    const plans = { price: wanted.price, from: at ?? now.toISOString(), end: was.cancel_at };
    await refuseCutShort(tx, was, plans, cutShort());
  }
  if (at === null) {
    const lines = await switchNow(scope, on, wanted);
    return changed(on, { was, next_before, lines });
  }
  if (was.cancel_at !== null && was.cancel_at <= at) {
    throw new AppError("conflict", "It is cancelled before that.", { fields: { at: ["is after its end"] } });
  }
  const { price, quantity } = wanted;
  await save(
    tx,
    was,
    {
      next_price_id: price.id === was.price_id ? null : price.id,
      next_quantity: quantity === was.quantity ? null : quantity,
      next_price_at: at,
    },
    now,
  );
  return changed(on, { was, next_before });
}

/** Only what is still to come can be taken back; money that was charged stays charged. */
function planned(change: { id: string; version: number; after: Partial<Subscription> | null }) {
  const stillToCome = change.after?.next_price_at ?? null;
  return { id: stillToCome === null ? "" : change.id, version: change.version, reason: "Undone" };
}

export const inverses = [inverse(changePlan, dropChange, planned), inverse(changeQuantity, dropChange, planned)];
