import { route } from "@/lib/next/route";
import { retirePlan } from "@/lib/plans/commands";

export const POST = route.post(retirePlan);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
