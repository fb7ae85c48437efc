import { health } from "@/lib/next/health";
import { route } from "@/lib/next/route";

export const GET = health.report;
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
