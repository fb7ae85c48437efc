import { route } from "@/lib/next/route";
import { cancelSubscription } from "@/lib/subscriptions/cancel/commands";

export const POST = route.post(cancelSubscription);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
