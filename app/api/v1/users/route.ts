import { route } from "@/lib/next/route";
import { listUsers } from "@/lib/users/queries";

export const GET = route.get(listUsers);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
