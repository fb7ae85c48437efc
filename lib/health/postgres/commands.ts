// Acts on sessions: the target is named by pid and start, read again by the very statement that acts, and afterwards.
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import { type EngineScope, type Finding, type Outcome, type Touch, remedy } from "@/lib/core/operation";
import type { Session } from "@/lib/databases/postgres/schema";
import { cancelQuery as sendCancel, readSession, terminate as sendTerminate } from "@/lib/databases/postgres/sessions";
import type { PostgresWatch } from "@/lib/databases/postgres/watch";
import { health } from "../noun";
import { noOperator, operatorOf, permitted } from "./operator";
import { CancelQuery, TerminateSession } from "./schema";

export { reindexIndex, resetStatements, vacuumTable } from "./maintenance";

const SETTLE_MS = 2_500;

type Named = { pid: number; started?: string | undefined };

export const cancelQuery = remedy({
  noun: health,
  engine: "postgres",
  action: "health.postgres.cancel-query",
  permission: "health.postgres.cancel-query",
  input: CancelQuery,
  async look(input, { watch }): Promise<Finding> {
    const session = await find(watch.postgres, input);
    const isIdle = session.state.startsWith("idle in transaction");
    const nothing = isIdle
      ? "It is idle in a transaction: no statement runs, so cancelling has no effect. Only ending the session helps."
      : session.state === "active"
        ? null
        : "No statement runs in it.";
    return {
      ...describe(session),
      after: { ...shown(session), state: "statement cancelled" },
      identity: { started: session.started, query_started: session.query_started },
      touches: [touch("Running statements", false)],
      refused: noOperator(watch.postgres) ?? session.untouchable ?? nothing,
    };
  },
  async act(input, scope, finding): Promise<Outcome> {
    const { postgres } = scope.watch;
    const target = targetOf(input.pid, finding);
    const sent = await permitted(postgres, "pg_signal_backend", () =>
      sendCancel(operatorOf(postgres), target, postgres.roles.monitor),
    );
    if (!sent)
      throw new AppError("conflict", "Its statement had ended, or another one had begun: nothing was cancelled.");
    const left = await settled(scope, input.pid, (session) => runs(session, target));
    const isOver = !runs(left, target);
    const note = isOver
      ? `The statement of session ${input.pid} was cancelled.`
      : "The server took the request, but the statement still runs. It may be in a place where it cannot stop.";
    return { done: isOver, after: left ? shown(left) : { state: "ended" }, note };
  },
});

export const terminateSession = remedy({
  noun: health,
  engine: "postgres",
  action: "health.postgres.terminate",
  permission: "health.postgres.terminate",
  input: TerminateSession,
  async look(input, { watch }): Promise<Finding> {
    const session = await find(watch.postgres, input);
    return {
      ...describe(session),
      after: { ...shown(session), state: "ended" },
      identity: { started: session.started },
      touches: [touch("Sessions", false), ...(session.tx_s === null ? [] : [touch("Transactions rolled back", false)])],
      refused: noOperator(watch.postgres) ?? session.untouchable,
    };
  },
  async act(input, scope, finding): Promise<Outcome> {
    const { postgres } = scope.watch;
    const target = targetOf(input.pid, finding);
    const sent = await permitted(postgres, "pg_signal_backend", () =>
      sendTerminate(operatorOf(postgres), target, postgres.roles.monitor),
    );
    if (!sent) throw new AppError("conflict", "The session had ended before.");
    const left = await settled(scope, input.pid, (session) => session?.started === target.started);
    const isOver = left?.started !== target.started;
    const note = isOver
      ? `Session ${input.pid} was ended; what it had not committed is rolled back.`
      : "The server took the request, but the session is still there.";
    return { done: isOver, after: isOver || !left ? { state: "ended" } : shown(left), note };
  },
});

async function find(watch: PostgresWatch, { pid, started }: Named): Promise<Session> {
  const session = await readSession(watch, pid);
  if (!session) throw new AppError("not_found", `There is no session with pid ${pid}. It may have ended.`);
  if (started !== undefined && started !== session.started) {
    throw new AppError("not_found", `The session has ended; pid ${pid} belongs to another one now.`);
  }
  return session;
}

function describe(session: Session): Pick<Finding, "id" | "before"> {
  return { id: `session ${session.pid}`, before: shown(session) };
}

function shown({ role, application, state, query }: Session) {
  return { state, role, application, query: query.slice(0, 300) };
}

function touch(what: string, undo: boolean): Touch {
  return { store: "postgres", what, count: 1, undo };
}

function targetOf(pid: number, { identity }: Finding) {
  const { started, query_started: query } = identity;
  return { pid, started: String(started), query_started: typeof query === "string" ? query : null };
}

function runs(session: Session | null, { started, query_started: query }: ReturnType<typeof targetOf>): boolean {
  return session?.started === started && session.state === "active" && session.query_started === query;
}

/** Reads until it is no longer so, or the time is up. */
async function settled(
  { watch }: EngineScope,
  pid: number,
  isStill: (session: Session | null) => boolean,
): Promise<Session | null> {
  for (const end = Date.now() + SETTLE_MS; ; await sleep(100)) {
    const session = await readSession(watch.postgres, pid);
    if (!isStill(session) || Date.now() > end) return session;
  }
}
