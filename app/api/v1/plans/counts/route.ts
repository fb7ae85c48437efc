import { route } from "@/lib/next/route";
import { planCounts } from "@/lib/plans/queries";

export const GET = route.get(planCounts);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
