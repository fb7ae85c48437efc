import { route } from "@/lib/next/route";
import { recordPayment } from "@/lib/subscriptions/money/commands";

export const POST = route.post(recordPayment);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
