import { requestApproval } from "@/lib/approvals/commands";
import { listApprovals } from "@/lib/approvals/queries";
import { route } from "@/lib/next/route";

export const GET = route.get(listApprovals);
export const POST = route.post(requestApproval);
export const { PUT, PATCH, DELETE, OPTIONS } = route.rest("GET", "POST");
