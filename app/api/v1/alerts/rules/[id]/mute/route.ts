import { muteRule, unmuteRule } from "@/lib/alerts/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(muteRule);
export const DELETE = route.delete(unmuteRule);
export const { GET, HEAD, PUT, PATCH, OPTIONS } = route.rest("POST", "DELETE");
