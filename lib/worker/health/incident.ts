// When an incident begins, gets worse and ends.
import "server-only";
import type { EngineHealth, EngineStatus } from "@/lib/databases/schema";

export type OpenIncident = { id: string; status: "degraded" | "down" | "unknown"; reasons: { text: string }[] };

export type IncidentChange =
  | { kind: "open"; incident: OpenIncident; at: string }
  | { kind: "worse"; incident: OpenIncident }
  | { kind: "end"; id: string; at: string };

const RANK: Record<OpenIncident["status"], number> = { degraded: 0, unknown: 1, down: 2 };

/** What changes; maintenance opens none, and an engine that nobody configured has no incidents. */
export function incidentChange(open: OpenIncident | null, health: EngineHealth, newId: string): IncidentChange | null {
  const status = troubleOf(health.status);
  const at = health.checked_at ?? new Date().toISOString();
  if (open === null) {
    if (status === null || health.checked_at === null) return null;
    return { kind: "open", incident: { id: newId, status, reasons: textsOf(health) }, at: health.since ?? at };
  }
  if (health.status === "healthy" || (health.status === "maintenance" && health.reasons.length === 0)) {
    return { kind: "end", id: open.id, at };
  }
  if (status === null) return null;
  const reasons = merged(open.reasons, textsOf(health));
  const isWorse = RANK[status] > RANK[open.status] || reasons.length > open.reasons.length;
  const worst = RANK[status] > RANK[open.status] ? status : open.status;
  return isWorse ? { kind: "worse", incident: { id: open.id, status: worst, reasons } } : null;
}

function troubleOf(status: EngineStatus): OpenIncident["status"] | null {
  return status === "degraded" || status === "down" || status === "unknown" ? status : null;
}

const MOST_REASONS = 10;

function textsOf({ reasons, reason }: EngineHealth): { text: string }[] {
  const texts = reasons.length > 0 ? reasons.map(({ text }) => text) : reason ? [reason] : [];
  return texts.slice(0, MOST_REASONS).map((text) => ({ text }));
}

/** Numbers move all the time: the same sentence with other figures is the same reason. */
function merged(known: readonly { text: string }[], seen: readonly { text: string }[]): { text: string }[] {
  const shape = (text: string) => text.replace(/[\d.,]+/g, "#");
  const shapes = new Set(known.map(({ text }) => shape(text)));
  return [...known, ...seen.filter(({ text }) => !shapes.has(shape(text)))].slice(0, MOST_REASONS);
}
