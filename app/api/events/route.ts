import { events } from "@/lib/next/events";
import { route } from "@/lib/next/route";

export const GET = events;
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
