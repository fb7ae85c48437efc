import { route } from "@/lib/next/route";
import { suspendUser } from "@/lib/users/commands";

export const POST = route.post(suspendUser);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
