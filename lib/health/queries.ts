import "server-only";
import { query } from "@/lib/core/operation";
import { health } from "./noun";
import { overall } from "./overall";
import { GetHealth, type Health } from "./schema";

/** What the last probes say; asks no engine anything. */
export const getHealth = query({
  noun: health,
  action: "health.get",
  permission: "health.read",
  input: GetHealth,
  async run(_input, { engines }): Promise<Health> {
    return overall(engines.health());
  },
});
