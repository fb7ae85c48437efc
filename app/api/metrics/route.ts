import { readMetrics } from "@/lib/next/metrics";
import { route } from "@/lib/next/route";

export const GET = readMetrics;
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
