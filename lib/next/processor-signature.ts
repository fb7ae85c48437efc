// Proof that an event comes from a processor: HMAC-SHA-256 over its time and body, with a secret both know.
import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";

/** Older or newer messages may be copies of what somebody overheard. */
export const TOLERANCE_MS = 300_000;

/** The value of the header `processor-signature`: `t=<seconds>,v1=<hex>`. */
export function sign(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${mac(body, secret, seconds).toString("hex")}`;
}

export function isSigned(body: string, header: string | null, secret: string, now: Date): boolean {
  const [, time, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (time === undefined || hex === undefined) return false;
  if (Math.abs(now.getTime() - Number(time) * 1000) > TOLERANCE_MS) return false;
  return timingSafeEqual(Buffer.from(hex, "hex"), mac(body, secret, Number(time)));
}

function mac(body: string, secret: string, seconds: number): Buffer {
  return createHmac("sha256", secret).update(`${seconds}.${body}`).digest();
}
