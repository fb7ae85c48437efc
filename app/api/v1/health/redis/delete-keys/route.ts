import { deleteKeys } from "@/lib/health/redis/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(deleteKeys);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
