import { CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { ApprovalDetail } from "@/lib/approvals/schema";
import type { May } from "../../viewer";

/** The rules a decision has to keep, each answered for the reader; and the limit that was passed. */
export function WhyItWaits({ request, may }: { request: ApprovalDetail; may: May }) {
  const { mine, refused, rule, status } = request;
  const lacksPermission = refused?.includes("permission") ?? false;
  return (
    <div className="grid gap-3.5">
      {status === "waiting" ? (
        <Card>
          <CardHeader title="May you decide this?" />
          <CardBody>
            <ul className="grid gap-1.5">
              <Line holds={may("approvals.decide")}>
                {may("approvals.decide") ? "You may decide approvals" : "Your role does not decide approvals"}
              </Line>
              <Line holds={!mine}>{mine ? "You asked for it yourself" : "You did not ask for it"}</Line>
              {lacksPermission && may("approvals.decide") ? <Line holds={false}>{refused}</Line> : null}
            </ul>
          </CardBody>
        </Card>
      ) : null}
      <Card>
        <CardHeader title="Why it waits" />
        <CardBody>
          <p className="[overflow-wrap:anywhere]">{rule}</p>
          <p className="mt-1 text-sm text-text-3">
            Needs <code>{request.permission}</code> of whoever decides.
          </p>
        </CardBody>
      </Card>
    </div>
  );
}

function Line({ holds, children }: { holds: boolean; children: ReactNode }) {
  const Icon = holds ? CircleCheck : CircleX;
  return (
    <li className="status flex items-start gap-2">
      <Icon size={15} aria-hidden className={`mt-0.5 flex-none ${holds ? "text-ok" : "text-bad"}`} />
      <span className="min-w-0">
        {children}
        <span className="sr-only">{holds ? ": yes" : ": no"}</span>
      </span>
    </li>
  );
}
