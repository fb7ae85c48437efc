import "server-only";
import { z } from "zod";
import { noun } from "@/lib/core/operation";
import { Channel } from "./delivery/schema";
import { Alert, Rule } from "./schema";

/** Rules, what they fired, and who is told: one noun, whose records share their ids. */
const AlertRecord = z.strictObject({
  ...Rule.omit({ updated_at: true }).shape,
  ...Channel.pick({ kind: true, address: true }).shape,
  ...Alert.pick({ resolved_at: true }).shape,
  state: z.string(),
  event: z.string(),
  secret: z.string(),
  deleted: z.boolean(),
});

export const alert = noun({
  name: "alert",
  store: "system",
  shape: AlertRecord,
  personal: [],
  index: null,
});
