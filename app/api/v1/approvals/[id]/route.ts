import { withdrawRequest } from "@/lib/approvals/commands";
import { getApproval } from "@/lib/approvals/queries";
import { route } from "@/lib/next/route";

export const GET = route.get(getApproval);
export const DELETE = route.delete(withdrawRequest);
export const { POST, PUT, PATCH, OPTIONS } = route.rest("GET", "DELETE");
