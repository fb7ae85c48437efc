import { Download, Scale } from "lucide-react";
import { Pager } from "@/components/data-table/pager";
import { Badge } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button-style";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/money";
import { Note } from "@/components/ui/note";
import { formatNumber } from "@/components/ui/number";
import { Segmented } from "@/components/ui/segmented";
import { Tile } from "@/components/ui/tile";
import { attempt } from "@/lib/next/load";
import { subscriptionLedger } from "@/lib/subscriptions/detail/queries";
import type { LedgerDifference, LedgerPage } from "@/lib/subscriptions/detail/schema";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { LedgerTable } from "./ledger-table";
import type { PageQuery } from "./page-query";

const SHOWN = 12;

/** Every entry there ever was, whether they add up, and what was due after each. */
export async function LedgerCard({ id, query }: { id: string; query: PageQuery }) {
  const { after, before, view } = query;
  const found = await attempt(subscriptionLedger, {
    id,
    limit: SHOWN,
    ...(after ? { after } : before ? { before } : {}),
  });
  return (
    <Card>
      <CardHeader title="Ledger" hint="double entry, append only">
        {found.ok ? <Balanced differences={found.value.differences} /> : null}
        <Segmented
          small
          label="Which accounts"
          segments={[
            { label: "Customer", href: query.href({ view: null, after: null, before: null }), active: view !== "all" },
            {
              label: "All accounts",
              href: query.href({ view: "all", after: null, before: null }),
              active: view === "all",
            },
          ]}
        />
        <a href={`/api/v1/subscriptions/${id}/ledger/export`} download className={buttonStyle({ size: "sm" })}>
          <Download size={13} aria-hidden />
          Export CSV
        </a>
      </CardHeader>
      {found.ok ? (
        <Body page={found.value} query={query} />
      ) : (
        <PanelFailure failure={found.failure} what="the ledger" />
      )}
    </Card>
  );
}

function Body({ page: { data, page, currency, differences }, query }: { page: LedgerPage; query: PageQuery }) {
  return (
    <>
      {differences.length > 0 ? (
        <CardBody>
          <Note tone="bad" role="alert" title="The books do not add up">
            {differences.map((difference) => differenceText(difference, currency)).join(" ")}
          </Note>
        </CardBody>
      ) : null}
      {data.length === 0 ? (
        <CardBody>
          <p className="text-text-2">Nothing was charged yet.</p>
        </CardBody>
      ) : (
        <LedgerTable rows={data} allAccounts={query.view === "all"} />
      )}
      <CardFooter className="flex-wrap py-1">
        <span role="status">
          {formatNumber(data.length)} of {formatNumber(page.total)} entries
        </span>
        <span className="text-text-3">all amounts {currency}</span>
        <span className="ml-auto flex items-center gap-1.5 text-text-3">
          <Tile code="Pg" size={18} muted />
          PostgreSQL
        </span>
        {page.previous || page.next ? (
          <Pager
            words={{ previous: "Newer", next: "Older" }}
            first={page.previous ? query.href({ after: null, before: null }) : null}
            previous={page.previous ? query.href({ before: page.previous, after: null }) : null}
            next={page.next ? query.href({ after: page.next, before: null }) : null}
          />
        ) : null}
      </CardFooter>
    </>
  );
}

function Balanced({ differences }: { differences: readonly LedgerDifference[] }) {
  return differences.length === 0 ? (
    <Badge tone="ok" icon={Scale} quiet>
      Balanced
    </Badge>
  ) : (
    <Badge tone="bad" icon={Scale}>
      Not balanced
    </Badge>
  );
}

function differenceText({ what, by }: LedgerDifference, currency: string): string {
  if (what === "transactions") return `${formatNumber(by)} transactions have lines that do not add up to 0.`;
  const amount = `${formatMoney(Math.abs(by), currency)} ${by > 0 ? "more" : "less"} than the ledger says`;
  return what === "credit" ? `The customer has ${amount} in credit.` : `The balance due is ${amount}.`;
}
