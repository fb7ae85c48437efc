import { countApprovals } from "@/lib/approvals/queries";
import { route } from "@/lib/next/route";

export const GET = route.get(countApprovals);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
