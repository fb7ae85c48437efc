import { z } from "zod";
import type { EngineHealth, EngineStatus } from "@/lib/databases/schema";

export const GetHealth = z.strictObject({});

export type Health = {
  /** The worst that concerns the console: it cannot serve without PostgreSQL, and can without each other engine. */
  status: EngineStatus;
  reason: string | null;
  engines: EngineHealth[];
};
