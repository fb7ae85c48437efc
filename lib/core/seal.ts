// Sealing: personal values under the key of the person concerned, and that key under the key of the installation.
import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { canonical } from "./canonical";
import type { Keys } from "./keys";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The first byte of what `seal` makes; another way of sealing gets another number. */
const FORM = 1;

export type WrappedKey = { key: Buffer; wrapped: Buffer };

/** A fresh key for a person, and the form in which it is stored. */
export function newSubjectKey(keys: Keys, subject: string): WrappedKey {
  const key = randomBytes(32);
  return { key, wrapped: encrypt(keys.wrap, key, subject) };
}

/** Throws when the key was wrapped for another person or under another secret. */
export function unwrapSubjectKey(keys: Keys, wrapped: Uint8Array, subject: string): Buffer {
  return decrypt(keys.wrap, wrapped, subject);
}

/** `about` (action and record) is bound to the values: a sealed box moved to another event does not open. */
export function seal(key: Uint8Array, value: unknown, about: string): Buffer {
  return Buffer.concat([Buffer.from([FORM]), encrypt(key, Buffer.from(canonical(value)), about)]);
}

export function unseal(key: Uint8Array, sealed: Uint8Array, about: string): unknown {
  if (sealed[0] !== FORM) throw new Error(`Sealed values of form ${sealed[0]} are not known.`);
  return JSON.parse(decrypt(key, sealed.subarray(1), about).toString());
}

/** nonce ‖ tag ‖ AES-256-GCM */
function encrypt(key: Uint8Array, plain: Uint8Array, about: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(about));
  const hidden = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]);
}

function decrypt(key: Uint8Array, box: Uint8Array, about: string): Buffer {
  const hidden = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(about))
    .setAuthTag(box.subarray(NONCE_BYTES, hidden));
  return Buffer.concat([decipher.update(box.subarray(hidden)), decipher.final()]);
}
