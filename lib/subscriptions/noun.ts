import "server-only";
import { noun } from "@/lib/core/operation";
import { Subscription } from "./schema";

export const subscription = noun({
  name: "subscription",
  store: "app",
  shape: Subscription,
  personal: [],
  index: null,
});
