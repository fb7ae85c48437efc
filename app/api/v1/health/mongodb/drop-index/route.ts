import { route } from "@/lib/next/route";
import { dropMongoIndex } from "@/lib/health/mongodb/commands";

export const POST = route.post(dropMongoIndex);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
