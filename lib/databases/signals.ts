// The catalogue of all four engines.
import "server-only";
import { CONSOLE_SIGNALS } from "./console-signals";
import { SIGNALS as elasticsearch } from "./elasticsearch/signals";
import { SIGNALS as mongodb } from "./mongodb/signals";
import { SIGNALS as postgres } from "./postgres/signals";
import { SIGNALS as redis } from "./redis/signals";
import type { Engine } from "./schema";
import type { Signal } from "./signal";

export const CATALOGUE: Record<Engine, readonly Signal[]> = {
  postgres: [...postgres, ...CONSOLE_SIGNALS],
  mongodb,
  redis,
  elasticsearch,
};

/** `postgres.connections_used`: how a signal is named outside its engine. */
export function signalName({ engine, id }: Pick<Signal, "engine" | "id">): string {
  return `${engine}.${id}`;
}
