import "server-only";
import { z } from "zod";
import { noun } from "@/lib/core/operation";

/** Read with the auditor's credential; nothing here writes. */
export const audit = noun({ name: "audit", store: "audit", shape: z.strictObject({}), personal: [], index: null });
