import "server-only";
import { Client } from "@elastic/elasticsearch";
import type { Probe } from "../probe";

/**
 * Whether it answers, with a master, and has the indices the console needs; without one of them search answers from
 * PostgreSQL. What else ails the cluster is measured (`signals.ts`). `aliases` are those indices.
 */
export function elasticProbe(url: string, aliases: readonly string[]): Probe {
  const client = new Client({ node: url, requestTimeout: 1_400, maxRetries: 0, agent: { connections: 2 } });
  return {
    async ask() {
      const [, nodes, missing] = await Promise.all([
        client.cluster.health(),
        client.nodes.info({ filter_path: "nodes.*.version" }),
        absent(client, aliases),
      ]);
      const [first] = Object.values(nodes.nodes ?? {});
      return { version: first?.version ?? "", degraded: missing };
    },
    close: () => client.close(),
  };
}

async function absent(client: Client, aliases: readonly string[]): Promise<string | null> {
  const found = await Promise.all(aliases.map((name) => client.indices.existsAlias({ name })));
  const missing = aliases.filter((_, position) => !found[position]);
  return missing.length === 0 ? null : `the ${missing.join(" and ")} index is being built`;
}
