// Runs named steps in an order and adds up what they counted.
import path from "node:path";
import { run, tail } from "./process.mjs";

/** Steps of one run; their output goes to `logs`, only what failed is shown. */
export function createSteps({ logs, env }) {
  const steps = new Map();
  const counts = { passed: 0, failed: 0 };
  const logOf = (name) => path.join(logs, `test-${name}.log`);

  /**
   * `needs` must have passed, `after` only be over. `count` reads how many tests a step held; without it the step
   * counts as one.
   */
  function add(name, { needs = [], after = [], count }, work) {
    steps.set(name, perform(name, { needs, after, count }, work));
  }

  async function perform(name, { needs, after, count }, work) {
    // the steps named may be added after this one
    await null;
    await Promise.all(after.map((other) => steps.get(other)));
    const unmet = [];
    for (const need of needs) if (!(await steps.get(need))) unmet.push(need);
    const begun = performance.now();
    const error = unmet.length > 0 ? `not run, it needs ${unmet.join(" and ")}` : await failureOf(work(logOf(name)));
    const counted = count?.() ?? { passed: error ? 0 : 1, failed: 0 };
    if (error && counted.failed === 0) counted.failed = 1;
    counts.passed += counted.passed;
    counts.failed += counted.failed;
    const seconds = `${((performance.now() - begun) / 1000).toFixed(1)} s`.padStart(8);
    const held = count ? ` (${counted.passed} passed, ${counted.failed} failed)` : "";
    console.log(`${error ? "FAILED" : "ok    "} ${name.padEnd(11)}${seconds}${held}`);
    if (error) console.log(`${error}\n${unmet.length > 0 ? "" : tail(logOf(name), 100)}\n`);
    return error === null;
  }

  return {
    add,
    /** A step that is a program of the installed packages. */
    addTool(name, order, [program, ...args], extraEnv = {}) {
      const file = path.resolve("node_modules/.bin", program);
      add(name, order, (log) => run(file, args, { log, env: { ...process.env, ...env, ...extraEnv } }));
    },
    async finish() {
      await Promise.all(steps.values());
      return counts;
    },
  };
}

async function failureOf(promise) {
  try {
    await promise;
    return null;
  } catch (error) {
    return error.message.split("\n")[0];
  }
}
