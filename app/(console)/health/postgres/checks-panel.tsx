import { CircleCheck, TriangleAlert } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatUtc } from "@/components/ui/time-format";
import { formatValue } from "@/components/ui/value";
import type { EngineReport } from "@/lib/databases/schema";
import { BlindNote } from "../frame/blind-note";

/** Every limit that is passed, and every check nobody could make: unknown is not healthy. */
export function ChecksPanel({ report }: { report: EngineReport | null }) {
  const passed = report?.passed ?? [];
  const blind = report?.blind ?? [];
  return (
    <Card id="checks" aria-labelledby="checks-title" className="scroll-mt-4">
      <CardHeader
        id="checks-title"
        title="Checks"
        hint={report ? `measured ${formatUtc(report.at).slice(11)} UTC` : null}
      />
      {report ? null : <CardBody className="text-text-2">Nobody has measured yet.</CardBody>}
      {report && passed.length === 0 && blind.length === 0 ? (
        <CardBody className="flex items-center gap-2 text-text-2">
          <CircleCheck size={14} aria-hidden className="text-ok" />
          Every check was made, and no limit is passed.
        </CardBody>
      ) : null}
      {passed.length > 0 ? (
        <ul aria-label="Limits that are passed" className="space-y-2 px-3.5 py-3">
          {passed.map(({ signal, text, severity, holds, for_s: forS, since }) => (
            <li key={signal} className="flex gap-2">
              <TriangleAlert
                size={14}
                aria-hidden
                className={`mt-[3px] flex-none ${severity === "critical" ? "text-bad" : "text-warn"}`}
              />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {text}{" "}
                <span className="text-sm text-text-2">
                  since {formatUtc(since).slice(11, 16)} UTC
                  {holds ? "" : `; passed, counts after ${formatValue(forS, "s").replace(/ 0 s$/, "")}`}
                </span>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {blind.map((each) => (
        <BlindNote key={each.check} blind={each} bare />
      ))}
    </Card>
  );
}
