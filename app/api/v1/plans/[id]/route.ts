import { route } from "@/lib/next/route";
import { editPlan } from "@/lib/plans/commands";
import { getPlan } from "@/lib/plans/queries";

export const GET = route.get(getPlan);
export const PATCH = route.patch(editPlan);
export const { POST, PUT, DELETE, OPTIONS } = route.rest("GET", "PATCH");
