import Link from "next/link";
import { Th } from "@/components/data-table/head-cell";
import { Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import type { PlanWithPrices, PriceUse } from "@/lib/plans/schema";
import { RemedyButton } from "../health/frame/remedy-button";
import { activateDry, activateRun, retireDry, retirePriceDry, retirePriceRun, retireRun } from "./actions";
import { PlanButton } from "./plan-button";

const TONES = { draft: "off", active: "ok", retired: "warn" } as const;

const WORDS = { draft: "Draft", active: "Sold", retired: "Retired" };

type PlanCardProps = { plan: PlanWithPrices; use: ReadonlyMap<string, PriceUse>; edits: boolean };

/** A plan, what it costs, and who is on it. */
export function PlanCard({ plan, use, edits }: PlanCardProps) {
  const live = plan.prices.reduce((sum, { id }) => sum + (use.get(id)?.live ?? 0), 0);
  const { prices: _prices, ...own } = plan;
  return (
    <Card>
      <CardHeader
        title={plan.name}
        hint={
          <>
            <Mono>{plan.code}</Mono>{" "}
            <Badge tone={TONES[plan.status]} quiet={plan.status === "active"}>
              {WORDS[plan.status]}
            </Badge>
          </>
        }
      >
        <Link href={`/subscriptions?plan_id=${plan.id}`} prefetch={false} className="link text-sm">
          {live === 1 ? "1 subscription" : `${formatNumber(live)} subscriptions`}
        </Link>
        {edits ? <Edits plan={own} /> : null}
      </CardHeader>
      {plan.description || plan.features.length > 0 ? (
        <CardBody className="border-b text-text-2">
          {plan.description}
          {plan.features.length > 0 ? (
            <ul className="mt-1 list-disc pl-4 text-sm">
              {plan.features.map((feature) => (
                <li key={feature}>{feature}</li>
              ))}
            </ul>
          ) : null}
        </CardBody>
      ) : null}
      {plan.prices.length > 0 ? (
        <Prices plan={plan} use={use} edits={edits} />
      ) : (
        <CardBody className="text-text-3">No prices yet: nobody can subscribe to it.</CardBody>
      )}
    </Card>
  );
}

function Prices({ plan, use, edits }: PlanCardProps) {
  const target = { id: plan.id, version: String(plan.version) };
  return (
    <Table caption={`Prices of ${plan.name}, ${plan.code}`} variant="card" cards>
      <thead>
        <tr>
          <Th>Price</Th>
          <Th>Trial</Th>
          <Th>Sold</Th>
          <Th numeric>Subscriptions</Th>
          <Th numeric>MRR</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {plan.prices.map(({ id, amount_minor, currency, period, period_count, trial_days, active }) => {
          const { live, monthly_minor } = use.get(id) ?? { live: 0, monthly_minor: 0 };
          return (
            <tr key={id}>
              <Td slot="title">
                <Money minor={amount_minor} currency={currency} className="font-medium" />
                <span className="text-text-3"> / {period_count === 1 ? period : `${period_count} ${period}s`}</span>
              </Td>
              <Td slot="sub" muted>
                {trial_days === 0 ? "No trial" : `${trial_days} days of trial`}
              </Td>
              <Td slot="side-2" muted>
                {active ? "Sold" : "Superseded"}
              </Td>
              <Td slot="side" numeric>
                {formatNumber(live)}
              </Td>
              <Td numeric>
                <Money minor={monthly_minor} currency={currency} />
              </Td>
              <Td slot="menu" className="text-right">
                {edits && active ? (
                  <RemedyButton
                    command
                    danger
                    reason="none"
                    run={retirePriceRun}
                    dryRun={retirePriceDry}
                    fields={{ ...target, price_id: id }}
                    variant="ghost"
                    label="Retire…"
                    ariaLabel={`Retire the price ${currency} ${period} of ${plan.name}`}
                    title={`Stop selling this price of ${plan.name}`}
                    description={`${formatNumber(live)} subscriptions go on paying it; nobody else can choose it.`}
                    confirm="Retire price"
                  />
                ) : null}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function Edits({ plan }: { plan: Omit<PlanWithPrices, "prices"> }) {
  const target = { id: plan.id, version: String(plan.version) };
  const isActive = plan.status === "active";
  return (
    <>
      <PlanButton form="edit" plan={plan} label={`Edit ${plan.name}`}>
        Edit…
      </PlanButton>
      {plan.status === "retired" ? null : (
        <PlanButton form="price" plan={plan} label={`Add a price to ${plan.name}`}>
          Add price…
        </PlanButton>
      )}
      <RemedyButton
        command
        danger={isActive}
        reason="optional"
        run={isActive ? retireRun : activateRun}
        dryRun={isActive ? retireDry : activateDry}
        fields={target}
        label={isActive ? "Retire…" : "Sell…"}
        ariaLabel={`${isActive ? "Retire" : "Sell"} ${plan.name}`}
        title={`${isActive ? "Retire" : "Sell"} ${plan.name}`}
        description={isActive ? "Nobody can choose it any more; who has it keeps it." : "It can be chosen from now on."}
        confirm={isActive ? "Retire plan" : "Sell plan"}
      />
    </>
  );
}
