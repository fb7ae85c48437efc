import { route } from "@/lib/next/route";
import { listProcessorEvents } from "@/lib/processor-events/queries";

export const GET = route.get(listProcessorEvents);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
