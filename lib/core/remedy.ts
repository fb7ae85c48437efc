// Runs a remedy: an act on an engine, which no transaction can take back. So it is written down before it begins.
import "server-only";
import type { z } from "zod";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import { appendEvent, remedyEvent } from "./audit";
import { canonical, difference } from "./canonical";
import { beginIdempotent, finishIdempotent, guardActor } from "./doors";
import { AppError } from "./errors";
import { keyUse, rejectTwin, storedAnswer } from "./idempotency";
import type { Written } from "./job";
import type { Context, EngineScope, Fields, Finding, Outcome, Preview, Remedy, Saved, Strict } from "./operation";
import { checkPlan, planEnd, signPlan } from "./plan";
import type { Touch } from "./preview";
import type { Stores } from "./stores";
import { toAppError } from "./translate";

export type RemedyJob = {
  remedy: Remedy;
  input: z.output<Strict>;
  ctx: Context;
  stores: Stores;
  options: { key?: string | undefined; plan?: string | undefined };
};

/** Reads the target and says what would be done; nothing is touched. */
export async function lookAhead(job: RemedyJob): Promise<Preview> {
  return describe(job, await job.remedy.look(job.input, engineScope(job)));
}

/**
 * Audit `requested`, act, audit the outcome. Throws `conflict` when the state of the engine makes it dangerous, and
 * `outcome_unknown` when it was done but its outcome could not be written down.
 */
export async function carryOut(job: RemedyJob): Promise<Saved> {
  const { remedy, input, options } = job;
  const scope = engineScope(job);
  const finding = await remedy.look(input, scope);
  if (options.plan !== undefined) {
    checkPlan(planned(job), options.plan, [asChange(job, finding)], NO_TOUCHES, () => describe(job, finding));
  }
  if (finding.refused !== null) throw new AppError("conflict", finding.refused);
  const answered = await request(job, finding);
  if (answered) return answered;
  const acted = await act(job, scope, finding);
  const saved = await record(job, finding, acted).catch((error: unknown) => {
    const message = "It was carried out, but its outcome could not be recorded. Look before you repeat it.";
    throw new AppError("outcome_unknown", message, {}, { cause: error });
  });
  await job.stores.cache.after([`health:${remedy.engine}`], [], []);
  if (acted.error) throw acted.error;
  return saved;
}

/** Everything an engine's queries and remedies may reach. */
export function engineScope({ ctx, stores }: Pick<RemedyJob, "ctx" | "stores">, action = "health"): EngineScope {
  return {
    ctx,
    now: new Date(),
    engines: stores.engines,
    watch: stores.databases.watchers,
    system: (work) => stores.postgres.systemReader.read(work, action),
    audit: (work) => stores.postgres.auditor.read(work, action),
  };
}

/** Who acts, on what and why stands in the audit before anything happens. Answers what a twin was answered. */
async function request(job: RemedyJob, finding: Finding): Promise<Saved | null> {
  const use = keyUse(job.remedy, job);
  return inTransaction(job, async (transaction) => {
    await guardActor(transaction, job.ctx);
    const stored = use && storedAnswer(await beginIdempotent(transaction, use).catch(rejectTwin));
    if (stored) return stored;
    await append(transaction, job, finding, "requested", {});
    return null;
  });
}

type Acted = { outcome: string; after: Fields; note: string; error: AppError | null };

async function act({ remedy, input }: RemedyJob, scope: EngineScope, finding: Finding): Promise<Acted> {
  try {
    const { done, after, note }: Outcome = await remedy.act(input, scope, finding);
    return { outcome: done ? "done" : "no-effect", after, note, error: null };
  } catch (thrown) {
    const error = toAppError(thrown);
    return { outcome: "failed", after: {}, note: error.message, error };
  }
}

async function record(job: RemedyJob, finding: Finding, { outcome, after, note, error }: Acted): Promise<Saved> {
  const use = keyUse(job.remedy, job);
  return inTransaction(job, async (transaction) => {
    const audit = await append(transaction, job, finding, outcome, after);
    const saved: Saved = { id: finding.id, version: 0, after, audit, undo: null, note };
    if (use && !error) await finishIdempotent(transaction, use, canonical(saved));
    return saved;
  });
}

function append(
  transaction: Transaction,
  { remedy, input, ctx, stores }: RemedyJob,
  finding: Finding,
  outcome: string,
  after: Fields,
): Promise<string> {
  const reason = typeof input.reason === "string" ? input.reason : undefined;
  const step = { outcome, target: finding.id, before: outcome === "requested" ? finding.before : {}, after, reason };
  return appendEvent(transaction, stores.keys, remedyEvent(remedy, step, ctx, stores.keys));
}

function inTransaction<T>({ remedy, stores }: RemedyJob, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return stores.postgres.system.transaction(work, remedy.action);
}

function describe(job: RemedyJob, finding: Finding): Preview {
  const { id, before, after, touches, refused } = finding;
  const at = new Date();
  return {
    will: refused === null ? 1 : 0,
    refused: refused === null ? [] : [{ code: "conflict", reason: refused, count: 1, ids: [id] }],
    touches: [...touches],
    diffs: [{ id, ...difference(before, after) }],
    undo: false,
    subjects: [],
    money: [],
    approval: null,
    plan: signPlan(planned(job), [asChange(job, finding)], NO_TOUCHES, at),
    expires_at: planEnd(at).toISOString(),
  };
}

function planned({ remedy, input, ctx, stores }: RemedyJob) {
  return { command: { action: remedy.action }, input, ctx, stores };
}

/** What a remedy touches is counted on a living engine and moves by itself: shown, but no part of the plan. */
const NO_TOUCHES: readonly Touch[] = [];

/** A plan holds a remedy to its target's identity, as it holds a command to what was there before. */
function asChange({ remedy }: RemedyJob, { id, identity }: Finding): Written {
  return { entity: remedy.noun.name, id, version: 0, before: identity, after: {} };
}
