// A preview is promised by a signed token, not by stored state: what was to change, in six bytes a row.
import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { canonical, difference, sha256 } from "./canonical";
import { AppError } from "./errors";
import type { Job, Written } from "./job";
import type { Context, Preview, Touch } from "./operation";
import type { Stores } from "./stores";

const PLAN_MS = 600_000;

const ROW_BYTES = 6;

/** Whatever is planned: a command in its job, or a remedy. */
type Planned = {
  command: { action: string };
  input: Job["input"];
  ctx: Context;
  stores: Pick<Stores, "keys">;
};

type Facts = { action: string; input: string; actor: string; touches: string; money: string; rows: string };
/**
 * `at`: the time the preview was made for, which its run keeps, so that what is measured by the second stays.
 * `late`: the fields that take the reason, of which no one knows yet whether they will differ.
 */
type Plan = Facts & { at: number; late: readonly string[] };

/**
 * Covers what was there before: what becomes of it follows from the input, and the reason is typed after the preview.
 * The version stands with the rows. Money is covered as it will be, for it may follow from other records.
 */
function facts(
  { command, input, ctx }: Planned,
  changes: readonly Written[],
  touches: readonly Touch[],
  late: readonly string[],
): Facts {
  return {
    action: command.action,
    input: digest({ ...input, reason: undefined, version: undefined }),
    actor: ctx.actor.id,
    touches: digest(touches),
    money: digest(changes.flatMap(({ money }) => money ?? [])),
    rows: Buffer.concat(changes.map((change) => row(change, late))).toString("base64url"),
  };
}

function digest(value: unknown): string {
  return sha256(canonical(value)).subarray(0, 12).toString("base64url");
}

/** What does not exist yet gets another id each time it is tried. A late field counts whether it differs or not. */
function row({ id, version, before, after }: Written, late: readonly string[]): Buffer {
  const was = { ...difference(before, after).before };
  for (const field of late) was[field] = before?.[field];
  return sha256(`${before === null ? "new" : id}\n${version}\n${canonical(was)}`).subarray(0, ROW_BYTES);
}

export function signPlan(job: Planned, changes: readonly Written[], touches: readonly Touch[], at: Date): string {
  const late = lateFields(job, changes);
  const plan: Plan = { ...facts(job, changes, touches, late), at: at.getTime(), late };
  const payload = Buffer.from(canonical(plan)).toString("base64url");
  return `${payload}.${sign(job, payload).toString("base64url")}`;
}

function lateFields({ input: { reason } }: Planned, changes: readonly Written[]): string[] {
  if (typeof reason !== "string") return [];
  const fields = changes.flatMap(({ after }) => Object.entries(after ?? {}));
  return [...new Set(fields.flatMap(([field, value]) => (value === reason ? [field] : [])))];
}

export function planEnd(at: Date): Date {
  return new Date(at.getTime() + PLAN_MS);
}

/** When the run takes place: at the time of its preview while that holds, otherwise now. */
export function plannedTime(job: Planned, token: string | undefined): Date {
  if (token === undefined) return new Date();
  const at = new Date(read(job, token).at);
  return planEnd(at) < new Date() ? new Date() : at;
}

/** Throws `invalid` for a plan that is forged or another's, `changed_since_preview` when anything moved or it is old. */
export function checkPlan(
  job: Planned,
  token: string,
  changes: readonly Written[],
  touches: readonly Touch[],
  fresh: () => Preview,
): void {
  const was = read(job, token);
  const is = facts(job, changes, touches, was.late);
  if (was.action !== is.action || was.input !== is.input || was.actor !== is.actor) {
    throw new AppError("invalid", "This preview belongs to something else.");
  }
  if (planEnd(new Date(was.at)) < new Date()) {
    throw new AppError("changed_since_preview", "The preview has expired.", { preview: fresh() });
  }
  if (was.rows !== is.rows || was.touches !== is.touches || was.money !== is.money) {
    throw new AppError("changed_since_preview", moved(was, is), { preview: fresh() });
  }
}

function read(job: Planned, token: string): Plan {
  const [payload = "", signature = ""] = token.split(".");
  const given = Buffer.from(signature, "base64url");
  const wanted = sign(job, payload);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new AppError("invalid", "This preview is not valid.");
  }
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Plan;
}

function sign({ stores }: Planned, payload: string): Buffer {
  return createHmac("sha256", stores.keys.plan).update(payload).digest();
}

function moved(was: Facts, is: Facts): string {
  const [before, now] = [rowsOf(was.rows), rowsOf(is.rows)];
  const gone = [...before].filter((item) => !now.has(item)).length;
  const added = [...now].filter((item) => !before.has(item)).length;
  const count = Math.max(gone, added);
  return count > 0 ? `Changed since the preview: ${count}.` : "What this touches has changed since the preview.";
}

function rowsOf(rows: string): Set<string> {
  const bytes = Buffer.from(rows, "base64url");
  const count = bytes.length / ROW_BYTES;
  return new Set(Array.from({ length: count }, (_, i) => bytes.toString("hex", i * ROW_BYTES, (i + 1) * ROW_BYTES)));
}
