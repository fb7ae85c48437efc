import { acknowledgeAlert } from "@/lib/alerts/commands";
import { route } from "@/lib/next/route";

export const POST = route.post(acknowledgeAlert);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
