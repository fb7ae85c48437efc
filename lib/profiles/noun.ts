import "server-only";
import { noun } from "@/lib/core/operation";
import { Profile } from "./schema";

export const profile = noun({
  name: "profile",
  store: "mongo",
  shape: Profile,
  personal: ["first_name", "last_name", "avatar_url", "bio", "attributes"],
  index: null,
});
