import { BellOff, CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { Alert } from "@/lib/alerts/schema";
import { RemedyButton } from "../health/frame/remedy-button";
import type { May } from "../viewer";
import { acknowledgeDry, acknowledgeRun, unacknowledgeDry, unacknowledgeRun } from "./actions";
import { MuteButton, UnmuteButton } from "./mute-buttons";
import { engineOf, lasted, shown } from "./words";

type AlertCardProps = { alert: Alert; may: May; muted: boolean };

/** What, since when, what people notice of it, what to do; then what the reader may do about it here. */
export function AlertCard({ alert, may, muted }: AlertCardProps) {
  const { id, name, text, severity, impact, next_step: next, started_at: since } = alert;
  const engine = engineOf(alert.signal);
  return (
    <article
      id={id}
      aria-labelledby={`${id}-name`}
      className="status flex gap-2.5 rounded-lg border bg-raised p-3.5 target:border-accent target:ring-1 target:ring-accent"
    >
      <Sign severity={severity} muted={muted} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <h3 id={`${id}-name`} className="min-w-0 flex-1 font-semibold [overflow-wrap:anywhere]">
            {name}
          </h3>
          <span className="flex-none text-sm text-text-3">
            <span className="sr-only">Since </span>
            <Time value={since} focusable />
          </span>
        </div>
        <p className="mt-0.5 text-text-2 [overflow-wrap:anywhere]">{text}</p>
        {impact || next ? (
          <p className="mt-0.5 text-sm text-text-3 [overflow-wrap:anywhere]">
            {impact ? (
              <>
                Impact <b className="font-medium text-text">{impact.replace(/\.$/, "")}</b>.{" "}
              </>
            ) : null}
            {next ? (
              <>
                Next <b className="font-medium text-text">{next}</b>
              </>
            ) : null}
          </p>
        ) : null}
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1 basis-44 text-sm text-text-3">{measured(alert)}</span>
          <State alert={alert} muted={muted} />
          {may("alerts.acknowledge") ? <Acts alert={alert} muted={muted} /> : null}
          {engine && may("health.read") ? (
            <ButtonLink size="sm" href={`/health/${engine}`} prefetch={false}>
              Open
            </ButtonLink>
          ) : null}
        </div>
      </div>
    </article>
  );
}

function Sign({ severity, muted }: { severity: Alert["severity"]; muted: boolean }) {
  const [Icon, tone, word] = muted
    ? ([BellOff, "text-text-2", "Muted"] as const)
    : severity === "critical"
      ? ([OctagonX, "text-bad", "Critical"] as const)
      : ([TriangleAlert, "text-warn", "Warning"] as const);
  return (
    <span className="flex-none">
      <Icon size={16} aria-hidden className={`mt-0.5 ${tone}`} />
      <span className="sr-only">{word}</span>
    </span>
  );
}

function measured({ value, peak, threshold, unit, started_at: since, seen_at: seen }: AlertCardProps["alert"]): string {
  if (threshold === null) return `no value for ${lasted(since, seen)}`;
  const worst = peak !== null && peak !== value ? `, at worst ${shown(peak, unit)}` : "";
  return `${shown(value, unit)}, limit ${shown(threshold, unit)}${worst}`;
}

function State({ alert, muted }: { alert: Alert; muted: boolean }) {
  if (muted && alert.muted_until) {
    return (
      <span className="text-sm text-text-2" title={alert.mute_reason ?? undefined}>
        until <Time value={alert.muted_until} mode="utc" /> UTC
      </span>
    );
  }
  if (alert.state !== "acknowledged") return null;
  return (
    <span className="flex items-center gap-1.5 text-sm text-text-2" title={alert.acknowledge_note ?? undefined}>
      <CircleCheck size={13} aria-hidden />
      {alert.acknowledged_by ?? "Somebody"} acknowledged <Time value={alert.acknowledged_at} />
    </span>
  );
}

function Acts({ alert, muted }: { alert: Alert; muted: boolean }) {
  const rule = { id: alert.rule_id, version: alert.rule_version, name: alert.name };
  if (muted) return <UnmuteButton rule={rule} />;
  return (
    <>
      <MuteButton rule={rule} />
      {alert.state === "firing" ? (
        <RemedyButton
          command
          reason="optional"
          run={acknowledgeRun}
          dryRun={acknowledgeDry}
          fields={{ id: alert.id, version: String(alert.version) }}
          label="Acknowledge"
          ariaLabel={`Acknowledge ${alert.name}`}
          title={`Acknowledge ${alert.name}`}
          description="Others see that you look after it. It stays open until the value has come back."
          confirm="Acknowledge alert"
        />
      ) : (
        <RemedyButton
          command
          reason="optional"
          run={unacknowledgeRun}
          dryRun={unacknowledgeDry}
          fields={{ id: alert.id, version: String(alert.version) }}
          label="Give back"
          ariaLabel={`Give back ${alert.name}`}
          title={`Give back ${alert.name}`}
          description="Nobody looks after it any more, until someone acknowledges it."
          confirm="Give alert back"
        />
      )}
    </>
  );
}
