// What one event of the audit proves: its place in the chain, its signature, and columns that agree with its text.
import "server-only";
import { createHash } from "node:crypto";
import { mac, sha256 } from "./canonical";
import type { Keys } from "./keys";

/** The last event of one chain. */
export type Head = { shard: number; seq: number; hash: Buffer };

export type ChainedEvent = {
  id: string;
  shard: number;
  seq: number;
  /** UTC, YYYYMMDDHH24MISSUS: the very text that was hashed. */
  at: string;
  body: string;
  sealed: Buffer | null;
  key_id: number;
  mac: Buffer;
  prev: Buffer;
  hash: Buffer;
  /** The columns that were read from the body when the event was written. */
  columns: Readonly<Record<(typeof COPIED)[number], string | null>>;
};

export const COPIED = [
  "kind",
  "action",
  "actor_id",
  "target_type",
  "target_id",
  "subject_id",
  "request_id",
  "parent_id",
] as const;

/** What the first event of every chain follows. */
export const GENESIS = Buffer.alloc(32);

/** Null when the event holds, else what is wrong with it; `previous` is the hash of the event before it. */
export function faultOf(event: ChainedEvent, expectedSeq: number, previous: Buffer, keys: Keys): string | null {
  if (event.seq > expectedSeq) return `${event.seq - expectedSeq} events before it are missing`;
  if (event.seq < expectedSeq) return "its number is used twice";
  if (!event.prev.equals(previous)) return "it does not follow the event before it";
  if (!event.hash.equals(hashOf(event))) return "its content is not what was hashed";
  if (event.key_id !== keys.id) return `it was signed with the unknown key ${event.key_id}`;
  if (!event.mac.equals(mac(keys.mac, event.body))) return "its signature is not ours";
  return disagreement(event);
}

/** The same bytes as `system.append_audit` hashes. */
function hashOf(event: ChainedEvent): Buffer {
  const place = Buffer.alloc(10);
  place.writeInt16BE(event.shard, 0);
  place.writeBigInt64BE(BigInt(event.seq), 2);
  return createHash("sha256")
    .update("\0")
    .update(event.prev)
    .update(place)
    .update(event.at)
    .update(Buffer.from(event.id.replaceAll("-", ""), "hex"))
    .update(event.mac)
    .update(sha256(event.sealed ?? ""))
    .update(event.body)
    .digest();
}

/** Lists and filters read the columns, so an edited column would lie although the text is whole. */
function disagreement({ body, columns, sealed }: ChainedEvent): string | null {
  const said: Record<string, unknown> = JSON.parse(body);
  const differing = COPIED.find((name) => (columns[name] ?? null) !== (said[name] ?? null));
  if (differing) return `its column ${differing} is not what its text says`;
  const digest = sealed === null ? null : sha256(sealed).toString("hex");
  return (said.sealed ?? null) === digest ? null : "its sealed values are not those that were signed";
}
