// Audit events: their body is built here and nowhere else, and their schema is what readers use.
import "server-only";
import { z } from "zod";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import { type Difference, canonical, difference, mac, sha256 } from "./canonical";
import { hexByteArray } from "./doors";
import { AppError } from "./errors";
import type { Keys } from "./keys";
import type { Change, Command, Context, Fields, Remedy } from "./operation";
import { seal } from "./seal";

const MAX_BODY_BYTES = 32_768;

const fields = z.record(z.string(), z.unknown());

/** The signed text of an event. Personal values are not in it: `fields` names them, `sealed` is the digest of their box. */
export const AuditBody = z.object({
  v: z.literal(1),
  kind: z.enum(["change", "security", "access", "job"]),
  action: z.string(),
  outcome: z.string().optional(),
  actor_id: z.uuid().optional(),
  actor_kind: z.enum(["user", "job"]).optional(),
  origin: z.enum(["ui", "api", "job", "import"]),
  ip_prefix: z.string().optional(),
  /** The first bytes of the digest of the session: tells sessions apart without naming one. */
  session: z.string().optional(),
  request_id: z.string().optional(),
  target_type: z.string().optional(),
  target_id: z.string().optional(),
  subject_id: z.uuid().optional(),
  version: z.number().optional(),
  reason: z.string().optional(),
  undoes: z.uuid().optional(),
  /** The request that a second person approved, and who had made it. */
  approval: z.uuid().optional(),
  requested_by: z.uuid().optional(),
  before: fields.optional(),
  after: fields.optional(),
  fields: z.array(z.string()).optional(),
  sealed: z.string().optional(),
});
export type AuditBody = z.infer<typeof AuditBody>;

export type AuditEvent = { body: string; mac: Buffer; sealed: Buffer | null };

export type EventOptions = {
  [Name in "reason" | "undoes" | "approval" | "requested_by"]?: string | undefined;
};

/** One change as an event; `key` is the key of its subject, null when they have none (any more). */
export function changeEvent(
  command: Command,
  change: Change<string, Fields>,
  ctx: Context,
  keys: Keys,
  key: Buffer | null,
  { reason, ...links }: EventOptions,
): AuditEvent {
  const [open, hidden] = split(difference(change.before, change.after), command.noun.personal);
  const names = [...new Set([...Object.keys(hidden.before), ...Object.keys(hidden.after)])].sort();
  const hiddenReason = change.subject === undefined ? undefined : reason;
  const isPersonal = names.length > 0 || hiddenReason !== undefined;
  const sealed =
    isPersonal && key ? seal(key, { ...hidden, reason: hiddenReason ?? null }, about(command.action, change.id)) : null;
  return signed(keys, sealed, {
    ...by(ctx),
    v: 1,
    kind: ctx.actor.kind === "job" ? "job" : "change",
    action: command.action,
    target_type: change.entity,
    target_id: change.id,
    subject_id: change.subject,
    version: change.version,
    reason: change.subject === undefined ? reason : undefined,
    ...links,
    ...open,
    fields: isPersonal ? names : undefined,
  });
}

/** A step of a remedy: `requested` before it begins, then what became of it. Nothing in it is personal. */
export function remedyEvent(
  { action, noun }: Remedy,
  step: { outcome: string; target: string; before: Fields; after: Fields; reason: string | undefined },
  ctx: Context,
  keys: Keys,
): AuditEvent {
  return signed(keys, null, {
    ...by(ctx),
    v: 1,
    kind: "change",
    action,
    outcome: step.outcome,
    target_type: noun.name,
    target_id: step.target,
    reason: step.reason,
    ...difference(step.before, step.after),
  });
}

/** Rows that leave the console: `requested` before the first, then how it ended. */
export function accessEvent(
  { action, noun }: { action: string; noun: { name: string } },
  { outcome, asked, rows }: { outcome: string; asked: Fields; rows?: number },
  ctx: Context,
  keys: Keys,
): AuditEvent {
  const after = { ...asked, rows };
  return signed(keys, null, { ...by(ctx), v: 1, kind: "access", action, outcome, target_type: noun.name, after });
}

/** What a sealed box is bound to. */
export function about(action: string, id: string): string {
  return `${action}:${id}`;
}

function by({ actor, origin, ip_prefix, requestId }: Context) {
  return {
    actor_id: actor.id,
    actor_kind: actor.kind,
    origin,
    ip_prefix,
    session: actor.session ? sha256(actor.session).subarray(0, 8).toString("hex") : undefined,
    request_id: requestId,
  };
}

function split({ before, after }: Difference, personal: readonly string[]): [open: Difference, hidden: Difference] {
  const pick = (side: Fields, wanted: boolean) =>
    Object.fromEntries(Object.entries(side).filter(([key]) => personal.includes(key) === wanted));
  return [
    { before: pick(before, false), after: pick(after, false) },
    { before: pick(before, true), after: pick(after, true) },
  ];
}

function signed(keys: Keys, sealed: Buffer | null, content: AuditBody): AuditEvent {
  const body = canonical({ ...content, sealed: sealed ? sha256(sealed).toString("hex") : undefined });
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
    throw new AppError("too_large", "This change is too large for one audit event.");
  }
  return { body, mac: mac(keys.mac, body), sealed };
}

export type SecurityEvent = {
  /** `job` is the platform itself, before there is anybody. */
  origin?: "ui" | "job";
  /** Such as `session.sign-in`. */
  action: string;
  /** Such as `signed-in`, `wrong-password`, `locked`. */
  outcome: string;
  /** Who acted, when that is known. */
  actor?: string | undefined;
  /** The person concerned, when there is one. */
  subject?: string | undefined;
  target_type?: string | undefined;
  target_id?: string | undefined;
  ip_prefix?: string | undefined;
  request_id?: string | undefined;
};

/** An event of its own, not of an operation (a try to sign in), by a pool or in a transaction. Answers its id. */
export async function appendSecurityEvent(
  on: Pick<Transaction, "query">,
  keys: Keys,
  { actor, subject, origin = "ui", ...event }: SecurityEvent,
): Promise<string> {
  const content = { ...event, v: 1 as const, kind: "security" as const, origin };
  const kind = origin === "job" ? ("job" as const) : ("user" as const);
  const who = { actor_id: actor, actor_kind: actor === undefined ? undefined : kind, subject_id: subject };
  return appendEvent(on, keys, signed(keys, null, { ...content, ...who }));
}

/** Writes one event and answers its id. */
export async function appendEvent(
  on: Pick<Transaction, "query">,
  keys: Keys,
  { body, mac: code }: AuditEvent,
): Promise<string> {
  const [row] = await on.query<{ ids: string[] }>(
    "select system.append_audit($1::text[], $2::text::bytea[], $3::smallint) as ids",
    [[body], hexByteArray([code]), keys.id],
  );
  const id = row?.ids[0];
  if (id === undefined) throw new Error("The audit answered no id.");
  return id;
}
