import { route } from "@/lib/next/route";
import { compSubscription } from "@/lib/subscriptions/commands";

export const POST = route.post(compSubscription);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
