import "server-only";
import { noun } from "@/lib/core/operation";
import { Plan } from "./schema";

export const plan = noun({ name: "plan", store: "app", shape: Plan, personal: [], index: null });
