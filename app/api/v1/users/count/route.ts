import { route } from "@/lib/next/route";
import { countUsers } from "@/lib/users/queries";

export const GET = route.get(countUsers);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
