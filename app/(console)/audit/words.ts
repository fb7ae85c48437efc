import type { AuditEvent, AuditUndo, Party } from "@/lib/audit/schema";
import { formatDay } from "@/components/ui/time-format";

const ACTIONS: Record<string, string> = {
  "user.edit": "edited",
  "user.suspend": "suspended",
  "user.reactivate": "reactivated",
  "user.sign-out": "signed out everywhere",
  "user.bootstrap": "made the first superadmin,",
  "session.revoke": "revoked a session of",
  "session.sign-out": "signed out",
  "alert.acknowledge": "acknowledged",
  "alert.unacknowledge": "took back the acknowledgement of",
  "alert.rule-create": "made the rule",
  "alert.rule-edit": "changed the rule",
  "alert.rule-delete": "deleted the rule",
  "alert.rule-restore": "brought back the rule",
  "alert.rule-mute": "muted the rule",
  "alert.rule-unmute": "unmuted the rule",
  "alert.channel-create": "made the channel",
  "alert.channel-edit": "changed the channel",
  "alert.channel-delete": "deleted the channel",
  "alert.channel-restore": "brought back the channel",
  "alert.channel-test": "sent a test to the channel",
  "alert.delivery-replay": "sent again the message",
  "approval.request": "asked for approval, request",
  "approval.decline": "declined the request",
  "approval.withdraw": "took back the request",
  "subscription.create": "began the subscription",
  "subscription.change-plan": "changed the plan of",
  "subscription.change-quantity": "changed the quantity of",
  "subscription.drop-change": "took back the planned change of",
  "subscription.apply-change": "carried out the planned change of",
  "subscription.extend-trial": "extended the trial of",
  "subscription.comp": "changed whether it is free, of",
  "subscription.keep": "took back the cancelation of",
  "subscription.cancel": "cancelled",
  "subscription.end": "ended",
  "subscription.pause": "paused",
  "subscription.pause-collection": "paused the collection of",
  "subscription.resume": "resumed",
  "subscription.end-pause": "resumed",
  "subscription.add-credit": "added credit for",
  "subscription.take-back-credit": "took back credit of",
  "subscription.record-payment": "recorded a payment for",
  "subscription.refund-payment": "refunded a payment of",
  "subscription.retry-payment": "asked for the payment again of",
  "subscription.collect-again": "asked for the payment again of",
  "subscription.write-off": "wrote off a charge of",
  "subscription.renew": "renewed",
  "subscription.settle": "booked the processor's answer for",
  "subscription.lapse": "found overdue",
  "revenue.rebuild": "rolled up again the months since",
  "maintenance.start": "started maintenance",
  "maintenance.end": "ended maintenance",
  "health.postgres.explain": "explained",
  "health.postgres.cancel-query": "cancelled",
  "health.postgres.terminate": "ended",
  "health.postgres.vacuum": "vacuumed",
  "health.postgres.reindex": "rebuilt",
  "health.postgres.reset-statements": "reset",
  "health.mongodb.kill-operation": "killed",
  "health.mongodb.create-index": "created",
  "health.mongodb.drop-index": "dropped",
  "health.redis.kill-client": "closed",
  "health.redis.purge-memory": "gave unused memory back,",
  "health.redis.reset-slowlog": "emptied",
  "health.redis.delete-keys": "deleted",
  "health.elasticsearch.cancel-task": "cancelled",
  "health.elasticsearch.retry-allocation": "placed again",
  "health.elasticsearch.clear-block": "made writable again",
  "health.elasticsearch.refresh": "refreshed",
  "health.elasticsearch.force-merge": "merged",
};

const OUTCOMES: Record<string, string> = {
  done: "Done",
  requested: "Requested",
  failed: "Failed",
  "no-effect": "No effect seen",
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
  // An engine's things are named by words, which are told in full.
  return party.name ?? (party.id.includes(" ") ? party.id : shortId(party.id));
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
  if (outcome === "requested") return `asked to ${action.split(".").at(-1)?.replaceAll("-", " ")},`;
  return ACTIONS[action] ?? action;
}

/** The verb where the list is about the target already: "changed the plan" of "changed the plan of". */
export function bareVerb(event: AuditEvent): string {
  return verb(event).replace(/,? (of|for)$/, "");
}

/** More than these, as of a record that was made, are counted. */
const MOST_FIELDS = 6;

/** What changed, in a few words: a security event says how it ended, a change its fields. */
export function what({ kind, outcome, fields }: AuditEvent): string {
  if (kind === "security" || outcome !== "done" || fields.length === 0) return outcomeLabel(outcome);
  return fields.length > MOST_FIELDS ? `${fields.length} fields` : fields.map(fieldName).join(", ");
}

export function isFailure({ kind, outcome }: AuditEvent): boolean {
  if (outcome === "failed") return true;
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
  return field.replace(/_minor$/, "").replaceAll("_", " ");
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll(/[-_]/g, " ");
}
