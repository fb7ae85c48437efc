// Mean latency between two readings, from the server's own sums.
import "server-only";
import type { Values } from "../schema";
import { numberAt, sum } from "./documents";
import type { Document } from "./watch";

const KINDS = { read_ms: "reads", write_ms: "writes", command_ms: "commands" } as const;
type Kind = keyof typeof KINDS;

export type Latencies = {
  generation: string;
  /** False where the server lacks the section, or has it and never counts: 0 operations there, some elsewhere. */
  isKept: boolean;
  sums: Record<Kind, { micros: number; ops: number } | null>;
};

export function latenciesOf(server: Document, generation: string): Latencies {
  const kinds = Object.entries(KINDS) as [Kind, string][];
  const sums = Object.fromEntries(kinds.map(([id, name]) => [id, read(server, name)])) as Latencies["sums"];
  const counted = sum(kinds.map(([id]) => sums[id]?.ops ?? null));
  const happened = sum(["insert", "query", "update", "delete"].map((name) => numberAt(server, "opcounters", name)));
  return { generation, isKept: counted !== null && (counted > 0 || happened === 0), sums };
}

/** Null where nothing of the kind happened between the two. */
export function meanSince(before: Latencies | null, now: Latencies): Values {
  const isComparable = before !== null && before.generation === now.generation && now.isKept;
  return Object.fromEntries(
    Object.entries(now.sums).map(([id, after]) => {
      const earlier = isComparable ? before.sums[id as Kind] : null;
      if (!after || !earlier || after.ops <= earlier.ops) return [id, null];
      return [id, (after.micros - earlier.micros) / (after.ops - earlier.ops) / 1000];
    }),
  );
}

function read(server: Document, kind: string): { micros: number; ops: number } | null {
  const micros = numberAt(server, "opLatencies", kind, "latency");
  const ops = numberAt(server, "opLatencies", kind, "ops");
  return micros === null || ops === null ? null : { micros, ops };
}
