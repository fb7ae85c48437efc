import { tryAlertRule } from "@/lib/alerts/queries";
import { route } from "@/lib/next/route";

export const GET = route.get(tryAlertRule);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
