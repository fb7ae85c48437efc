import { route } from "@/lib/next/route";
import { createSubscription } from "@/lib/subscriptions/commands";

export const POST = route.post(createSubscription);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
