import { route } from "@/lib/next/route";
import { refundPayment } from "@/lib/subscriptions/money/commands";

export const POST = route.post(refundPayment);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
