import { route } from "@/lib/next/route";
import { reactivateUser } from "@/lib/users/commands";

export const POST = route.post(reactivateUser);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
