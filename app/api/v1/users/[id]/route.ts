import { route } from "@/lib/next/route";
import { editUser } from "@/lib/users/commands";
import { getUser } from "@/lib/users/queries";

export const GET = route.get(getUser);
export const PATCH = route.patch(editUser);
export const { POST, PUT, DELETE, OPTIONS } = route.rest("GET", "PATCH");
