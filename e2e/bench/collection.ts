// What watching costs: every pass of every tier, as its caller waits for it, which is more than the engine works.
import { createCollectors } from "@/lib/databases/collectors";
import { ENGINES } from "@/lib/databases/schema";
import { EVERY_S } from "@/lib/databases/signal";
import { createWatchers } from "@/lib/databases/watchers";
import { env } from "@/lib/env";
import { median, verdict } from "./measure";

/** The four engines together, in ms; the pass over objects has no limit of its own. */
const WANTED_MS: Partial<Record<number, number>> = { 10: 40, 60: 200 };
const WARM_UP = 3;

export async function benchCollection(rounds: number): Promise<void> {
  const watchers = createWatchers(env());
  const collectors = createCollectors(watchers);
  console.log(
    `${"a pass, p50 in ms".padEnd(30)} ${[...ENGINES, "together"].map((name) => name.padStart(14)).join("")}`,
  );
  try {
    for (const everyS of EVERY_S) {
      const times: number[] = [];
      for (const engine of ENGINES) {
        const passes: number[] = [];
        for (let round = 0; round < rounds + WARM_UP && collectors[engine]; round += 1) {
          const began = performance.now();
          await collectors[engine].collect(everyS);
          if (round >= WARM_UP) passes.push(performance.now() - began);
        }
        times.push(median(passes));
      }
      const together = times.reduce((sum, ms) => sum + (Number.isNaN(ms) ? 0 : ms), 0);
      const figures = [...times, together].map((ms) => ms.toFixed(1).padStart(14)).join("");
      console.log(`${`every ${everyS} s`.padEnd(30)} ${figures}  ${verdict(together, WANTED_MS[everyS])}`);
    }
  } finally {
    await watchers.close();
  }
}
