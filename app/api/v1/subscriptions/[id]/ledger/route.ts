import { route } from "@/lib/next/route";
import { subscriptionLedger } from "@/lib/subscriptions/detail/queries";

export const GET = route.get(subscriptionLedger);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
