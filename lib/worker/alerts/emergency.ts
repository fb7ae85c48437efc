// Tells what cannot be written down: PostgreSQL holds alerts and messages, and may be the very thing that is away.
import "server-only";
import { randomUUID } from "node:crypto";
import type { Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import type { Seen } from "./record";
import { type Addressee, type SendSettings, createSender } from "./send";
import type { Watched } from "./watched";

export type Emergency = {
  /** Remembers who is told, for the time when nobody can be asked. */
  keep(): Promise<void>;
  /** Once per rule until it is forgotten, and once per channel: there is no queue to try again from. */
  tell(rule: Watched, seen: Seen): Promise<void>;
  /** When the alert could be written after all. */
  forget(rule: Watched): void;
};

export function createEmergency(
  { postgres: { system }, keys, log }: Pick<Stores, "postgres" | "keys" | "log">,
  settings: SendSettings = env(),
): Emergency {
  const send = createSender(keys, settings);
  const told = new Set<string>();
  let channels: readonly Addressee[] = [];
  return {
    async keep() {
      channels = await system.query<Addressee>(
        "select id as channel_id, kind, address, secret from system.alert_channels where enabled and deleted_at is null",
      );
    },
    async tell(rule, seen) {
      if (told.has(rule.id) || rule.muted) return;
      told.add(rule.id);
      const { id: rule_id, name, signal, next_step, threshold } = rule;
      const { severity, text, value, peak, since: started_at } = seen;
      const facts = {
        rule_id,
        name,
        signal,
        severity,
        state: "firing",
        text,
        value,
        peak,
        threshold,
        started_at,
        next_step,
      };
      const body = {
        type: "alert.firing",
        at: new Date().toISOString(),
        alert: { id: null, ...facts, resolved_at: null },
      };
      const wanted = channels.filter(({ channel_id: id }) => rule.channels === null || rule.channels.includes(id));
      const answers = await Promise.all(wanted.map((channel) => send(channel, randomUUID(), body)));
      const arrived = answers.filter(({ error }) => error === null).length;
      log.warn({ rule: name, channels: wanted.length, arrived }, "An alert was told that could not be written.");
    },
    forget: (rule) => void told.delete(rule.id),
  };
}
