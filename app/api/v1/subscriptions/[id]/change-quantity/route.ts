import { route } from "@/lib/next/route";
import { changeQuantity } from "@/lib/subscriptions/change/commands";

export const POST = route.post(changeQuantity);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
