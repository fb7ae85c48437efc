import { route } from "@/lib/next/route";
import { revenueMonths } from "@/lib/revenue/queries";

export const GET = route.get(revenueMonths);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
