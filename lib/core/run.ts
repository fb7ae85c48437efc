// The runner: authorises, limits, parses, runs and logs every operation, and is the only way to run one.
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { auditReader } from "./audit-reader";
import { canonical, sha256 } from "./canonical";
import { REASON_TO_COME } from "./describe";
import { readIdempotent } from "./doors";
import { AppError } from "./errors";
import { keyUse, storedAnswer } from "./idempotency";
import { type Job, NotCommitted, type Options } from "./job";
import type { Command, Context, In, Mutation, Operation, Out, Preview, Procedure, Query, Saved } from "./operation";
import { metrics } from "./metrics";
import { carryOut, engineScope, lookAhead } from "./remedy";
import type { Stores } from "./stores";
import { perform, rehearse } from "./transaction";
import { isContended, loggable, toAppError } from "./translate";

const ATTEMPTS = 3;
const REPEAT_FOR_MS = 5000;
const PER_MINUTE = 600;

/** Answers a query. Throws AppError. */
export async function ask<Q extends Query>(query: Q, input: In<Q>, ctx: Context, stores: Stores): Promise<Out<Q>>;
export async function ask(query: Query, raw: object, ctx: Context, stores: Stores): Promise<unknown> {
  return logged(query, "ask", ctx, stores, async () => {
    authorise(query, ctx);
    const input = query.input.parse(raw);
    const answer = () => read(query, input, ctx, stores);
    if (!query.cache) return answer();
    const key = `${query.action}:${sha256(canonical(input)).toString("base64url")}`;
    return stores.cache.read(key, query.cache.tags, query.cache.ttl_seconds, answer);
  });
}

/** Runs a command: all of it, or nothing; or a remedy; or a procedure. Throws AppError. */
export async function execute<C extends Mutation>(
  command: C,
  input: In<C>,
  ctx: Context,
  stores: Stores,
  options?: Options,
): Promise<Out<C>>;
export async function execute(
  mutation: Mutation,
  raw: object,
  ctx: Context,
  stores: Stores,
  options: Options = {},
): Promise<Saved> {
  if (mutation.kind === "command") return run(mutation, raw, ctx, stores, options);
  return logged(mutation, "execute", ctx, stores, async () => {
    const input = await admit(mutation, raw, ctx, stores);
    checkKey(options);
    if (mutation.kind === "procedure") return proceed(mutation, input, { ctx, stores, options });
    return carryOut({ remedy: mutation, input, ctx, stores, options });
  });
}

type Call = { ctx: Context; stores: Stores; options: Options };

/** Whoever asks again gets the first answer, also where what was asked for cannot be done twice. */
async function proceed(procedure: Procedure, input: Job["input"], { ctx, stores, options }: Call): Promise<Saved> {
  const use = keyUse(procedure, { input, ctx, options });
  try {
    return await procedure.run(input, { ctx, stores, options: { ...options, use } });
  } catch (error) {
    const stored = use && (await readIdempotent(stores.postgres.systemReader, use));
    const answered = stored && storedAnswer(stored);
    if (answered) return answered;
    throw error;
  }
}

/** What it would do: a command is run and rolled back, a remedy only looks. A reason may still be missing. */
export async function preview<C extends Mutation>(
  command: C,
  input: In<C>,
  ctx: Context,
  stores: Stores,
): Promise<Preview>;
export async function preview(mutation: Mutation, raw: object, ctx: Context, stores: Stores): Promise<Preview> {
  return logged(mutation, "preview", ctx, stores, async () => {
    const input = await admit(mutation, withReason(mutation, raw), ctx, stores);
    if (mutation.kind === "procedure") return mutation.preview(input, { ctx, stores });
    const job = { input, ctx, stores, options: {} };
    if (mutation.kind === "remedy") return lookAhead({ remedy: mutation, ...job });
    return repeated(() => rehearse({ command: mutation, ...job }));
  });
}

/** `undo` names the record that this run takes back, `approval` the request it carries out. */
export async function run(
  command: Command,
  raw: object,
  ctx: Context,
  stores: Stores,
  options: Job["options"],
): Promise<Saved> {
  return logged(command, "execute", ctx, stores, async () => {
    const input = await admit(command, raw, ctx, stores);
    checkKey(options);
    return repeated(() => perform({ command, input, ctx, stores, options }));
  });
}

/** Before anything is parsed: who may not do it learns nothing about the input. */
export function authorise({ permission }: Operation, { actor }: Context): void {
  if (!actor.permissions.has(permission)) throw new AppError("forbidden", `This needs the permission ${permission}.`);
}

function checkKey({ key }: Options): void {
  if (key === undefined || /^[\x21-\x7e]{8,255}$/.test(key)) return;
  throw new AppError("invalid", "An idempotency key has 8 to 255 visible ASCII characters.");
}

async function admit(command: Mutation, raw: object, ctx: Context, stores: Stores): Promise<Job["input"]> {
  authorise(command, ctx);
  // The platform's own work is bounded by whoever schedules it: a limit would only leave some of it undone.
  if (ctx.actor.kind === "job") return command.input.parse(raw);
  const waitMs = await stores.limiter.limit(`${command.action}:${ctx.actor.id}`, command.limit ?? PER_MINUTE);
  if (waitMs > 0) {
    throw new AppError("rate_limited", "Too many requests.", { retry_after_seconds: Math.ceil(waitMs / 1000) });
  }
  return command.input.parse(raw);
}

function withReason({ input }: Mutation, raw: object): object {
  const given = "reason" in raw && raw.reason !== undefined && raw.reason !== "";
  return "reason" in input.shape && !given ? { ...raw, reason: REASON_TO_COME } : raw;
}

/** Serialisation failures, deadlocks and connections lost before COMMIT: up to three attempts within five seconds. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const mayRepeat = error instanceof NotCommitted || isContended(error);
      const inTime = attempt < ATTEMPTS && performance.now() - started < REPEAT_FOR_MS;
      if (!mayRepeat || !inTime) throw error instanceof NotCommitted ? error.cause : error;
      await sleep(10 + Math.random() * 40 * attempt);
    }
  }
}

async function read(
  { noun, action, run: answer }: Query,
  input: Job["input"],
  ctx: Context,
  stores: Stores,
): Promise<unknown> {
  const base = { ctx, now: new Date() };
  if (noun.store === "mongo") return answer(input, { ...base, documents: stores.documents });
  if (noun.store === "engines") return answer(input, engineScope({ ctx, stores }, action));
  const { keys, postgres, search } = stores;
  if (noun.store === "audit") {
    const reader = auditReader(ctx, stores);
    return postgres.auditor.read((db) => answer(input, { ...base, db, search, keys, ...reader }), action);
  }
  const pool = noun.store === "app" ? postgres.reader : postgres.systemReader;
  return pool.read((db) => answer(input, { ...base, db, search, keys }), action);
}

async function logged<T>(
  { action }: Operation,
  kind: "ask" | "execute" | "preview",
  ctx: Context,
  stores: Stores,
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const line = (outcome: string) => {
    const ms = performance.now() - started;
    metrics().operations.observe({ action, outcome }, ms / 1000);
    return {
      action,
      kind,
      outcome,
      ms: Math.round(ms * 10) / 10,
      request_id: ctx.requestId,
      actor_id: ctx.actor.id,
    };
  };
  try {
    const result = await work();
    stores.log.info(line("ok"));
    return result;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === "internal") stores.log.error({ ...line(error.code), err: loggable(error) });
    else stores.log.info({ ...line(error.code), store: error.details.store });
    throw error;
  }
}
