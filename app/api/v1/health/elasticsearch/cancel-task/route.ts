import { cancelTask } from "@/lib/health/elasticsearch/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(cancelTask);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
