import type { ReactNode } from "react";
import { Note } from "@/components/ui/note";
import { formatUtc } from "@/components/ui/time-format";
import { formatValue } from "@/components/ui/value";
import type { EngineHealth, EngineReport, Passed, Reason } from "@/lib/databases/schema";
import { BlindNote } from "./blind-note";

type EngineBannerProps = { health: EngineHealth; report: EngineReport | null };

/** The worst there is to say, why, and the next step: a reason, else a passed limit, else what nobody can see. */
export function EngineBanner({ health, report }: EngineBannerProps) {
  const [worst, ...others] = health.reasons;
  if (worst || health.reason) {
    return (
      <Note
        tone={health.status === "down" ? "bad" : "warn"}
        role="status"
        title={<Said>{worst?.text ?? health.reason}</Said>}
      >
        {worst ? <Told reason={worst} /> : null}
        {others.length > 0 ? (
          <ul className="mt-1 list-disc pl-4">
            {others.map((reason) => (
              <li key={reason.signal + reason.text}>
                {reason.text} <Told reason={reason} />
              </li>
            ))}
          </ul>
        ) : null}
      </Note>
    );
  }
  const passed = report?.passed[0];
  if (passed) {
    return (
      <Note tone={passed.severity === "critical" ? "bad" : "warn"} role="status" title={<Said>{passed.text}</Said>}>
        {standing(passed)} <Told reason={passed} />
      </Note>
    );
  }
  const blind = report?.blind.find(({ kind }) => kind !== "not_reported");
  return blind ? <BlindNote blind={blind} /> : null;
}

/** Reasons are written to follow a name; here they begin a sentence. */
function Said({ children }: { children: ReactNode }) {
  return <span className="inline-block first-letter:uppercase">{children}</span>;
}

function Told({ reason: { since, next } }: { reason: Reason }) {
  return (
    <span className="text-text-2">
      {since ? `Since ${formatUtc(since).slice(11, 16)} UTC.` : ""} {next ? `Next step: ${next}` : ""}
    </span>
  );
}

function standing({ holds, for_s: forS }: Passed): string {
  if (holds) return "Worth a look; the engine works.";
  return `Passed; counts after ${formatValue(forS, "s").replace(/ 0 s$/, "")}.`;
}
