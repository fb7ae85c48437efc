import { route } from "@/lib/next/route";
import { keepSubscription } from "@/lib/subscriptions/cancel/commands";

export const POST = route.post(keepSubscription);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
