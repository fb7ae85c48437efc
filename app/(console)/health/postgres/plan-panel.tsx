import Link from "next/link";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardBody, CardFooter } from "@/components/ui/card";
import { CodeBlock, Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { explainStatement } from "@/lib/health/postgres/queries";
import type { PlanNode } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import { BlindNote } from "../frame/blind-note";
import { address } from "./address";
import { Panel } from "./panel";

type PlanPanelProps = { queryid: string; role: string; params: Record<string, string> };

export async function PlanPanel({ queryid, role, params }: PlanPanelProps) {
  const found = await attempt(explainStatement, { queryid, role });
  return (
    <Panel
      id="plan"
      title="Plan"
      hint={`for any values, with the rights of ${role}; the statement was not run`}
      what="the plan"
      found={found}
      controls={
        <Link
          href={address(params, { explain: null, role: null }, "queries")}
          className="inline-flex min-h-6 items-center text-accent-text hover:underline"
        >
          Close
        </Link>
      }
    >
      {(plan) => (
        <>
          <CardBody>
            <CodeBlock label="Statement">{plan.query}</CodeBlock>
          </CardBody>
          {plan.kind === "unknown" ? (
            <BlindNote bare blind={{ check: "Plan", kind: "denied", why: plan.why, grant: plan.grant }} />
          ) : (
            <Nodes nodes={plan.nodes} />
          )}
          <CardFooter>Costs are in units of the planner, rows are its guess. Nothing was executed.</CardFooter>
        </>
      )}
    </Panel>
  );
}

function Nodes({ nodes }: { nodes: readonly PlanNode[] }) {
  return (
    <Table caption={`Plan with ${nodes.length} steps`} variant="card">
      <thead>
        <tr>
          <Th>Step</Th>
          <Th numeric>Rows</Th>
          <Th numeric>Cost</Th>
        </tr>
      </thead>
      <tbody>
        {nodes.map(({ depth, text, rows, cost, filter }, index) => (
          <Row key={index}>
            <Td className="py-1.5 whitespace-normal">
              <span className="block" style={{ paddingLeft: depth * 16 }}>
                <span className={text.startsWith("Seq Scan") ? "font-medium text-warn" : "font-medium"}>{text}</span>
                {filter ? <Mono className="block text-text-2">{filter}</Mono> : null}
              </span>
            </Td>
            <Td numeric>{formatNumber(rows)}</Td>
            <Td numeric>{formatNumber(Math.round(cost))}</Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
