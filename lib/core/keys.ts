// Every key of the runner, derived from the one secret of the installation.
import "server-only";
import { hkdfSync } from "node:crypto";

export type Keys = {
  /** Written beside what a key made, so that a later secret can be told from this one. */
  readonly id: number;
  /** HMAC of audit bodies. */
  readonly mac: Buffer;
  /** Wraps the keys of data subjects. */
  readonly wrap: Buffer;
  /** Signs previews. */
  readonly plan: Buffer;
  /** Signs cursors. */
  readonly cursor: Buffer;
  /** Seals the signing secrets of alert channels. */
  readonly channel: Buffer;
};

/** HKDF-SHA-256 with one label per purpose: what one key leaks says nothing about another. */
export function deriveKeys(secret: string): Keys {
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "quadrant", `${purpose}/1`, 32));
  return {
    id: 1,
    mac: derive("audit-mac"),
    wrap: derive("subject-wrap"),
    plan: derive("plan"),
    cursor: derive("cursor"),
    channel: derive("channel"),
  };
}
