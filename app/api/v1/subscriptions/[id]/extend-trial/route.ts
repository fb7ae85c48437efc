import { route } from "@/lib/next/route";
import { extendTrial } from "@/lib/subscriptions/commands";

export const POST = route.post(extendTrial);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
