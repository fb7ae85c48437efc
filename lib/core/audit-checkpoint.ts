// Signed statements over all chains: they show a tail that was cut and a history that was written anew.
import "server-only";
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { z } from "zod";
import type { Head } from "./audit-chain";
import { sha256 } from "./canonical";

const ORIGIN = "quadrant audit checkpoint 1";

export type Checkpoint = { n: number; at: string; heads: unknown; note: string; signature: Buffer };

const Heads = z.array(z.strictObject({ shard: z.int(), seq: z.int(), hash: z.string().length(64) }));

/** How many events the heads stand for. */
export function countOf(heads: readonly Head[]): number {
  return heads.reduce((sum, head) => sum + head.seq, 0);
}

/** What is stored as jsonb: hashes in hex, chains in order. */
export function storedHeads(heads: readonly Head[]): { shard: number; seq: number; hash: string }[] {
  return [...heads]
    .sort((left, right) => left.shard - right.shard)
    .map(({ shard, seq, hash }) => ({ shard, seq, hash: hash.toString("hex") }));
}

/** The exact text that is signed: what it is, how many events, the digest of all heads. */
export function noteOf(heads: readonly Head[]): string {
  const lines = storedHeads(heads).map(({ shard, seq, hash }) => `${shard} ${seq} ${hash}\n`);
  return `${ORIGIN}\n${countOf(heads)}\n${sha256(lines.join("")).toString("base64")}\n`;
}

/** `key` is an Ed25519 private key, PKCS8 DER in base64url. */
export function signNote(note: string, key: string): Buffer {
  const der = Buffer.from(key, "base64url");
  return sign(null, Buffer.from(note), createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
}

export type CheckpointReader = (checkpoint: Checkpoint) => { heads: Head[] } | { fault: string };

/** `key` is the Ed25519 public key, SPKI DER in base64url. */
export function checkpointReader(key: string): CheckpointReader {
  const publicKey = createPublicKey({ key: Buffer.from(key, "base64url"), format: "der", type: "spki" });
  return ({ n, heads: stored, note, signature }) => {
    if (!verify(null, Buffer.from(note), publicKey, signature)) return { fault: "its signature is not ours" };
    const parsed = Heads.safeParse(stored);
    if (!parsed.success) return { fault: "its heads cannot be read" };
    const heads = parsed.data.map(({ shard, seq, hash }) => ({ shard, seq, hash: Buffer.from(hash, "hex") }));
    const holds = noteOf(heads) === note && countOf(heads) === n;
    return holds ? { heads } : { fault: "its heads are not those that were signed" };
  };
}
