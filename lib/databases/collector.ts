// How an engine is measured: one reading per pass, under the rights of a monitor.
import "server-only";
import type { Blind, Values } from "./schema";
import type { EveryS } from "./signal";

/** Values of one pass, by signal. A counter becomes a rate per second when a second reading is there. */
export type Reading = {
  gauges: Values;
  counters: Record<string, number | null>;
  /** Changes when the server began to count anew (start time, statistics reset); counters are not compared across it. */
  generation: string;
  /** What is worth saying and no number: role, policy, uptime as ISO start. */
  facts: Record<string, string>;
  blind: readonly Blind[];
  /** Rows, keys or kilobytes the server sent. */
  rows: number;
};

export type Collector = {
  /** One pass of the tier. Every statement in it has its own limit; a check that fails is in `blind`, not thrown. */
  collect(everyS: EveryS): Promise<Reading>;
};

export const EMPTY_READING: Reading = { gauges: {}, counters: {}, generation: "", facts: {}, blind: [], rows: 0 };
