import { route } from "@/lib/next/route";
import { retryPayment } from "@/lib/subscriptions/money/commands";

export const POST = route.post(retryPayment);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
