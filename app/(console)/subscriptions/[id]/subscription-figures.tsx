import { Suspense } from "react";
import { formatMoney, Money } from "@/components/ui/money";
import { formatNumber } from "@/components/ui/number";
import { Stat, Stats } from "@/components/ui/stat";
import { Time } from "@/components/ui/time";
import { formatDay } from "@/components/ui/time-format";
import type { SubscriptionDetail } from "@/lib/subscriptions/detail/schema";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import { partyName } from "../../audit/words";
import { detailOf, eventsOf } from "./detail-of";

const WAITING = ["Lifetime revenue", "Balance", "Next charge"];

/** What it brings in, what came in, what is owed, what comes next, and who touched it last. */
export function SubscriptionFigures({ subscription }: { subscription: SubscriptionRow }) {
  const { monthly_minor, currency, quantity, price } = subscription;
  return (
    <Stats>
      <Stat
        label="MRR"
        value={<Money minor={monthly_minor} currency={currency} />}
        hint={`${formatNumber(quantity)} × ${formatMoney(price.amount_minor, currency)} ${cycleWords(price)}`}
      />
      <Suspense
        fallback={WAITING.map((label) => (
          <Stat key={label} label={label} value="…" />
        ))}
      >
        <MoneyFigures subscription={subscription} />
      </Suspense>
      <Suspense fallback={<Stat label="Version" value={formatNumber(subscription.version)} />}>
        <Version subscription={subscription} />
      </Suspense>
    </Stats>
  );
}

/** "a month", "every 3 months" */
export function cycleWords({ period, period_count }: SubscriptionRow["price"]): string {
  return period_count === 1 ? `a ${period}` : `every ${period_count} ${period}s`;
}

async function MoneyFigures({ subscription }: { subscription: SubscriptionRow }) {
  const found = await detailOf(subscription.id);
  const { currency } = subscription;
  if (!found.ok) {
    return WAITING.map((label) => <Stat key={label} label={label} value="Unknown" hint={found.failure.message} />);
  }
  const { lifetime_minor, payments, refunds, next } = found.value;
  return (
    <>
      <Stat
        label="Lifetime revenue"
        value={<Money minor={lifetime_minor} currency={currency} />}
        hint={`${counted(payments, "payment")}, ${counted(refunds, "refund")}`}
      />
      <Balance subscription={subscription} detail={found.value} />
      <Stat
        label="Next charge"
        value={next ? formatDay(next.at) : "None"}
        hint={next ? `${daysUntil(next.at)}, ${formatMoney(next.minor, currency)}` : noneBecause(subscription)}
      />
    </>
  );
}

function Balance({ subscription, detail }: { subscription: SubscriptionRow; detail: SubscriptionDetail }) {
  const { balance_due_minor: due, currency } = subscription;
  const credit = detail.credit_minor;
  const inCredit = credit > 0 ? `${formatMoney(credit, currency)} credit, used on the next charge` : null;
  if (due > 0) {
    return (
      <Stat
        label="Balance due"
        tone="warn"
        value={<Money minor={due} currency={currency} />}
        hint={onTheWay(detail) ?? inCredit ?? counted(detail.open.length, "open charge")}
      />
    );
  }
  return (
    <Stat
      label="Balance"
      value={
        <>
          <Money minor={credit} currency={currency} />
          {credit > 0 ? <span className="ml-1 text-base font-medium">credit</span> : null}
        </>
      }
      hint={inCredit ? "used on the next charge" : "nothing is owed"}
    />
  );
}

/** A charge whose payment is under way is not open, and yet it is not paid; null when none is. */
function onTheWay({ open, recent }: SubscriptionDetail): string | null {
  const waiting = recent.filter(({ kind, status }) => kind === "payment" && status === "pending").length;
  if (waiting === 0) return null;
  const words = `${counted(waiting, "payment")} on ${waiting === 1 ? "its" : "their"} way`;
  return open.length === 0 ? words : `${words}, ${counted(open.length, "open charge")}`;
}

async function Version({ subscription }: { subscription: SubscriptionRow }) {
  const events = await eventsOf(subscription.id);
  const last = events.ok ? events.value.data.find(({ kind }) => kind === "change") : undefined;
  return (
    <Stat
      label="Version"
      value={formatNumber(subscription.version)}
      hint={
        <>
          changed <Time value={subscription.updated_at} focusable />
          {last ? ` by ${partyName(last.actor)}` : ""}
        </>
      }
    />
  );
}

function counted(count: number, word: string): string {
  return `${formatNumber(count)} ${word}${count === 1 ? "" : "s"}`;
}

function daysUntil(at: string): string {
  const days = Math.ceil((Date.parse(at) - Date.now()) / 86_400_000);
  if (days <= 0) return "due now";
  return days === 1 ? "within a day" : `in ${days} days`;
}

function noneBecause({ status, comped, cancel_at }: SubscriptionRow): string {
  if (status === "canceled") return "it is cancelled";
  if (status === "paused") return "it is paused";
  if (comped) return "it is free of charge";
  return cancel_at ? "it ends before that" : "nothing is planned";
}
