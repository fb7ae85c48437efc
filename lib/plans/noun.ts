import "server-only";
import { noun } from "@/lib/core/operation";
import { PlanRecord } from "./schema";

export const plan = noun({ name: "plan", store: "app", shape: PlanRecord, personal: [], index: null });
