// What is read of Elasticsearch while somebody looks: never more than the page shows, nothing whole.
import "server-only";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { checks, refusalOf } from "@/lib/databases/elasticsearch/ask";
import {
  clusterHealth,
  healthReport,
  masterNode,
  pendingTasks,
  watermarks,
  writeBlocks,
} from "@/lib/databases/elasticsearch/cluster";
import { nodeStats } from "@/lib/databases/elasticsearch/nodes";
import { aliasesOf, catIndices, catShards, explainAllocation } from "@/lib/databases/elasticsearch/objects";
import { runningTasks } from "@/lib/databases/elasticsearch/tasks";
import { health } from "../noun";
import { type Answer, ExplainShard, NoInput } from "./schema";
import type { IndicesView, NodesView, ReportView, ShardsView, TasksView } from "./schema";
import { indicesView, nodesView, reportView, shardsView } from "./views";
import { elasticWatch } from "./ways";
import { actionWords, answerOf } from "./words";

const base = { noun: health, permission: "health.read" } as const;

/** Health, report with its diagnoses and write blocks: the worst of the three counts. */
export const getElasticReport = query({
  ...base,
  action: "health.elasticsearch.report",
  input: NoInput,
  async run(_input, scope): Promise<ReportView> {
    const { monitor } = elasticWatch(scope);
    const check = checks(true);
    const [cluster, report, blocks] = await Promise.all([
      check.run("cluster health", clusterHealth(monitor)),
      check.run("health report", healthReport(monitor, true)),
      check.run("write blocks", writeBlocks(monitor)),
    ]);
    return { ...reportView(cluster, report, blocks), blind: check.blind };
  },
});

export const getElasticShards = query({
  ...base,
  action: "health.elasticsearch.shards",
  input: NoInput,
  async run(_input, scope): Promise<ShardsView> {
    const { monitor } = elasticWatch(scope);
    const check = checks(true);
    const shards = await check.run("shards", catShards(monitor));
    return { ...shardsView(shards ?? []), blind: check.blind };
  },
});

/** Why one copy has no home, asked on demand: it costs the master up to 150 ms. */
export const explainElasticShard = query({
  ...base,
  action: "health.elasticsearch.explain",
  input: ExplainShard,
  async run(input, scope): Promise<Answer> {
    const { monitor } = elasticWatch(scope);
    try {
      return answerOf(await explainAllocation(monitor, input));
    } catch (error) {
      const refusal = refusalOf(error);
      const isUnknown = refusal?.status === 404 || refusal?.status === 400;
      if (!isUnknown) throw error;
      throw new AppError("not_found", "There is no such copy without a home.", {}, { cause: error });
    }
  },
});

export const getElasticNodes = query({
  ...base,
  action: "health.elasticsearch.nodes",
  input: NoInput,
  async run(_input, scope): Promise<NodesView> {
    const { monitor } = elasticWatch(scope);
    const check = checks(true);
    const [stats, marks, master] = await Promise.all([
      check.run("node statistics", nodeStats(monitor)),
      check.run("disk watermarks", watermarks(monitor)),
      check.run("master node", masterNode(monitor)),
    ]);
    return { nodes: nodesView(Object.values(stats ?? {}), master), watermarks: marks, blind: check.blind };
  },
});

export const getElasticIndices = query({
  ...base,
  action: "health.elasticsearch.indices",
  input: NoInput,
  cache: { ttl_seconds: 300, tags: ["health:elasticsearch"] },
  async run(_input, scope): Promise<IndicesView> {
    const { monitor } = elasticWatch(scope);
    const check = checks(true);
    const [indices, aliases] = await Promise.all([
      check.run("indices", catIndices(monitor)),
      check.run("aliases", aliasesOf(monitor)),
    ]);
    return { ...indicesView(indices ?? [], aliases ?? []), blind: check.blind };
  },
});

const SHOWN_TASKS = 50;

/** Parents only, the longest first; the text of a query is never read out. */
export const getElasticTasks = query({
  ...base,
  action: "health.elasticsearch.tasks",
  input: NoInput,
  async run(_input, scope): Promise<TasksView> {
    const { monitor } = elasticWatch(scope);
    const check = checks(true);
    const [running, pending] = await Promise.all([
      check.run("running tasks", runningTasks(monitor)),
      check.run("waiting cluster changes", pendingTasks(monitor)),
    ]);
    return {
      running: (running ?? []).slice(0, SHOWN_TASKS).map(({ parent: _parent, ...task }) => ({
        ...task,
        action: actionWords(task.action),
      })),
      pending: (pending ?? []).slice(0, SHOWN_TASKS).map(({ source, priority, executing, time_in_queue_millis }) => ({
        source,
        priority,
        executing,
        waiting_ms: time_in_queue_millis,
      })),
      blind: check.blind,
    };
  },
});
