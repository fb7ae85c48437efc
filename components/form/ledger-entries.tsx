import type { Money as MoneyChange } from "@/lib/core/operation";
import { Money } from "../ui/money";

type LedgerEntriesProps = Pick<MoneyChange, "currency" | "entries">;

/** What the books will hold, for those who want to see it: debit and credit add up to the same. */
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
              <th scope="col">When</th>
              <th scope="col" className="text-right">
                Debit
              </th>
              <th scope="col" className="text-right">
                Credit
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ transaction, account, minor, pending }, index) => (
              <tr key={index}>
                <td>{transaction}</td>
                <td>{account}</td>
                <td className="text-text-2">{pending ? "when the processor confirms" : "at once"}</td>
                <td className="text-right">{minor > 0 ? <Money minor={minor} currency={currency} /> : null}</td>
                <td className="text-right">{minor < 0 ? <Money minor={-minor} currency={currency} /> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
