import "server-only";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { loggable, toAppError } from "@/lib/core/translate";
import type { Logger } from "@/lib/core/log";
import type { Locks } from "./lock";

/** How long to wait before the next run; by its name, so that a count of what was done is never taken for it. */
export type Pause = { pauseMs: number };

export type Task = {
  name: string;
  /** Only one worker at a time runs it. */
  alone: boolean;
  /** Pause after a run, in milliseconds, unless the run answers another. */
  everyMs: number;
  run(signal: AbortSignal): Promise<Pause | void>;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** Runs every task again and again until the signal; a failure of one neither ends it nor touches the others. */
export async function runTasks(tasks: readonly Task[], locks: Locks, log: Logger, signal: AbortSignal): Promise<void> {
  // Each task listens while it pauses; Node takes more than ten listeners for a leak.
  setMaxListeners(tasks.length + 10, signal);
  await Promise.all(tasks.map((task) => keepRunning(task, locks, log, signal)));
}

async function keepRunning(task: Task, locks: Locks, log: Logger, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let pauseMs = task.everyMs;
    try {
      pauseMs = await runOnce(task, locks, signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      const { code } = toAppError(error);
      // An engine that is away is shown on the health page; only what nobody expected gets its stack.
      if (code === "internal") log.error({ task: task.name, failures, error: loggable(error) }, "A task failed.");
      else log.warn({ task: task.name, failures, code }, "A task could not run.");
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}

async function runOnce(task: Task, locks: Locks, signal: AbortSignal): Promise<number> {
  let { everyMs: pauseMs } = task;
  const work = async () => {
    const answer = await task.run(signal);
    if (answer) pauseMs = answer.pauseMs;
  };
  await (task.alone ? locks.alone(task.name, work) : work());
  return pauseMs;
}
