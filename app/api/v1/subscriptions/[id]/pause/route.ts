import { route } from "@/lib/next/route";
import { pauseService } from "@/lib/subscriptions/pause/commands";

export const POST = route.post(pauseService);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
