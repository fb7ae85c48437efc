import { ArrowRight, Coins } from "lucide-react";
import type { ReactNode } from "react";
import type { Money as MoneyChange } from "@/lib/core/operation";
import { Money } from "../ui/money";
import { formatDay } from "../ui/time-format";
import { LedgerEntries } from "./ledger-entries";

/** More than these are shown as their sums alone. */
const MOST = 5;

/** What it does to money: the calculation, what is due today, what is charged next, the monthly revenue, the state. */
export function MoneySection({ money, plain = false }: { money: readonly MoneyChange[]; plain?: boolean }) {
  const shown = money.slice(0, MOST);
  return (
    <div className="space-y-2.5">
      {shown.map((change, index) => (
        <OneChange key={index} change={change} plain={plain} />
      ))}
      {money.length > MOST ? <Sums money={money} /> : null}
    </div>
  );
}

/** `plain`: without a frame, where one stands around it already. */
function OneChange({ change, plain }: { change: MoneyChange; plain: boolean }) {
  const { currency, lines, due_minor: due, entries } = change;
  return (
    <div className={plain ? undefined : "overflow-hidden rounded-[9px] border bg-raised"}>
      {plain ? <h3 className="font-semibold">Money</h3> : <Head hint={currency} />}
      <dl className={plain ? "pt-1.5 pb-2.5" : "px-3.5 py-2.5"}>
        {lines.map(({ text, minor }, index) => (
          <Row key={index} label={<span className="text-text-2">{text}</span>}>
            <Money minor={minor} currency={currency} />
          </Row>
        ))}
        <Row strong={lines.length > 0 ? "below" : "alone"} label={due < 0 ? "Given back today" : "Due today"}>
          <Money minor={Math.abs(due)} currency={currency} className="text-lg" />
        </Row>
        <NextCharge change={change} />
        <Monthly change={change} />
        <State before={change.state_before} after={change.state} />
      </dl>
      {entries.length > 0 ? <LedgerEntries currency={currency} entries={entries} /> : null}
    </div>
  );
}

function Head({ hint }: { hint: string }) {
  return (
    <div className="flex items-center gap-1.5 border-b bg-sunken px-3.5 py-1.5">
      <Coins size={14} aria-hidden className="text-text-2" />
      <h3 className="font-semibold">Money</h3>
      <span className="ml-auto text-sm text-text-3">{hint}</span>
    </div>
  );
}

type RowProps = { label: ReactNode; strong?: keyof typeof STRONG; children: ReactNode };

/** A sum stands under a line, unless there is nothing above it to add up. */
const STRONG = { below: "mt-1.5 mb-1 border-t pt-1.5 font-semibold", alone: "py-0.5 font-semibold" };

function Row({ label, strong, children }: RowProps) {
  const look = strong ? STRONG[strong] : "py-0.5";
  return (
    <div className={`flex flex-wrap items-baseline gap-x-3 ${look}`}>
      <dt className="min-w-0 [overflow-wrap:anywhere]">{label}</dt>
      <dd className="ml-auto text-right">{children}</dd>
    </div>
  );
}

function NextCharge({ change: { currency, next_before: before, next } }: { change: MoneyChange }) {
  const at = (next ?? before)?.at;
  const moved = before !== null && next !== null && before.at.slice(0, 10) !== next.at.slice(0, 10);
  return (
    <Row label={<span className="text-text-2">Next charge{at ? `, ${formatDay(at)}` : ""}</span>}>
      <Changed
        isChanged={before?.minor !== next?.minor || moved}
        before={
          before ? (
            <>
              <Money minor={before.minor} currency={currency} />
              {moved ? ` on ${formatDay(before.at)}` : ""}
            </>
          ) : (
            "none"
          )
        }
        after={next ? <Money minor={next.minor} currency={currency} /> : "none"}
      />
    </Row>
  );
}

function Monthly({ change }: { change: MoneyChange }) {
  const { currency, monthly_before_minor: before, monthly_minor: after } = change;
  const gain = after - before;
  return (
    <Row label={<span className="text-text-2">MRR</span>}>
      <Changed
        isChanged={gain !== 0}
        before={<Money minor={before} currency={currency} />}
        after={<Money minor={after} currency={currency} />}
      />
      {gain === 0 ? null : (
        <Money
          minor={gain}
          currency={currency}
          sign="always"
          className={`ml-1.5 ${gain > 0 ? "text-ok" : "text-bad"}`}
        />
      )}
    </Row>
  );
}

/** The old one struck out, when there is a difference. */
function Changed({ isChanged, before, after }: { isChanged: boolean; before: ReactNode; after: ReactNode }) {
  return (
    <>
      {isChanged ? <del className="mr-1.5 text-text-3">{before}</del> : null}
      {isChanged ? <ins className="no-underline">{after}</ins> : after}
    </>
  );
}

function State({ before, after }: { before: string; after: string }) {
  return (
    <Row label={<span className="text-text-2">Subscription</span>}>
      {before === after ? (
        after
      ) : (
        <span className="inline-flex flex-wrap items-center justify-end gap-1.5">
          {before}
          <ArrowRight size={13} aria-label="becomes" role="img" className="text-text-3" />
          <b className="font-semibold">{after}</b>
        </span>
      )}
    </Row>
  );
}

function Sums({ money }: { money: readonly MoneyChange[] }) {
  const currencies = [...new Set(money.map(({ currency }) => currency))];
  return (
    <div className="rounded-[9px] border bg-raised">
      <Head hint={`all ${money.length}, of which ${MOST} are shown`} />
      <dl className="px-3.5 py-2.5">
        {currencies.map((currency) => (
          <Row key={currency} label={`Due today, ${currency}`}>
            <Money minor={sumOf(money, currency)} currency={currency} />
          </Row>
        ))}
      </dl>
    </div>
  );
}

function sumOf(money: readonly MoneyChange[], wanted: string): number {
  return money.filter(({ currency }) => currency === wanted).reduce((sum, { due_minor: due }) => sum + due, 0);
}
