import { ArrowRight, CircleQuestionMark, Info, Lightbulb } from "lucide-react";
import Link from "next/link";
import { Copy } from "@/components/ui/copy";
import { Time } from "@/components/ui/time";
import { formatUtc } from "@/components/ui/time-format";
import { ENGINE_LABELS, type Passed } from "@/lib/databases/schema";
import type { EngineView, Incident } from "@/lib/health/schema";

/** The next step of an engine, its last incident, how old its figures are, and the way to its page. */
export function CardFoot({ view: { health, report, last_incident: incident } }: { view: EngineView }) {
  const { engine } = health;
  const next = health.reasons[0]?.next ?? passedWords(report?.passed[0]);
  const blind = report?.blind.find(({ grant }) => grant !== null);
  const Icon = next ? Lightbulb : blind ? CircleQuestionMark : Info;
  return (
    <footer className="status flex flex-wrap items-center gap-x-2.5 gap-y-1 rounded-b-lg border-t bg-sunken px-3.5 py-2 text-sm text-text-2">
      <Icon size={14} aria-hidden className={next ? "text-warn" : undefined} />
      <p className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]">
        {next ?? (blind ? null : incidentWords(incident))}
        {blind?.grant ? (
          <span className={next ? "block" : undefined}>
            {blind.check}: a grant is missing.
            <Copy text={blind.grant} label={`Copy the grant for ${blind.check}`}>
              Copy grant
            </Copy>
          </span>
        ) : null}
        {next || blind ? <span className="block text-text-3">{incidentWords(incident)}</span> : null}
      </p>
      <span className="text-text-3">
        {report ? (
          <>
            Measured <Time value={report.at} mode="clock" /> UTC
          </>
        ) : (
          "Not measured yet"
        )}
      </span>
      <Link
        href={`/health/${engine}`}
        prefetch={false}
        aria-label={`Open ${ENGINE_LABELS[engine]}`}
        className="link inline-flex min-h-6 items-center gap-1 touch:min-h-11"
      >
        Open
        <ArrowRight size={13} aria-hidden />
      </Link>
    </footer>
  );
}

/** A limit that is passed is named here: the head of the card tells only of what counts. */
function passedWords(passed: Passed | undefined): string | undefined {
  if (!passed) return undefined;
  return `${passed.text[0]?.toUpperCase()}${passed.text.slice(1)}. ${passed.next ?? ""}`;
}

function incidentWords(incident: Incident | null): string {
  if (!incident) return "No incident known.";
  const { started_at: from, ended_at: to, status, reasons } = incident;
  const span = to
    ? `${formatUtc(from).slice(5, 16)}–${formatUtc(to).slice(11, 16)} UTC`
    : `since ${formatUtc(from).slice(5, 16)} UTC`;
  const why = reasons[0]?.text;
  return `Last incident ${span}: ${status}${why ? `, ${why}` : ""}`;
}
