import { route } from "@/lib/next/route";
import { activatePlan } from "@/lib/plans/commands";

export const POST = route.post(activatePlan);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
