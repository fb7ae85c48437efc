import { route } from "@/lib/next/route";
import { dropChange } from "@/lib/subscriptions/change/commands";

export const POST = route.post(dropChange);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
