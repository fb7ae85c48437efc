import "server-only";
import { noun } from "@/lib/core/operation";
import { ProcessorEvent } from "./schema";

export const processorEvent = noun({
  name: "processor-event",
  store: "app",
  shape: ProcessorEvent,
  personal: [],
  index: null,
});
