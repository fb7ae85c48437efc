import { route } from "@/lib/next/route";
import { killOperation } from "@/lib/health/mongodb/commands";

export const POST = route.post(killOperation);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
