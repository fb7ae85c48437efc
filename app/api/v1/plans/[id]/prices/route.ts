import { route } from "@/lib/next/route";
import { addPrice } from "@/lib/plans/commands";

export const POST = route.post(addPrice);
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
