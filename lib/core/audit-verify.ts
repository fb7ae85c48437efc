// Checks the audit from its rows alone: chains, signatures, columns, heads and signed checkpoints.
import "server-only";
import { type Head, GENESIS, faultOf } from "./audit-chain";
import { type CheckpointReader, checkpointReader, countOf } from "./audit-checkpoint";
import type { AuditSource } from "./audit-source";
import type { Keys } from "./keys";

const BATCH = 2_000;

/** `id` is null when what is wrong is not one event. */
export type Broken = { shard: number | null; seq: number | null; id: string | null; what: string };

export type Verification = {
  ok: boolean;
  /** How many events were read. */
  events: number;
  /** Events proven from the beginning: the sum of the numbers of the verified heads. */
  upto_n: number;
  broken?: Broken;
  /** False when `limit` or the signal ended the check early; nothing was wrong up to there. */
  complete: boolean;
  checkpoint: { n: number; at: string; age_seconds: number } | null;
  heads: Head[];
  duration_ms: number;
};

export type VerifyOptions = {
  /** `checkpoint` trusts what the newest signed checkpoint covers and reads only what came after it. */
  from?: "start" | "checkpoint";
  /** Most events to read. */
  limit?: number;
  signal?: AbortSignal;
};

class BrokenChain extends Error {
  constructor(readonly broken: Broken) {
    super(broken.what);
  }
}

/** Reads every event once. Throws what the source throws: then nothing was proven, in neither direction. */
export async function verifyAudit(
  source: AuditSource,
  keys: Keys,
  publicKey: string,
  { from = "start", limit = Infinity, signal }: VerifyOptions = {},
): Promise<Verification> {
  const began = performance.now();
  const result = { events: 0, heads: [] as Head[], checkpoint: null as Verification["checkpoint"], complete: true };
  let broken: Broken | undefined;
  try {
    // Heads first: whatever is appended meanwhile lies behind them.
    const ends = await source.heads();
    const signed = await newestCheckpoint(source, checkpointReader(publicKey), from === "start");
    result.checkpoint = signed && { n: signed.n, at: signed.at, age_seconds: ageOf(signed.at) };
    for (const end of ends) {
      const anchor = signed?.heads.find(({ shard }) => shard === end.shard) ?? null;
      const chain = { end, anchor, skip: from === "checkpoint" };
      const stop = () => result.events >= limit || signal?.aborted === true;
      result.heads.push(await verifyChain(source, keys, chain, stop, () => (result.events += 1)));
    }
    result.complete = countOf(result.heads) === countOf(ends);
  } catch (error) {
    if (!(error instanceof BrokenChain)) throw error;
    broken = error.broken;
    result.complete = false;
  }
  return {
    ok: broken === undefined,
    ...result,
    upto_n: countOf(result.heads),
    ...(broken && { broken }),
    duration_ms: Math.round(performance.now() - began),
  };
}

type Chain = { end: Head; anchor: Head | null; skip: boolean };

/** Walks one chain to its head; answers how far it got. */
async function verifyChain(
  source: AuditSource,
  keys: Keys,
  { end, anchor, skip }: Chain,
  stop: () => boolean,
  count: () => void,
): Promise<Head> {
  const { shard } = end;
  const breaks = (seq: number, id: string | null, what: string): never => {
    throw new BrokenChain({ shard, seq, id, what });
  };
  if (anchor && anchor.seq > end.seq) {
    breaks(end.seq + 1, null, `${anchor.seq - end.seq} events that a checkpoint signed are gone from the end`);
  }
  let last: Head = { shard, seq: 0, hash: GENESIS };
  if (skip && anchor && anchor.seq > 0) {
    const [event] = await source.events(shard, anchor.seq - 1, 1);
    if (event?.seq !== anchor.seq) breaks(anchor.seq, null, "the event that a checkpoint signed is gone");
    if (!event?.hash.equals(anchor.hash))
      breaks(anchor.seq, event?.id ?? null, "it is not the event that a checkpoint signed");
    last = anchor;
  }
  while (last.seq < end.seq) {
    if (stop()) return last;
    const batch = await source.events(shard, last.seq, Math.min(BATCH, end.seq - last.seq));
    if (batch.length === 0) breaks(last.seq + 1, null, `${end.seq - last.seq} events are gone from the end`);
    for (const event of batch) {
      const fault = faultOf(event, last.seq + 1, last.hash, keys);
      if (fault) breaks(event.seq, event.id, fault);
      if (event.seq === anchor?.seq && !event.hash.equals(anchor.hash)) {
        breaks(event.seq, event.id, "it is not the event that a checkpoint signed");
      }
      last = { shard, seq: event.seq, hash: event.hash };
      count();
    }
  }
  if (!last.hash.equals(end.hash)) breaks(end.seq, null, "the chain does not end where its head says");
  return last;
}

type Signed = { n: number; at: string; heads: Head[] };

/** The newest checkpoint with what it covers; `all` checks the signature of every older one as well. */
async function newestCheckpoint(source: AuditSource, read: CheckpointReader, all: boolean): Promise<Signed | null> {
  let newest: Signed | null = null;
  let before: number | null = null;
  for (;;) {
    const batch = await source.checkpoints(before, all ? BATCH : 1);
    for (const checkpoint of batch) {
      const found = read(checkpoint);
      if ("fault" in found) {
        throw new BrokenChain({
          shard: null,
          seq: null,
          id: null,
          what: `checkpoint #${checkpoint.n}: ${found.fault}`,
        });
      }
      newest ??= { n: checkpoint.n, at: checkpoint.at, heads: found.heads };
      before = checkpoint.n;
    }
    if (!all || batch.length < BATCH) return newest;
  }
}

function ageOf(at: string): number {
  return Math.max(0, Math.round((Date.now() - new Date(at).getTime()) / 1000));
}

/** One sentence for people: which event, and what is wrong. */
export function sayBroken({ shard, seq, what }: Broken): string {
  return shard === null ? what : `#${shard}-${seq}: ${what}`;
}
