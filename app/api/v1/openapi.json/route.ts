import { openapi } from "@/lib/next/openapi";
import { route } from "@/lib/next/route";

export const GET = route.document(openapi);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
