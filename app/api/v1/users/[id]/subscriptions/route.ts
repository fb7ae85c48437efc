import { route } from "@/lib/next/route";
import { subscriptionsOfUser } from "@/lib/subscriptions/detail/queries";

export const GET = route.get(subscriptionsOfUser, { id: "user_id" });
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
