import { takeProcessorEvent } from "@/lib/next/processor-events";
import { route } from "@/lib/next/route";

export const POST = takeProcessorEvent;
export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = route.rest("POST");
