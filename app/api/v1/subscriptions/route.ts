import { route } from "@/lib/next/route";
import { createSubscription } from "@/lib/subscriptions/commands";
import { listSubscriptions } from "@/lib/subscriptions/queries";

export const GET = route.get(listSubscriptions);
export const POST = route.post(createSubscription);
export const { PUT, PATCH, DELETE, OPTIONS } = route.rest("GET", "POST");
