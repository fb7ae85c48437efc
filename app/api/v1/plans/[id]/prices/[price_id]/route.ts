import { route } from "@/lib/next/route";
import { retirePrice } from "@/lib/plans/commands";

export const DELETE = route.delete(retirePrice);
export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = route.rest("DELETE");
