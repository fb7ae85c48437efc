import { listAudit } from "@/lib/audit/queries";
import { route } from "@/lib/next/route";

export const GET = route.get(listAudit);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
