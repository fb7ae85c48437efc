// What runs on the cluster now. The text of a query never leaves this module.
import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { z } from "zod";
import { ask } from "./ask";

const Raw = z.object({
  node: z.string(),
  id: z.number(),
  type: z.string(),
  action: z.string(),
  description: z.string().optional(),
  start_time_in_millis: z.number(),
  running_time_in_nanos: z.number(),
  cancellable: z.boolean(),
  cancelled: z.boolean().optional(),
  parent_task_id: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
});

const Listed = z.object({
  nodes: z.record(z.string(), z.object({ name: z.string(), tasks: z.record(z.string(), Raw) })).default({}),
});

export type Task = {
  /** `node:number`, as the server names it. */
  id: string;
  node: string;
  action: string;
  /** Indices it works on, where it says so. */
  indices: string | null;
  started_at: string;
  running_ms: number;
  cancellable: boolean;
  cancelled: boolean;
  parent: string | null;
  /** The request of ours or of another client that began it. */
  request: string | null;
};

const INDICES = /^indices\[([^\]]{1,200})\]/;

function toTask(raw: z.output<typeof Raw>, node: string): Task {
  return {
    id: `${raw.node}:${raw.id}`,
    node,
    action: raw.action,
    indices: INDICES.exec(raw.description ?? "")?.[1] ?? null,
    started_at: new Date(raw.start_time_in_millis).toISOString(),
    running_ms: raw.running_time_in_nanos / 1e6,
    cancellable: raw.cancellable,
    cancelled: raw.cancelled ?? false,
    parent: raw.parent_task_id ?? null,
    request: raw.headers["X-Opaque-Id"] ?? null,
  };
}

const OUR_OWN = "cluster:monitor/tasks/lists";

/** Parents only, without the task that lists them; the longest first. */
export async function runningTasks(client: Client): Promise<Task[]> {
  const { nodes } = await ask(client, { path: "/_tasks", query: { detailed: true } }, Listed);
  return Object.values(nodes)
    .flatMap(({ name, tasks }) => Object.values(tasks).map((raw) => toTask(raw, name)))
    .filter(({ parent, action }) => parent === null && action !== OUR_OWN)
    .sort((a, b) => b.running_ms - a.running_ms);
}

const One = z.object({ completed: z.boolean(), task: Raw });

/** Throws what the client throws: 404 when no task of this name runs. */
export async function taskById(client: Client, id: string): Promise<Task & { completed: boolean }> {
  const { completed, task } = await ask(client, { path: `/_tasks/${encodeURIComponent(id)}` }, One);
  return { ...toTask(task, task.node), completed };
}
