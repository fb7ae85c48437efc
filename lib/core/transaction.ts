// One attempt at a command in one transaction: for real, or rolled back for the preview.
import "server-only";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import { approvalReason, checkApproval } from "./approval";
import { resolveCommit } from "./commit";
import { describe } from "./describe";
import { beginIdempotent, guardActor, takeUndo, takeApproval } from "./doors";
import { Effects } from "./effects";
import { AppError } from "./errors";
import { draft, finish } from "./finish";
import { keyUse, rejectTwin, storedAnswer } from "./idempotency";
import { type Job, NotCommitted, type Written, quiet, settle } from "./job";
import type { Preview, Saved, Scope } from "./operation";
import { checkPlan, plannedTime } from "./plan";
import { SubjectKeys } from "./subject-keys";
import { isLost } from "./translate";

/** Runs everything and takes it back. A rollback would never fire the deferred rules, so they are fired first. */
export async function rehearse(job: Job): Promise<Preview> {
  const effects = new Effects(new Date());
  const transaction = await begin(job);
  try {
    const guarded = quiet(guardActor(transaction, job.ctx));
    const scope = effects.scope(job.ctx, transaction, job.stores.keys);
    const running = start(job, scope);
    await settle([guarded]);
    const changes = await running;
    const approval = await approvalReason(job, changes, scope);
    const forced = quiet(transaction.query("set constraints all immediate"));
    await settle([forced, transaction.rollback()] as const);
    return describe(job, { changes, touched: effects.touches(), approval, at: effects.now });
  } catch (error) {
    throw isLost(error) || transaction.lost ? new NotCommitted("rolled back", { cause: error }) : error;
  } finally {
    await transaction.rollback();
    transaction.finish();
  }
}

/** Runs once for real. Throws NotCommitted when it certainly had no effect and may run again. */
export async function perform(job: Job): Promise<Saved> {
  const effects = new Effects(plannedTime(job, job.options.plan));
  const attempt: Attempt = { job, transaction: await begin(job), effects, xid: null, changes: null };
  const { transaction } = attempt;
  try {
    return await commit(attempt);
  } catch (error) {
    if (transaction.commitSent && isLost(error)) return await confirm(attempt, error);
    if (!transaction.commitSent && (isLost(error) || transaction.lost)) {
      throw new NotCommitted("The connection was lost before COMMIT was sent.", { cause: error });
    }
    throw error;
  } finally {
    await transaction.rollback();
    transaction.finish();
  }
}

type Attempt = {
  job: Job;
  transaction: Transaction;
  effects: Effects;
  xid: string | null;
  changes: readonly Written[] | null;
};

async function commit(attempt: Attempt): Promise<Saved> {
  const { job, transaction, effects } = attempt;
  const { command, input, ctx, options, stores } = job;
  const subjects = new SubjectKeys(transaction, stores.keys);
  const use = keyUse(job.command, job);

  // First flight. run() starts on speculation: what it did counts only if the answers before it were good.
  const guarded = quiet(guardActor(transaction, ctx));
  const begun = use && quiet(beginIdempotent(transaction, use).catch(rejectTwin));
  const taken = options.undo === undefined ? undefined : quiet(takeUndo(transaction, options.undo, ctx.actor.id));
  const agreed = options.approval && quiet(takeApproval(transaction, job, options.approval));
  if (command.subject) void quiet(subjects.get(command.subject(input)));
  const scope = effects.scope(ctx, transaction, stores.keys);
  const running = start(job, scope);

  const [xid, used, undoes, asked] = await settle([guarded, begun, taken, agreed] as const);
  attempt.xid = xid;
  const answered = used && storedAnswer(used);
  if (answered) {
    await running.catch(() => {});
    return answered;
  }
  if (undoes === null) throw new AppError("conflict", "This was already undone.");
  if (asked === null) throw new AppError("conflict", "This request cannot be carried out any more.");
  const changes = await running;
  attempt.changes = changes;

  const { plan } = options;
  const touched = effects.touches();
  const approval = await approvalReason(job, changes, scope);
  const fresh = () => describe(job, { changes, touched, approval, at: effects.now });
  if (plan !== undefined) checkPlan(job, plan, changes, touched, fresh);
  checkApproval(job, approval, fresh);
  const saved = await finish(transaction, job, changes, { subjects: await keysOf(subjects, changes), undoes, asked });
  await subjects.keep();
  await announce(attempt);
  return saved;
}

async function begin({ command, stores }: Job): Promise<Transaction> {
  try {
    return await stores.postgres[command.noun.store].begin(command.action);
  } catch (error) {
    throw isLost(error) ? new NotCommitted("PostgreSQL could not be reached.", { cause: error }) : error;
  }
}

function start({ command, input }: Job, scope: Scope): Promise<readonly Written[]> {
  return quiet(Promise.resolve().then(async () => listed(await command.run(input, scope))));
}

function listed(changes: Written | readonly Written[]): readonly Written[] {
  return "entity" in changes ? [changes] : changes;
}

async function keysOf(subjects: SubjectKeys, changes: readonly Written[]): Promise<Map<string, Buffer | null>> {
  const ids = [...new Set(changes.flatMap(({ subject }) => subject ?? []))];
  const found = await settle(ids.map((id) => quiet(subjects.get(id))));
  return new Map(ids.map((id, index) => [id, found[index] ?? null]));
}

/** The connection died after COMMIT was sent: the server knows what became of it. */
async function confirm(attempt: Attempt, error: unknown): Promise<Saved> {
  const { job, xid, changes } = attempt;
  const pool = job.stores.postgres[job.command.noun.store];
  await resolveCommit(pool, xid, error);
  await announce(attempt);
  const use = keyUse(job.command, job);
  const stored = use && storedAnswer(await beginIdempotent(pool, use));
  return stored ?? draft(changes ?? []);
}

/** One Redis pipeline; the relay repeats it when it handles the outbox row, so a failure is late, not lost. */
async function announce({ job, changes, effects }: Attempt): Promise<void> {
  const written = changes ?? [];
  const { approval } = job.options;
  const tags = new Set(written.flatMap(({ entity, id }) => [entity, `${entity}:${id}`]));
  if (approval) tags.add("approval");
  const live = written.map(({ entity, id, version }) => ({ noun: entity, id, version }));
  await job.stores.cache.after([...tags], live, effects.sessions);
}
