import { route } from "@/lib/next/route";
import { createMongoIndex } from "@/lib/health/mongodb/commands";

export const POST = route.post(createMongoIndex);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
