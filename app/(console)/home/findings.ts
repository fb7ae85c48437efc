import "server-only";
import { listAlerts } from "@/lib/alerts/queries";
import type { Alert } from "@/lib/alerts/schema";
import { auditStatus } from "@/lib/audit/queries";
import { ENGINE_LABELS, type EngineHealth, type EngineStatus } from "@/lib/databases/schema";
import { getHealth } from "@/lib/health/queries";
import { attempt } from "@/lib/next/load";
import type { May } from "../viewer";
import { ofApprovals, ofDifferences, ofPastDue, ofUnbilled } from "./money-findings";

export type Finding = {
  title: string;
  text: string;
  since: string | null;
  tone: "bad" | "warn" | "info";
  href: string;
  action: string;
};

const WORST_FIRST: readonly Finding["tone"][] = ["bad", "warn", "info"];

/** Somebody knows already that an engine is worked on. */
const CALM: readonly EngineStatus[] = ["healthy", "maintenance"];

/** More than these are counted, and stand on their own page. */
const MOST_ALERTS = 5;

/** Everything the console itself knows to be wrong, as far as the role may see it. */
export async function findings(may: May) {
  const parts = await Promise.all([
    may("health.read") ? ofEngines() : [],
    may("alerts.read") ? ofAlerts(may("health.read")) : [],
    may("audit.read") ? ofAudit() : [],
    may("subscriptions.read") ? ofDifferences() : [],
    may("subscriptions.read") ? ofUnbilled() : [],
    may("subscriptions.figures") ? ofPastDue() : [],
    may("approvals.decide") ? ofApprovals() : [],
  ]);
  const rank = ({ tone }: Finding) => WORST_FIRST.indexOf(tone);
  const found = parts.flat().sort((left, right) => rank(left) - rank(right));
  return { found, checkedAt: new Date().toISOString() };
}

async function ofEngines(): Promise<Finding[]> {
  const health = await attempt(getHealth, {});
  return health.ok ? health.value.engines.filter(({ status }) => !CALM.includes(status)).map(ofEngine) : [];
}

function ofEngine({ engine, status, reason, reasons, since }: EngineHealth): Finding {
  const told = reasons.map(({ text, next }) => (next ? `${text}. ${next}` : text));
  return {
    title: `${ENGINE_LABELS[engine]} is ${status}`,
    text: told.join(" · ") || (reason ?? "It has not said why."),
    since,
    tone: status === "down" ? "bad" : "warn",
    href: `/health/${engine}`,
    action: "Open",
  };
}

/** Without those that are muted, and without those that only repeat what an engine's own line says. */
async function ofAlerts(seesHealth: boolean): Promise<Finding[]> {
  const open = await attempt(listAlerts, {});
  if (!open.ok) return [];
  const now = new Date().toISOString();
  const told = open.value.data
    .filter(({ muted_until }) => muted_until === null || muted_until <= now)
    .filter(({ signal }) => !seesHealth || !signal.endsWith(".up"));
  const more = told.length - MOST_ALERTS;
  const rest = { title: `${more} more alerts`, text: "See all of them.", since: null, tone: "warn" as const };
  const shown = told.slice(0, MOST_ALERTS).map(ofAlert);
  return more > 0 ? [...shown, { ...rest, href: "/alerts", action: "Open" }] : shown;
}

function ofAlert({ id, name, text, severity, state, started_at, acknowledged_by }: Alert): Finding {
  return {
    title: name,
    text: state === "acknowledged" ? `${text}. ${acknowledged_by ?? "Somebody"} looks after it.` : text,
    since: started_at,
    tone: severity === "critical" ? "bad" : "warn",
    href: `/alerts#${id}`,
    action: "Open",
  };
}

async function ofAudit(): Promise<Finding[]> {
  const status = await attempt(auditStatus, {});
  if (!status.ok || status.value.state === "verified") {
    return [];
  }
  const { state, problem, verified } = status.value;
  const broken = state === "broken";
  return [
    {
      title: broken ? "The audit chain is broken" : "The audit chain was not verified for 2 h",
      text: broken
        ? (problem ?? "Events no longer fit together.")
        : "The worker checks it all the time: look whether it runs.",
      since: verified?.at ?? null,
      tone: broken ? "bad" : "warn",
      href: "/audit",
      action: "Open",
    },
  ];
}
