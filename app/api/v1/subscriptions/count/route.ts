import { route } from "@/lib/next/route";
import { countSubscriptions } from "@/lib/subscriptions/queries";

export const GET = route.get(countSubscriptions);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
