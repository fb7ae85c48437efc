import { Row, Table, Td } from "@/components/data-table/table";
import { buttonStyle } from "@/components/ui/button-style";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { BookedRow } from "@/lib/subscriptions/detail/schema";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { detailOf } from "./detail-of";
import { SubscriptionAction } from "./subscription-action";
import type { May } from "../../viewer";
import { targetOf, type Target } from "./target";
import { KIND_WORDS, MONEY_STATUS } from "./words";

/** The newest payments and refunds with the processor's number, and why one failed. */
export async function PaymentsCard({ subscription, may }: { subscription: SubscriptionRow; may: May }) {
  const found = await detailOf(subscription.id);
  if (!found.ok) {
    return (
      <Card>
        <CardHeader title="Payments" />
        <PanelFailure failure={found.failure} what="payments" />
      </Card>
    );
  }
  const { recent, payments } = found.value;
  return (
    <Card>
      <CardHeader title="Payments" hint={`${formatNumber(payments)} succeeded`} />
      {recent.length === 0 ? (
        <CardBody>
          <p className="text-text-2">Nothing was paid yet.</p>
        </CardBody>
      ) : (
        <Table variant="card" cards caption={`Payments and refunds, the newest ${formatNumber(recent.length)}`}>
          <thead>
            <tr>
              {["Date", "What", "Paid by", "Number", "Status"].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col" className="text-right">
                Amount
              </th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {recent.map((row) => (
              <PaymentRow
                key={row.id}
                row={row}
                target={targetOf(subscription)}
                mayRefund={may("subscriptions.refund") && row.open_minor > 0}
              />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function PaymentRow({ row, target, mayRefund }: { row: BookedRow; target: Target; mayRefund: boolean }) {
  return (
    <Row>
      <Td slot="sub">
        <Time value={row.settled_at ?? row.created_at} mode="day" />
      </Td>
      <Td slot="title">{KIND_WORDS[row.kind]}</Td>
      <Td muted>{row.payment_method ?? "–"}</Td>
      <Td>{row.transaction_id ? <TransactionId id={row.transaction_id} /> : "–"}</Td>
      <Td slot="side-2" title={row.failure ?? undefined}>
        <Status status={MONEY_STATUS[row.status]} {...(row.failure ? { detail: row.failure } : {})} />
      </Td>
      <Td slot="side" numeric>
        <Money minor={row.amount_minor} currency={row.currency} />
      </Td>
      <Td slot="menu" className="text-right">
        {mayRefund ? (
          <SubscriptionAction
            target={target}
            command="refund-payment"
            about={{ transaction: row.id, minor: row.open_minor }}
            aria-label={`Refund the payment ${row.transaction_id ?? row.id}`}
            className={buttonStyle({ size: "sm" })}
          >
            Refund…
          </SubscriptionAction>
        ) : null}
      </Td>
    </Row>
  );
}

/** Its end may be cut off where there is no room; all of it is copied and read aloud. */
function TransactionId({ id }: { id: string }) {
  return (
    <Mono title={id} className="inline-block max-w-[14ch] truncate align-bottom [overflow-wrap:normal]">
      {id}
    </Mono>
  );
}
