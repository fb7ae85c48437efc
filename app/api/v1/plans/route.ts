import { route } from "@/lib/next/route";
import { createPlan } from "@/lib/plans/commands";
import { listPlans } from "@/lib/plans/queries";

export const GET = route.get(listPlans);
export const POST = route.post(createPlan);
export const { PUT, PATCH, DELETE, OPTIONS } = route.rest("GET", "POST");
