import { startEngine, stopEngine } from "../stack/control.mjs";
import type { Engine } from "@/lib/databases/schema";
import { STACK_DIR } from "./platform";

/** Stops an engine of the platform, runs `work`, and starts the engine again whatever happened. */
export async function without(engine: Engine, work: () => Promise<void>): Promise<void> {
  await stopEngine(STACK_DIR, engine);
  try {
    await work();
  } finally {
    await startEngine(STACK_DIR, engine);
  }
}
