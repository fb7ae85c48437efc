import { z } from "zod";
import { cursor, pageLimit, text, whole } from "@/lib/core/schema";

export const CHANNEL_KINDS = ["webhook", "email"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const EVENTS = ["firing", "worse", "resolved", "test"] as const;
export type DeliveryEvent = (typeof EVENTS)[number];

/** Tries before a message is given up; a replay allows as many again. */
export const MAX_ATTEMPTS = 8;

const id = z.uuid();
const target = { id, version: whole(1) };
const reason = text(500).optional();

/** Whoever makes the channel makes the secret too: it travels once, and is never given out again. */
const secret = z
  .string()
  .trim()
  .min(32, "is shorter than 32 characters")
  .max(200)
  .regex(/^[\x21-\x7e]+$/, "holds other characters than letters, digits and signs");

const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")]);

export const CreateChannel = z.strictObject({
  id: id.optional(),
  kind: z.enum(CHANNEL_KINDS),
  name: text(60),
  address: z.string().trim().min(3).max(2000),
  /** For a webhook only. */
  secret: secret.optional(),
  enabled: flag.default(true),
  reason,
});

export const EditChannel = z.strictObject({
  ...target,
  name: text(60).optional(),
  address: z.string().trim().min(3).max(2000).optional(),
  secret: secret.optional(),
  enabled: flag.optional(),
  reason,
});

export const DeleteChannel = z.strictObject({ ...target, reason });

export const TestChannel = z.strictObject({ ...target, reason });

export const ReplayDelivery = z.strictObject({ ...target, reason });

export const Channel = z.strictObject({
  id,
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  /** Without the path of a webhook, which may be a secret. */
  address: z.string(),
  enabled: z.boolean(),
  version: z.number(),
});
export type Channel = z.infer<typeof Channel>;

export type ChannelRow = Channel & {
  last: { at: string; status: number | null; ms: number; error: string | null; delivered: boolean } | null;
};

export const ListChannels = z.strictObject({});
/** `mail`: whether this installation can send mail at all. */
export type ChannelList = { data: ChannelRow[]; mail: boolean };

export const ListDeliveries = z.strictObject({
  limit: pageLimit(),
  after: cursor().optional(),
  before: cursor().optional(),
});
export type ListDeliveries = z.infer<typeof ListDeliveries>;

export type AttemptRow = { n: number; at: string; status: number | null; ms: number; error: string | null };

export type DeliveryRow = {
  id: string;
  event: DeliveryEvent;
  /** Name of the alert's rule; null for a test. */
  alert: string | null;
  channel: string;
  kind: ChannelKind;
  state: "waiting" | "delivered" | "dead";
  attempts: AttemptRow[];
  next_at: string;
  created_at: string;
  delivered_at: string | null;
  dead_at: string | null;
  version: number;
};

export type DeliveryPage = {
  data: DeliveryRow[];
  page: { next: string | null; previous: string | null };
};
