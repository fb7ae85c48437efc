import { killClient } from "@/lib/health/redis/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(killClient);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
