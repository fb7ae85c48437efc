import { route } from "@/lib/next/route";
import { checkRevenue } from "@/lib/revenue/queries";

export const GET = route.get(checkRevenue);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
