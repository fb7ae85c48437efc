import "server-only";
import { noun } from "@/lib/core/operation";
import { User } from "./schema";

export const user = noun({
  name: "user",
  store: "app",
  shape: User,
  personal: ["email", "display_name", "suspended_reason"],
  index: "users",
});
