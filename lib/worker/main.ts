// The worker: everything that has to happen without anybody asking for it. Several may run.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { closeStores, openStores } from "@/lib/core/stores";
import { loggable } from "@/lib/core/translate";
import { env, requireEnv } from "@/lib/env";
import { operations } from "@/lib/registry";
import packageFile from "@/package.json";
import { createLocks } from "./lock";
import { runTasks } from "./schedule";
import { workerTasks } from "./tasks";
import { leave } from "./tasks/heartbeat";

const FINISH_WITHIN_MS = 2_500;
const CLOSE_WITHIN_MS = 2_000;

async function main(): Promise<void> {
  const keys = {
    privateKey: requireEnv("QUADRANT_CHECKPOINT_KEY"),
    publicKey: requireEnv("QUADRANT_CHECKPOINT_PUBLIC_KEY"),
  };
  const stores = openStores(operations);
  const locks = createLocks(env().SYSTEM_DATABASE_URL);
  const name = `${os.hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`;
  const stopping = new AbortController();
  process.on("SIGTERM", () => stopping.abort());
  process.on("SIGINT", () => stopping.abort());
  // A driver may fail outside of any task; the tasks go on, and what they were doing is repeated.
  process.on("uncaughtException", (error) => stores.log.error({ error: loggable(error) }, "Uncaught."));
  process.on("unhandledRejection", (error) => stores.log.error({ error: loggable(error) }, "Unhandled."));

  await stores.databases.monitor.assertVersions();
  stores.databases.monitor.start();
  stores.log.info({ name, build: packageFile.version }, "The worker runs.");
  const identity = { name, build: packageFile.version, namespace: env().QUADRANT_NAMESPACE };
  const running = runTasks(workerTasks(stores, identity, keys, locks), locks, stores.log, stopping.signal);
  await once(stopping.signal, "abort");
  // What does not finish in time keeps its lease, which runs out by itself.
  await Promise.race([running, sleep(FINISH_WITHIN_MS, undefined, { ref: false })]);

  const closed = leave(stores.postgres.system, name)
    .catch(() => {})
    .then(() => Promise.all([locks.close(), closeStores(stores)]));
  await Promise.race([closed, sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
  stores.log.info({ name }, "The worker has stopped.");
  process.exit(0);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : "The worker failed."}\n`);
  process.exit(1);
}
