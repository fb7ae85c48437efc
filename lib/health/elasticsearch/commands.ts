// What may be done about Elasticsearch. Each reads its target first and again afterwards.
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import { type Finding, type Touch, remedy } from "@/lib/core/operation";
import * as acts from "@/lib/databases/elasticsearch/acts";
import { health } from "../noun";
import { CancelTask, OneIndex, RetryAllocation } from "./schema";
import { floodRefusal, homelessCopies, mergeRefusal, permitted, taskOrNull, theIndex, theTask } from "./targets";
import { elasticWatch } from "./ways";
import { actionWords } from "./words";

const base = { noun: health, engine: "elasticsearch" } as const;

const touch = (what: string, count = 1): Touch[] => [{ store: "elasticsearch", what, count, undo: false }];

const copies = (count: number) => `${count} ${count === 1 ? "copy" : "copies"}`;

/** A cancelled task ends at its next step, most within a second or two. */
const CANCEL_WAIT_MS = 8_000;
const LOOK_AGAIN_MS = 200;

export const cancelTask = remedy({
  ...base,
  action: "health.elasticsearch.cancel-task",
  permission: "health.elasticsearch.cancel-task",
  input: CancelTask,
  async look({ task: id }, scope): Promise<Finding> {
    const task = await theTask(elasticWatch(scope).operator, id);
    const what = { task: actionWords(task.action), works_on: task.indices ?? "the cluster" };
    return {
      id: `task ${id}`,
      before: { ...what, state: task.cancelled ? "being cancelled" : "running" },
      after: { ...what, state: "ended" },
      identity: { task: id, started_at: task.started_at },
      touches: touch("task cancelled, its client gets an error"),
      refused: task.parent
        ? `It is a part of the task ${task.parent}: only the whole can be cancelled.`
        : task.cancellable
          ? null
          : "The server cannot cancel a task of this kind.",
    };
  },
  async act({ task: id }, scope, { before }) {
    const { operator } = elasticWatch(scope);
    const wasThere = await permitted(acts.cancelTask(operator, id), "the cluster right cancel_task");
    if (!wasThere) throw new AppError("not_found", "The task had ended before it could be cancelled.");
    for (const end = Date.now() + CANCEL_WAIT_MS; ; await sleep(LOOK_AGAIN_MS)) {
      const task = await taskOrNull(operator, id);
      if (!task) return { done: true, after: { ...before, state: "ended" }, note: "The task has ended." };
      if (Date.now() < end) continue;
      const note = "It was told to end and still runs; it ends at its next step.";
      return { done: task.cancelled, after: { ...before, state: "being cancelled" }, note };
    }
  },
});

export const retryAllocation = remedy({
  ...base,
  action: "health.elasticsearch.retry-allocation",
  permission: "health.elasticsearch.retry-allocation",
  input: RetryAllocation,
  async look(_input, scope): Promise<Finding> {
    const { count, answers } = await homelessCopies(elasticWatch(scope).operator);
    const isVain = answers.length > 0 && answers.every(({ retry_helps: helps }) => !helps);
    const [first] = answers;
    const why = first ? `${first.index}, ${first.shard}: ${first.nodes[0]?.why ?? first.verdict}` : "";
    const vain = isVain ? `A retry changes nothing, for no attempt was given up. ${why}.` : null;
    return {
      id: "cluster",
      before: { without_home: count, why },
      after: { without_home: "those that failed are tried again", why },
      identity: {},
      touches: touch("copies without a home tried again", count),
      refused: count === 0 ? "Every copy of every shard has a home." : vain,
    };
  },
  async act(_input, scope, { before }) {
    const { operator } = elasticWatch(scope);
    await permitted(acts.retryAllocation(operator), "the cluster right manage");
    await sleep(1_000);
    const { count, answers } = await homelessCopies(operator);
    const done = count < Number(before.without_home);
    const why = answers[0]?.nodes[0]?.why ?? answers[0]?.verdict ?? "";
    const note = done ? `${copies(count)} without a home now.` : `Nothing changed: ${why}.`;
    return { done, after: { without_home: count, why }, note };
  },
});

export const clearBlock = remedy({
  ...base,
  action: "health.elasticsearch.clear-block",
  permission: "health.elasticsearch.clear-block",
  input: OneIndex,
  async look({ index: name }, scope): Promise<Finding> {
    const { operator } = elasticWatch(scope);
    const index = await theIndex(operator, name);
    return {
      id: `index ${name}`,
      before: { writes: index.floodBlock ? "refused by the flood-stage block" : "taken" },
      after: { writes: "taken" },
      identity: { index: name, uuid: index.uuid },
      touches: touch("index takes writes again"),
      refused: index.floodBlock ? await floodRefusal(operator) : "It has no flood-stage block.",
    };
  },
  async act({ index: name }, scope) {
    const { operator } = elasticWatch(scope);
    await permitted(acts.clearBlock(operator, name), `the index right manage on ${name}`);
    const { floodBlock } = await theIndex(operator, name);
    return floodBlock
      ? { done: false, after: { writes: "refused by the flood-stage block" }, note: "The block is back already." }
      : { done: true, after: { writes: "taken" }, note: `${name} takes writes again.` };
  },
});

export const refreshIndex = remedy({
  ...base,
  action: "health.elasticsearch.refresh",
  permission: "health.elasticsearch.refresh",
  input: OneIndex,
  async look({ index: name }, scope): Promise<Finding> {
    const index = await theIndex(elasticWatch(scope).operator, name);
    return {
      id: `index ${name}`,
      before: { refreshes: index.refreshes, searchable: "what was written until the last refresh" },
      after: { refreshes: index.refreshes, searchable: "everything that was written" },
      identity: { index: name, uuid: index.uuid },
      touches: touch("index made searchable up to now"),
      refused: null,
    };
  },
  async act({ index: name }, scope, { before }) {
    const { operator } = elasticWatch(scope);
    const done = await permitted(acts.refreshIndex(operator, name), `the index right maintenance on ${name}`);
    const { refreshes, docs } = await theIndex(operator, name);
    const note = `${copies(done.successful)} refreshed, ${docs} entries can be found.`;
    const isDone = done.failed === 0 && refreshes >= Number(before.refreshes);
    return { done: isDone, after: { refreshes, searchable: "everything that was written" }, note };
  },
});

export const forceMerge = remedy({
  ...base,
  action: "health.elasticsearch.force-merge",
  permission: "health.elasticsearch.force-merge",
  input: OneIndex,
  async look({ index: name }, scope): Promise<Finding> {
    const { operator } = elasticWatch(scope);
    const index = await theIndex(operator, name);
    return {
      id: `index ${name}`,
      before: { segments: index.segments },
      after: { segments: "one for each copy" },
      identity: { index: name, uuid: index.uuid },
      touches: touch("index merged; it cannot be stopped once it runs"),
      refused: await mergeRefusal(operator, index),
    };
  },
  async act({ index: name }, scope, { before }) {
    const { operator } = elasticWatch(scope);
    const merge = permitted(acts.forceMerge(operator, name), `the index right maintenance on ${name}`);
    const merged = await merge.catch((error: unknown) => {
      if (error instanceof Error && error.name === "TimeoutError") return null;
      throw error;
    });
    const { segments } = await theIndex(operator, name);
    if (!merged) {
      const note = `Not finished after ${acts.MERGE_WAIT_MS / 1000} s. The server goes on with it; look again under Tasks.`;
      return { done: false, after: { segments }, note };
    }
    const note = `${copies(merged.successful)} merged: ${String(before.segments)} segments before, ${segments} now.`;
    return { done: merged.failed === 0, after: { segments }, note };
  },
});
