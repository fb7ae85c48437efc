import { route } from "@/lib/next/route";
import { resumeSubscription } from "@/lib/subscriptions/pause/commands";

export const POST = route.post(resumeSubscription);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
