import { approveRequest } from "@/lib/approvals/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(approveRequest);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
