// One message to one channel, whatever its kind.
import "server-only";
import type { ChannelKind } from "@/lib/alerts/delivery/schema";
import { channelSecret } from "@/lib/alerts/delivery/secret";
import type { Keys } from "@/lib/core/keys";
import type { Env } from "@/lib/env";
import { letterOf } from "./letter";
import { createMailer } from "./mail";
import { type Answer, sendWebhook } from "./webhook";

export type SendSettings = Pick<
  Env,
  "NODE_ENV" | "QUADRANT_STACK" | "QUADRANT_URL" | "QUADRANT_SMTP_URL" | "QUADRANT_MAIL_FROM"
>;

export type Addressee = { channel_id: string; kind: ChannelKind; address: string; secret: Buffer | null };

export type Send = (to: Addressee, id: string, body: Record<string, unknown>) => Promise<Answer>;

/** What it answers never throws: whatever goes wrong is an answer. */
export function createSender(keys: Keys, settings: SendSettings): Send {
  const mailer = createMailer(settings);
  return async ({ channel_id, kind, address, secret }, id, body) => {
    if (kind === "email") {
      if (!mailer) return { status: null, error: "No mail server is named: QUADRANT_SMTP_URL, QUADRANT_MAIL_FROM." };
      return mailer.send({ id, to: address, ...letterOf(body, settings.QUADRANT_URL) });
    }
    const opened = channelSecret(keys, channel_id, secret);
    if (opened === null) return { status: null, error: "Its secret cannot be opened: QUADRANT_SECRET was changed." };
    return sendWebhook(address, { id, body: JSON.stringify({ id, ...body }), secret: opened }, settings);
  };
}
