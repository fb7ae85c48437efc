// A process that bills without a pause, to be killed in the middle of it. Its parent tells it the time.
import { setTimeout as sleep } from "node:timers/promises";
import { openStores } from "@/lib/core/stores";
import { applyEvents } from "@/lib/worker/tasks/processor-events";
import { bill } from "@/lib/worker/tasks/billing";
import { createCollector } from "@/lib/worker/tasks/collect";
import { installClock, setAhead } from "./clock";

const ANSWER_WITHIN_MS = 50;

installClock();
process.on("message", (aheadMs) => setAhead(Number(aheadMs)));
process.on("disconnect", () => process.exit(0));
const stores = openStores(new Map());
const { signal } = new AbortController();
process.send?.("ready");
for (;;) {
  // A connection that was ended is a failure of this pass, not of the process.
  await bill(stores, signal).catch(() => {});
  await createCollector(stores, ANSWER_WITHIN_MS)
    .step(signal)
    .catch(() => {});
  await applyEvents(stores, signal).catch(() => {});
  await sleep(20);
}
