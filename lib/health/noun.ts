import "server-only";
import { z } from "zod";
import { noun } from "@/lib/core/operation";

export const health = noun({
  name: "health",
  store: "engines",
  shape: z.strictObject({}),
  personal: [],
  index: null,
});
