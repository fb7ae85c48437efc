import "server-only";
import type { Keys } from "@/lib/core/keys";
import { seal, unseal } from "@/lib/core/seal";

/** Bound to the channel: a box copied to another one does not open. */
export function sealSecret(keys: Keys, channelId: string, secret: string): Buffer {
  return seal(keys.channel, secret, about(channelId));
}

/** Null when there is none, or it was sealed under another secret of the installation. */
export function channelSecret(keys: Keys, channelId: string, sealed: Uint8Array | null): string | null {
  if (!sealed) return null;
  try {
    const secret = unseal(keys.channel, sealed, about(channelId));
    return typeof secret === "string" ? secret : null;
  } catch {
    return null;
  }
}

function about(channelId: string): string {
  return `alert-channel:${channelId}`;
}
