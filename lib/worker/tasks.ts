import "server-only";
import { keepDefaults } from "@/lib/alerts/defaults";
import type { Stores } from "@/lib/core/stores";
import { createCourier } from "./alerts/deliver";
import { evaluateAlerts } from "./alerts/evaluate";
import { rollUp } from "./health/rollup";
import { createSampler } from "./health/sampler";
import type { Locks } from "./lock";
import type { Pause, Task } from "./schedule";
import { createRelay } from "./search/relay";
import { keepIndices } from "./search/upkeep";
import { expireApprovals } from "./tasks/approvals";
import { type CheckpointKeys, checkAudit } from "./tasks/audit-check";
import { bill } from "./tasks/billing";
import { createCollector } from "./tasks/collect";
import { beat } from "./tasks/heartbeat";
import { makePartitions } from "./tasks/partitions";
import { rollUpRevenue } from "./tasks/revenue";
import { endSuspensions } from "./tasks/suspensions";
import { applyEvents } from "./tasks/processor-events";
import { sweep } from "./tasks/sweep";

const HOUR_MS = 3_600_000;

export type Identity = { name: string; build: string; namespace: string };

const after = (pauseMs: number): Pause => ({ pauseMs });

/** Where something was done there may be more, or something that follows from it: at once again, else as usual. */
const whileBusy = (done: number) => (done > 0 ? after(0) : undefined);

/** Everything a worker does, and how often. */
export function workerTasks(
  stores: Stores,
  { name, build, namespace }: Identity,
  keys: CheckpointKeys,
  locks: Locks,
): Task[] {
  const { system } = stores.postgres;
  const sampler = createSampler(stores, {
    namespace,
    leads: () => locks.leads("health.sample"),
    onReport: (report) => evaluateAlerts(stores, report),
  });
  const relay = createRelay(stores, name, namespace);
  const courier = createCourier(stores, name);
  const collector = createCollector(stores);

  /** Samples that came late were kept by the sampler of this worker or of none. */
  async function rollUpLate(): Promise<void> {
    await rollUp(system, sampler.archive.lateFrom);
    sampler.archive.rolledUp();
  }

  return [
    { name: "heartbeat", alone: false, everyMs: 5_000, run: () => beat(system, name, build) },
    { name: "health.sample", alone: false, everyMs: 10_000, run: () => sampler.tick().then(after) },
    { name: "health.roll-up", alone: true, everyMs: 60_000, run: () => rollUpLate() },
    { name: "search.relay", alone: false, everyMs: 500, run: () => relay.step().then(after) },
    { name: "search.upkeep", alone: true, everyMs: 2_000, run: (signal) => keepIndices(stores, namespace, signal) },
    { name: "alerts.defaults", alone: true, everyMs: HOUR_MS, run: () => keepDefaults(system) },
    { name: "alerts.deliver", alone: false, everyMs: 1_000, run: () => courier.step().then(after) },
    { name: "approvals.expire", alone: true, everyMs: 60_000, run: () => expireApprovals(system) },
    { name: "audit.check", alone: true, everyMs: 5_000, run: (signal) => checkAudit(stores, keys, signal) },
    { name: "audit.partitions", alone: true, everyMs: 24 * HOUR_MS, run: () => makePartitions(system) },
    { name: "revenue.roll-up", alone: true, everyMs: 5 * 60_000, run: () => rollUpRevenue(stores) },
    { name: "subscription.bill", alone: false, everyMs: 15_000, run: (signal) => bill(stores, signal).then(whileBusy) },
    {
      name: "processor-event.apply",
      alone: true,
      everyMs: 2_000,
      run: (signal) => applyEvents(stores, signal).then(whileBusy),
    },
    {
      name: "subscription.collect",
      alone: false,
      everyMs: 5_000,
      run: (signal) => collector.step(signal).then(whileBusy),
    },
    { name: "user.suspensions", alone: true, everyMs: 15_000, run: (signal) => endSuspensions(stores, signal) },
    { name: "sweep", alone: true, everyMs: HOUR_MS, run: (signal) => sweep(system, signal) },
  ];
}
