import "server-only";
import { query } from "@/lib/core/operation";
import { profile } from "./noun";
import { GetProfile, Profile } from "./schema";

/** The profile document of a person; null when they never made one. */
export const getProfile = query({
  noun: profile,
  action: "profile.get",
  permission: "profiles.read",
  input: GetProfile,
  async run({ id }, { documents }): Promise<Profile | null> {
    const found = await documents.find("profiles", id);
    return found && toProfile(found);
  },
});

/** Only the fields of the DTO leave this module, whatever else a document holds. */
function toProfile(found: Record<string, unknown>): Profile {
  return Profile.parse({
    id: found["_id"],
    revision: found["revision"],
    first_name: found["first_name"] ?? null,
    last_name: found["last_name"] ?? null,
    avatar_url: found["avatar_url"] ?? null,
    bio: found["bio"] ?? null,
    attributes: found["attributes"] ?? {},
    updated_at: found["updated_at"] instanceof Date ? found["updated_at"].toISOString() : found["updated_at"],
  });
}
