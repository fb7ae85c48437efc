import { route } from "@/lib/next/route";
import { takeBackCredit } from "@/lib/subscriptions/money/commands";

export const POST = route.post(takeBackCredit);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
