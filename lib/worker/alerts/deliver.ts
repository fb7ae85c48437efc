// Delivers the messages about alerts; several workers may do it at once.
import "server-only";
import type { Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import { type Due, claimDue, settleTry } from "./queue";
import { type SendSettings, createSender } from "./send";

const BATCH = 10;
const IDLE_MS = 1_000;
const BACK_OFF = { firstMs: 5_000, times: 3, longestMs: 3_600_000 };

export type Courier = {
  /** Sends what is due; answers how long to wait before the next look, in milliseconds. */
  step(): Promise<number>;
};

/** `worker` names the leases. */
export function createCourier(
  { postgres: { system }, keys, log }: Pick<Stores, "postgres" | "keys" | "log">,
  worker: string,
  settings: SendSettings = env(),
): Courier {
  const send = createSender(keys, settings);

  async function deliver(due: Due): Promise<void> {
    const at = new Date();
    const began = performance.now();
    const off = { status: null, error: "The channel was switched off." };
    const answer = due.channel_on ? await send(due, due.id, due.body) : off;
    const tried = { ...answer, at, ms: performance.now() - began };
    if (answer.error === null) return settleTry(system, worker, due, tried, "delivered", 0);
    const isLast = !due.channel_on || due.attempts >= due.give_up_after;
    log.warn({ delivery: due.id, attempt: due.attempts, status: answer.status }, "A message was not delivered.");
    await settleTry(system, worker, due, tried, isLast ? "dead" : "waiting", isLast ? 0 : delayAfter(due));
  }

  return {
    async step() {
      const due = await claimDue(system, worker, BATCH);
      await Promise.all(due.map(deliver));
      return due.length === BATCH ? 0 : IDLE_MS;
    },
  };
}

/** 5 s, 15 s, 45 s … an hour, each shortened by up to a half so that messages do not come in one heap. */
export function delayAfter({ attempts, give_up_after }: Pick<Due, "attempts" | "give_up_after">): number {
  const inRound = attempts - Math.max(0, give_up_after - 8);
  const full = BACK_OFF.firstMs * BACK_OFF.times ** Math.max(0, inRound - 1);
  return Math.min(full, BACK_OFF.longestMs) * (0.5 + Math.random() / 2);
}
