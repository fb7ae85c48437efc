import "server-only";
import { noun } from "@/lib/core/operation";
import { Session } from "./schema";

export const session = noun({
  name: "session",
  store: "system",
  shape: Session,
  personal: ["ua_label", "ip_prefix"],
  index: null,
});
