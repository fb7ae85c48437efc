// The way in for those who look at Elasticsearch and act on it: clients of their own, never those of search.
import "server-only";
import { Client } from "@elastic/elasticsearch";
import type { Env } from "@/lib/env";

export type ElasticWatch = {
  /** The monitor's user where one is given. */
  readonly monitor: Client;
  /** Acts bring their own time: whatever it reads, somebody waits for. */
  readonly operator: Client;
  readonly hasOwnUser: boolean;
  close(): Promise<void>;
};

const READ_MS = 3_000;

/** Connects to nothing yet. Null where no Elasticsearch is configured. */
export function createElasticWatch(env: Env): ElasticWatch | null {
  if (!env.ELASTICSEARCH_URL) return null;
  const monitor = open(env.ELASTICSEARCH_MONITOR_URL ?? env.ELASTICSEARCH_URL);
  const operator = open(env.ELASTICSEARCH_URL);
  return {
    monitor,
    operator,
    hasOwnUser: env.ELASTICSEARCH_MONITOR_URL !== undefined,
    async close() {
      await Promise.all([monitor.close(), operator.close()]);
    },
  };
}

function open(node: string): Client {
  return new Client({
    node,
    requestTimeout: READ_MS,
    maxRetries: 0,
    enableMetaHeader: false,
    agent: { connections: 3 },
  });
}
