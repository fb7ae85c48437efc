import { route } from "@/lib/next/route";
import { listSessions } from "@/lib/sessions/queries";
import { signOutUser } from "@/lib/users/commands";

export const GET = route.get(listSessions, { id: "user_id" });
export const DELETE = route.delete(signOutUser);
export const { POST, PUT, PATCH, OPTIONS } = route.rest("GET", "DELETE");
