import { route } from "@/lib/next/route";
import { writeOff } from "@/lib/subscriptions/money/commands";

export const POST = route.post(writeOff);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
