import { route } from "@/lib/next/route";
import { subscriptionDetail } from "@/lib/subscriptions/detail/queries";

export const GET = route.get(subscriptionDetail);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
