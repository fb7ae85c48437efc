// One policy per engine: bulkhead, breaker, time-out, and one more try for reads that change nothing.
import "server-only";
import {
  type IBreaker,
  BrokenCircuitError,
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  SamplingBreaker,
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  handleWhen,
  timeout,
  wrap,
} from "cockatiel";
import type { Engine } from "./schema";

/** So many calls run at once, and as many more may wait for one of them to end. */
const PARALLEL_CALLS = 20;
const FAILURES_IN_A_ROW = 5;
const FAILED_SHARE = 0.5;
const SAMPLE_MS = 10_000;
/** How long an open breaker refuses before one call may try again. */
const HALF_OPEN_AFTER_MS = 2_000;

export type BreakerState = "closed" | "open" | "half-open";

/** `refused`: the engine was not asked at all, because the breaker is open or too many calls are under way. */
export class StoreFailure extends Error {
  constructor(
    readonly store: Engine,
    readonly refused: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "StoreFailure";
  }
}

export type Guard = {
  /** Runs one call of the engine. Throws StoreFailure when the engine is away, else what the call threw. */
  run<T>(call: (signal: AbortSignal) => Promise<T>, options?: { signal?: AbortSignal; retry?: boolean }): Promise<T>;
  breaker(): BreakerState;
  /** Calls under way and calls that wait for their turn. */
  use(): { max: number; busy: number; idle: number; waiting: number };
  onBreaker(listener: (state: BreakerState) => void): void;
  /** Called after every call that reached the engine or waited for it, with the time its caller waited. */
  onCall(listener: (ms: number) => void): void;
};

const STATES: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half-open",
  [CircuitState.Isolated]: "open",
};

/** `isOutage` tells an engine that is away from a call that was wrong: only the first opens the breaker. */
export function guard(
  store: Engine,
  timeoutMs: number,
  isOutage: (error: Error) => boolean,
  parallel = PARALLEL_CALLS,
): Guard {
  const counts = (error: Error) => error instanceof TaskCancelledError || isOutage(error);
  const limit = bulkhead(parallel, parallel);
  const breaker = circuitBreaker(handleWhen(counts), { halfOpenAfter: HALF_OPEN_AFTER_MS, breaker: firstOfTwo() });
  const policy = wrap(limit, breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive));
  const observers: ((ms: number) => void)[] = [];
  return {
    async run(call, { signal, retry = false } = {}) {
      signal?.throwIfAborted();
      // While one call tests the engine the others are refused at once instead of waiting for its result.
      if (breaker.state === CircuitState.HalfOpen) throw refusal(store, "is being tried again");
      const began = performance.now();
      const observe = () => observers.forEach((observer) => observer(performance.now() - began));
      try {
        const answer = await policy.execute(async (context) => {
          try {
            return await call(context.signal);
          } catch (error) {
            if (!retry || context.signal.aborted || !(error instanceof Error) || !isOutage(error)) throw error;
            return await call(context.signal);
          }
        }, signal ?? new AbortController().signal);
        observe();
        return answer;
      } catch (error) {
        signal?.throwIfAborted();
        const failure = error instanceof Error ? translate(store, timeoutMs, error, isOutage) : error;
        if (!(failure instanceof StoreFailure && failure.refused)) observe();
        throw failure;
      }
    },
    breaker: () => STATES[breaker.state],
    use: () => ({
      max: parallel,
      busy: parallel - limit.executionSlots,
      idle: limit.executionSlots,
      waiting: parallel - limit.queueSlots,
    }),
    onBreaker: (listener) => void breaker.onStateChange((state) => listener(STATES[state])),
    onCall: (listener) => void observers.push(listener),
  };
}

function translate(store: Engine, timeoutMs: number, error: Error, isOutage: (error: Error) => boolean): Error {
  if (error instanceof BrokenCircuitError) return refusal(store, "failed repeatedly");
  if (error instanceof BulkheadRejectedError) return refusal(store, "has too many calls under way");
  if (error instanceof TaskCancelledError) {
    return new StoreFailure(store, false, `${store} did not answer in ${timeoutMs} ms`, { cause: error });
  }
  return isOutage(error) ? new StoreFailure(store, false, `${store} is away`, { cause: error }) : error;
}

function refusal(store: Engine, why: string): StoreFailure {
  return new StoreFailure(store, true, `${store} was not asked: it ${why}`);
}

/** Opens at five failures in a row or at half of a busy ten seconds, whichever comes first. */
function firstOfTwo(): IBreaker {
  const inARow = new ConsecutiveBreaker(FAILURES_IN_A_ROW);
  const sampled = new SamplingBreaker({ threshold: FAILED_SHARE, duration: SAMPLE_MS, minimumRps: 1 });
  return {
    state: null,
    success(state) {
      inARow.success();
      sampled.success(state);
    },
    failure(state) {
      const opens = [inARow.failure(), sampled.failure(state)];
      return opens.some(Boolean);
    },
  };
}
