import { route } from "@/lib/next/route";
import { changePlan } from "@/lib/subscriptions/change/commands";

export const POST = route.post(changePlan);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
