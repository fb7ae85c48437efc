import { createRule } from "@/lib/alerts/commands";
import { listRules } from "@/lib/alerts/queries";
import { route } from "@/lib/next/route";

export const GET = route.get(listRules);
export const POST = route.post(createRule);
export const { PUT, PATCH, DELETE, OPTIONS } = route.rest("GET", "POST");
