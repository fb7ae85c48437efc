import { deleteRule, editRule } from "@/lib/alerts/commands";
import { route } from "@/lib/next/route";

export const PATCH = route.patch(editRule);
export const DELETE = route.delete(deleteRule);
export const { GET, HEAD, POST, PUT, OPTIONS } = route.rest("PATCH", "DELETE");
