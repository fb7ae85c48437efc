import { route } from "@/lib/next/route";
import { subscriptionCounts } from "@/lib/subscriptions/queries";

export const GET = route.get(subscriptionCounts);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
