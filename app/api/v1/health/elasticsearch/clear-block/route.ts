import { clearBlock } from "@/lib/health/elasticsearch/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(clearBlock);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
