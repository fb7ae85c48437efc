import Link from "next/link";
import { Row, Table, Td } from "@/components/data-table/table";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatMoney, Money } from "@/components/ui/money";
import { formatNumber } from "@/components/ui/number";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import { attempt } from "@/lib/next/load";
import { subscriptionsOfUser } from "@/lib/subscriptions/detail/queries";
import type { CurrencySum, SubscriptionsOfUserAnswer } from "@/lib/subscriptions/detail/schema";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import type { User } from "@/lib/users/schema";
import { SubscriptionBadge } from "../../subscriptions/status-badge";
import { PanelFailure } from "./panel-failure";

/** What this person pays for, paid in all and has in credit. */
export async function SubscriptionsCard({ user }: { user: User }) {
  const found = await attempt(subscriptionsOfUser, { user_id: user.id });
  return (
    <Card>
      <CardHeader title="Subscriptions" hint={found.ok ? formatNumber(found.value.total) : undefined} />
      {found.ok ? (
        <Body answer={found.value} userId={user.id} />
      ) : (
        <PanelFailure failure={found.failure} what="subscriptions" />
      )}
    </Card>
  );
}

function Body({ answer, userId }: { answer: SubscriptionsOfUserAnswer; userId: string }) {
  const { data, total, lifetime, credits } = answer;
  return (
    <>
      {data.length === 0 ? (
        <CardBody>
          <p className="text-text-2">No subscription, now or before.</p>
        </CardBody>
      ) : (
        <Table variant="card" cards caption={`Subscriptions, ${formatNumber(data.length)} of ${formatNumber(total)}`}>
          <thead>
            <tr>
              {["Plan", "Status", "Next"].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col" className="text-right">
                Monthly
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((each) => (
              <SubscriptionLine key={each.id} subscription={each} />
            ))}
          </tbody>
        </Table>
      )}
      <CardFooter className="flex-wrap gap-x-3 py-1">
        <span>Lifetime {sumsText(lifetime)}</span>
        <span>Credit {sumsText(credits)}</span>
        <span className="ml-auto flex items-center gap-1.5 text-text-3">
          <Tile code="Pg" size={18} muted />
          PostgreSQL
        </span>
        {total > data.length ? (
          <Link href={`/subscriptions?user_id=${userId}`} prefetch={false} className="link">
            Show all
          </Link>
        ) : null}
      </CardFooter>
    </>
  );
}

function SubscriptionLine({ subscription }: { subscription: SubscriptionRow }) {
  const { id, plan, quantity, status, trial_end, period_end, monthly_minor, currency } = subscription;
  const next = status === "canceled" ? null : status === "trialing" ? (trial_end ?? period_end) : period_end;
  return (
    <Row>
      <Td slot="title">
        <Link href={`/subscriptions/${id}`} prefetch={false} data-row-link="" className="rounded-xs font-medium">
          {plan.name}
        </Link>
        {quantity > 1 ? <span className="text-text-2"> × {formatNumber(quantity)}</span> : null}
      </Td>
      <Td slot="sub">
        <SubscriptionBadge subscription={subscription} />
      </Td>
      <Td slot="side-2" muted>
        <Time value={next} mode="day" />
      </Td>
      <Td slot="side" numeric>
        <Money minor={monthly_minor} currency={currency} />
      </Td>
    </Row>
  );
}

/** Sums of different currencies stand beside each other: they cannot be added. */
function sumsText(sums: readonly CurrencySum[]): string {
  return sums.map(({ minor, currency }) => formatMoney(minor, currency)).join(" + ") || "none";
}
