import { route } from "@/lib/next/route";
import { revenueFigures } from "@/lib/revenue/queries";

export const GET = route.get(revenueFigures);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
