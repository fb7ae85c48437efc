// Waiting for a started engine to answer.
import { sleep, tail } from "../process.mjs";

/** Polls until the probe holds; throws with the log's end when the engine dies or `timeoutMs` pass. */
export async function waitUntilReady(child, probe, { log, timeoutMs }) {
  const begun = performance.now();
  while (!(await probe())) {
    if (child.dead) throw new Error(`it ended at the start (${child.dead})\n${tail(log)}`);
    if (performance.now() - begun > timeoutMs) throw new Error(`no answer in ${timeoutMs / 1000} s\n${tail(log)}`);
    await sleep(25);
  }
}
