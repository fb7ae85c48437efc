import { listAlerts } from "@/lib/alerts/queries";
import { route } from "@/lib/next/route";

export const GET = route.get(listAlerts);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
