import "server-only";
import { noun } from "@/lib/core/operation";
import { RevenueMonth } from "./schema";

export const revenue = noun({ name: "revenue", store: "app", shape: RevenueMonth, personal: [], index: null });
