import { route } from "@/lib/next/route";
import { totalSubscriptions } from "@/lib/subscriptions/queries";

export const GET = route.get(totalSubscriptions);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
