import { declineRequest } from "@/lib/approvals/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(declineRequest);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
