// What Elasticsearch says in codes, in sentences.
import "server-only";
import type { Explanation } from "@/lib/databases/elasticsearch/objects";
import type { Answer } from "./schema";

const CAUSES: Record<string, string> = {
  INDEX_CREATED: "its index was made, and it never had a home",
  CLUSTER_RECOVERED: "the whole cluster was started again",
  INDEX_REOPENED: "its index was opened again",
  NODE_LEFT: "its node left the cluster",
  NODE_RESTARTING: "its node is being restarted",
  REPLICA_ADDED: "another copy was asked for",
  ALLOCATION_FAILED: "placing it failed",
  REROUTE_CANCELLED: "its move was called off",
  REINITIALIZED: "it began anew on its node",
  PRIMARY_FAILED: "its primary failed",
  FORCED_EMPTY_PRIMARY: "it was replaced by an empty one",
  MANUAL_ALLOCATION: "it was placed by hand",
};

/** A sentence per rule of allocation; `explanation` of the server where we have none. */
const RULES: Record<string, string> = {
  same_shard: "holds a copy of this shard already",
  disk_threshold: "its disk is over a watermark",
  filter: "a setting of the index or the cluster keeps it off this node",
  max_retry: "placing it failed too often; the server waits to be told to try again",
  enable: "placing shards is switched off by a setting",
  node_version: "runs another version than this copy needs",
  shards_limit: "holds as many shards as it may",
  awareness: "its zone holds its share of copies already",
  throttling: "is busy placing other shards; it waits its turn",
  replica_after_primary_active: "its primary has no home either",
  snapshot_in_progress: "a snapshot is being made of it",
};

const VERDICTS: Record<string, string> = {
  yes: "It may be placed and will be within seconds.",
  no: "No node may take it.",
  no_attempt: "Nobody has tried to place it yet.",
  throttled: "It waits its turn: other shards are placed first.",
  awaiting_info: "The server still asks the nodes what they hold.",
  allocation_delayed: "The server waits for the node that left to come back.",
  no_valid_shard_copy: "No node has its data. It is lost unless a node that holds it comes back.",
  worse_balance: "It may be placed, but would make the balance worse.",
};

export function answerOf(explained: Explanation): Answer {
  const { index, shard, primary, unassigned_info: info, can_allocate, node_allocation_decisions } = explained;
  const nodes = node_allocation_decisions.map(({ node_name, node_decision, deciders }) => {
    const against = deciders.filter(({ decision }) => decision !== "YES");
    const [first] = against;
    const may = node_decision === "yes";
    const why = against.map(({ decider, explanation }) => RULES[decider] ?? explanation).join("; ");
    return { node: node_name, may, rule: first?.decider ?? "", why: why || (may ? "may take it" : "may not take it") };
  });
  return {
    index,
    shard,
    primary,
    since: info?.at ?? null,
    cause: CAUSES[info?.reason ?? ""] ?? "its node is not known",
    verdict: VERDICTS[can_allocate ?? ""] ?? "The server does not say whether it may be placed.",
    nodes,
    retry_helps: node_allocation_decisions.some(({ deciders }) =>
      deciders.some(({ decider, decision }) => decider === "max_retry" && decision === "NO"),
    ),
  };
}

const ACTIONS: [RegExp, string][] = [
  [/^indices:data\/read\/(search|msearch|open_point_in_time|scroll|async_search)/, "Search"],
  [/^indices:data\/read\/(get|mget)/, "Read by id"],
  [/^indices:data\/write\/bulk/, "Bulk write"],
  [/^indices:data\/write\/(index|update|delete)$/, "Write"],
  [/^indices:data\/write\/(reindex|update\/byquery|delete\/byquery)/, "Write by query"],
  [/^indices:admin\/forcemerge/, "Force-merge"],
  [/^indices:admin\/refresh/, "Refresh"],
  [/^cluster:monitor\/health/, "Wait for cluster health"],
  [/^cluster:admin\/snapshot/, "Snapshot"],
  [/^cluster:monitor\//, "Monitoring"],
  [/^indices:monitor\//, "Monitoring of indices"],
  [/^indices:admin\//, "Change of an index"],
  [/^cluster:admin\//, "Change of the cluster"],
];

export function actionWords(action: string): string {
  return ACTIONS.find(([pattern]) => pattern.test(action))?.[1] ?? action;
}
