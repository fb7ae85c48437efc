import { reindexIndex } from "@/lib/health/postgres/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(reindexIndex);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
