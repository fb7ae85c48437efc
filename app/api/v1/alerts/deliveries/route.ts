import { listDeliveries } from "@/lib/alerts/delivery/queries";
import { route } from "@/lib/next/route";

export const GET = route.get(listDeliveries);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
