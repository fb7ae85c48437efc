import type { Money as MoneyChange } from "@/lib/core/operation";
import { Money } from "../ui/money";

type LedgerEntriesProps = Pick<MoneyChange, "currency" | "entries">;

const WHEN = [
  { word: "At once", isPending: false },
  { word: "When the processor confirms", isPending: true },
];

/** What the books will hold, and when, for those who want to see it: debit and credit add up to the same. */
export function LedgerEntries({ currency, entries }: LedgerEntriesProps) {
  return (
    <details className="border-t">
      <summary className="flex min-h-9 cursor-pointer items-center px-3.5 text-sm text-text-2 touch:min-h-11">
        Ledger entries ({entries.length})
      </summary>
      <div role="region" aria-label="Ledger entries" tabIndex={0} className="overflow-x-auto border-t">
        <table className="data-table card">
          <caption className="sr-only">What the ledger will hold</caption>
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">Account</th>
              <th scope="col" className="text-right">
                Debit
              </th>
              <th scope="col" className="text-right">
                Credit
              </th>
            </tr>
          </thead>
          {WHEN.map(({ word, isPending }) => {
            const booked = entries.filter(({ pending }) => (pending ?? false) === isPending);
            return booked.length === 0 ? null : (
              <tbody key={word}>
                <tr>
                  <th scope="rowgroup" colSpan={4} className="text-left font-normal text-text-3">
                    {word}
                  </th>
                </tr>
                {booked.map(({ transaction, account, minor }, index) => (
                  <tr key={index}>
                    <td>{transaction}</td>
                    <td>{account}</td>
                    <td className="text-right">{minor > 0 ? <Money minor={minor} currency={currency} /> : null}</td>
                    <td className="text-right">{minor < 0 ? <Money minor={-minor} currency={currency} /> : null}</td>
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
    </details>
  );
}
