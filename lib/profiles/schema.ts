import { z } from "zod";

const attribute = z.strictObject({
  t: z.enum(["string", "number", "date", "time", "place", "boolean"]),
  v: z.union([z.string(), z.number(), z.boolean(), z.date().transform((value) => value.toISOString())]),
});

/** A document of the collection `profiles`; its id is the person's. */
export const Profile = z.strictObject({
  id: z.uuid(),
  revision: z.number(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  avatar_url: z.string().nullable(),
  bio: z.string().nullable(),
  attributes: z.record(z.string(), attribute),
  updated_at: z.string(),
});
export type Profile = z.infer<typeof Profile>;

export const GetProfile = z.strictObject({ id: z.uuid() });
