import { route } from "@/lib/next/route";
import { getSubscription } from "@/lib/subscriptions/queries";

export const GET = route.get(getSubscription);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
