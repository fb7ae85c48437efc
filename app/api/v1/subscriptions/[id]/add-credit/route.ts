import { route } from "@/lib/next/route";
import { addCredit } from "@/lib/subscriptions/money/commands";

export const POST = route.post(addCredit);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
