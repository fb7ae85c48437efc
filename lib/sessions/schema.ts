import { z } from "zod";
import { text, whole } from "@/lib/core/schema";

/** A session nobody uses ends after this; the same limit as `lib/auth` keeps, which a test compares. */
export const IDLE_LIMIT_SECONDS = 30 * 60;

/** `id` is a hash that cannot be turned back into the cookie. */
export const Session = z.strictObject({
  id: z.string(),
  user_id: z.uuid(),
  ua_label: z.string().nullable(),
  ip_prefix: z.string().nullable(),
  created_at: z.string(),
  last_seen_at: z.string(),
  /** When it ends by itself if nobody uses it any more. */
  ends_at: z.string(),
  revoked_at: z.string().nullable(),
  revoked_reason: z.string().nullable(),
  live: z.boolean(),
  /** The session this very question was asked with. */
  current: z.boolean(),
  version: z.number(),
});
export type Session = z.infer<typeof Session>;

export const ListSessions = z.strictObject({ user_id: z.uuid() });

export type SessionList = { data: Session[]; live: number };

export const RevokeSession = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{64}$/, "is not a session"),
  version: whole(1),
  reason: text(500).optional(),
});
