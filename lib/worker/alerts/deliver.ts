// Delivers the messages about alerts; several workers may do it at once.
import "server-only";
import { channelSecret } from "@/lib/alerts/delivery/secret";
import type { Stores } from "@/lib/core/stores";
import { type Env, env } from "@/lib/env";
import { letterOf } from "./letter";
import { type Mailer, createMailer } from "./mail";
import { type Due, claimDue, settleTry } from "./queue";
import { type Answer, sendWebhook } from "./webhook";

const BATCH = 10;
const IDLE_MS = 1_000;
const BACK_OFF = { firstMs: 5_000, times: 3, longestMs: 3_600_000 };

export type Courier = {
  /** Sends what is due; answers how long to wait before the next look, in milliseconds. */
  step(): Promise<number>;
};

type Settings = Pick<Env, "NODE_ENV" | "QUADRANT_STACK" | "QUADRANT_URL" | "QUADRANT_SMTP_URL" | "QUADRANT_MAIL_FROM">;

/** `worker` names the leases. */
export function createCourier(
  { postgres: { system }, keys, log }: Pick<Stores, "postgres" | "keys" | "log">,
  worker: string,
  settings: Settings = env(),
): Courier {
  const mailer: Mailer | null = createMailer(settings);

  async function send({ id, kind, address, secret, channel_id, channel_on, body }: Due): Promise<Answer> {
    if (!channel_on) return { status: null, error: "The channel was switched off." };
    if (kind === "email") {
      if (!mailer) return { status: null, error: "No mail server is named: QUADRANT_SMTP_URL, QUADRANT_MAIL_FROM." };
      return mailer.send({ id, to: address, ...letterOf(body, settings.QUADRANT_URL) });
    }
    const opened = channelSecret(keys, channel_id, secret);
    if (opened === null) return { status: null, error: "Its secret cannot be opened: QUADRANT_SECRET was changed." };
    return sendWebhook(address, { id, body: JSON.stringify({ id, ...body }), secret: opened }, settings);
  }

  async function deliver(due: Due): Promise<void> {
    const at = new Date();
    const began = performance.now();
    const answer = await send(due);
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
