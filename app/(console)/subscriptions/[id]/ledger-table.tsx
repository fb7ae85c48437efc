import type { ReactNode } from "react";
import { Row, Table, Td } from "@/components/data-table/table";
import { Money } from "@/components/ui/money";
import { formatNumber } from "@/components/ui/number";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { LedgerRow } from "@/lib/subscriptions/detail/schema";
import { ACCOUNT_WORDS, KIND_ICONS, KIND_WORDS, MONEY_STATUS } from "./words";

type LedgerTableProps = { rows: readonly LedgerRow[]; allAccounts: boolean };

type Line = { account: ReactNode; debit: number; credit: number };

/** One line per transaction as the customer sees it, or every line of every account. */
export function LedgerTable({ rows, allAccounts }: LedgerTableProps) {
  return (
    <Table variant="card" cards caption={`Ledger, ${formatNumber(rows.length)} transactions`}>
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">Entry</th>
          <th scope="col">Account</th>
          {["Debit", "Credit", "Balance due"].map((head) => (
            <th key={head} scope="col" className="text-right">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.flatMap((row) =>
          linesOf(row, allAccounts).map((line, index, all) => (
            <LedgerLine
              key={`${row.id}-${index}`}
              {...{ row, line }}
              first={index === 0}
              last={index === all.length - 1}
            />
          )),
        )}
      </tbody>
    </Table>
  );
}

type LedgerLineProps = { row: LedgerRow; line: Line; first: boolean; last: boolean };

function LedgerLine({ row, line: { account, debit, credit }, first, last }: LedgerLineProps) {
  const { currency, balance_minor: due, status } = row;
  return (
    <Row state={status === "succeeded" ? undefined : "pending"}>
      <Td slot="sub">{first ? <Time value={row.created_at} mode="day" /> : null}</Td>
      <Td slot="title">{first ? <Entry row={row} /> : null}</Td>
      <Td muted>{account}</Td>
      <Td numeric slot={credit > 0 && debit === 0 ? "none" : "side"}>
        {debit > 0 ? <Money minor={debit} currency={currency} /> : null}
      </Td>
      <Td numeric slot={credit > 0 && debit === 0 ? "side" : "none"}>
        {credit > 0 ? (
          <>
            <span className="md:hidden">−</span>
            <Money minor={credit} currency={currency} />
          </>
        ) : null}
      </Td>
      <Td numeric slot="side-2" className="font-medium">
        {last ? (
          <>
            <span className="text-sm font-normal text-text-3 md:hidden">due </span>
            <Money minor={due} currency={currency} />
          </>
        ) : null}
      </Td>
    </Row>
  );
}

function Entry({ row: { kind, status, description, payment_method, reason, failure } }: { row: LedgerRow }) {
  const Icon = KIND_ICONS[kind];
  const name = kind === "payment" || kind === "refund" ? payment_method : description;
  return (
    <span className="flex min-w-0 items-center gap-2" title={failure ?? reason ?? undefined}>
      <Icon size={14} aria-hidden className="flex-none text-text-3" />
      <span className="max-w-[38ch] min-w-0 truncate">
        {KIND_WORDS[kind]}
        {name && name !== KIND_WORDS[kind] ? <span className="text-text-2">, {name}</span> : null}
      </span>
      {status === "succeeded" ? null : <Status status={MONEY_STATUS[status]} />}
    </span>
  );
}

/**
 * The customer's line is what a transaction does to what they owe, against the other account. One that does nothing to
 * it stands with both its sides.
 */
function linesOf({ entries }: LedgerRow, allAccounts: boolean): Line[] {
  if (allAccounts && entries.length > 0) {
    return entries.map(({ account, amount_minor: minor }) => ({
      account: ACCOUNT_WORDS[account],
      debit: Math.max(minor, 0),
      credit: Math.max(-minor, 0),
    }));
  }
  const owed = entries.find(({ account }) => account === "receivable");
  const others = entries.filter((entry) => entry !== owed);
  const account = others.map((entry) => ACCOUNT_WORDS[entry.account]).join(", ") || "–";
  if (owed) {
    return [{ account, debit: Math.max(owed.amount_minor, 0), credit: Math.max(-owed.amount_minor, 0) }];
  }
  const size = entries.reduce((sum, { amount_minor }) => sum + Math.max(amount_minor, 0), 0);
  return [{ account, debit: size, credit: size }];
}
