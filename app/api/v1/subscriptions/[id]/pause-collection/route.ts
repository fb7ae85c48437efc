import { route } from "@/lib/next/route";
import { pauseCollection } from "@/lib/subscriptions/pause/commands";

export const POST = route.post(pauseCollection);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
