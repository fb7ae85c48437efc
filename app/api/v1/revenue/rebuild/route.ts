import { route } from "@/lib/next/route";
import { rebuildRevenue } from "@/lib/revenue/commands";

export const POST = route.post(rebuildRevenue);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
