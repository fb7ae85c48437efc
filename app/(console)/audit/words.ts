import type { AuditEvent, AuditUndo, Party } from "@/lib/audit/schema";
import { formatDay } from "@/components/ui/time-format";

const ACTIONS: Record<string, string> = {
  "user.edit": "edited",
  "user.suspend": "suspended",
  "user.reactivate": "reactivated",
  "user.sign-out": "signed out everywhere",
  "session.revoke": "revoked a session of",
  "session.sign-out": "signed out",
};

const OUTCOMES: Record<string, string> = {
  done: "Done",
  "signed-in": "Signed in",
  "signed-out": "Signed out",
  "wrong-password": "Wrong password",
  "no-password": "No password set",
  "unknown-account": "Unknown account",
  "not-staff": "No role",
  "rate-limited": "Too many tries",
  locked: "Locked",
  stopped: "Stopped",
  suspended: "Suspended",
};

export const KIND_LABELS: Record<string, string> = {
  change: "Change",
  security: "Security",
  access: "Access",
  job: "Job",
};

export const ORIGIN_LABELS: Record<string, string> = { ui: "Console", api: "API", job: "Job", import: "Import" };

export const FILTER_LABELS: Record<string, string> = {
  kind: "Kind",
  noun: "Record",
  action: "Action",
  outcome: "Outcome",
  origin: "From",
  actor: "Actor",
  target: "Target",
  subject: "About",
  request_id: "Request",
  from: "Since",
  to: "Until",
};

/** Who an event is by, or about. A name that may not be seen, or is gone, leaves the id. */
export function partyName(party: Party | null, nobody = "–"): string {
  if (!party) {
    return nobody;
  }
  if (party.kind === "job" || /^0{8}-/.test(party.id)) {
    return "The system";
  }
  return party.name ?? shortId(party.id);
}

/** The end of an id tells more than its beginning, which is a time. */
export function shortId(id: string): string {
  return id.length > 14 ? `…${id.slice(-8)}` : id;
}

export function outcomeLabel(outcome: string): string {
  return OUTCOMES[outcome] ?? sentence(outcome);
}

/** The verb between actor and target. */
export function verb({ action, outcome }: AuditEvent): string {
  if (action === "session.sign-in") {
    return outcome === "signed-in" ? "signed in" : `could not sign in: ${outcomeLabel(outcome).toLowerCase()}`;
  }
  return ACTIONS[action] ?? action;
}

/** What changed, in a few words: a security event says how it ended, a change its fields. */
export function what({ kind, outcome, fields }: AuditEvent): string {
  return kind === "security" || fields.length === 0 ? outcomeLabel(outcome) : fields.map(fieldName).join(", ");
}

export function isFailure({ kind, outcome }: AuditEvent): boolean {
  return kind === "security" && !["done", "signed-in", "signed-out"].includes(outcome);
}

/** Undo stays open for 30 days after the event. */
export function undoUntil(at: string): string {
  return formatDay(new Date(Date.parse(at) + 30 * 86_400_000).toISOString());
}

/** Why an undo record offers nothing; null when it does. */
export function undoRefusal(undo: AuditUndo): string | null {
  if (!undo.open) {
    return "undone, or older than 30 days";
  }
  return undo.allowed ? null : "your role may not undo this";
}

function fieldName(field: string): string {
  return field.replaceAll("_", " ");
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll(/[-_]/g, " ");
}
