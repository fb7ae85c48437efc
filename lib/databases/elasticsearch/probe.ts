import "server-only";
import { Client } from "@elastic/elasticsearch";
import type { Probe } from "../probe";

/** `aliases` are the indices the console needs; without one of them search answers from PostgreSQL. */
export function elasticProbe(url: string, aliases: readonly string[]): Probe {
  const client = new Client({ node: url, requestTimeout: 1_400, maxRetries: 0, agent: { connections: 2 } });
  return {
    async ask() {
      const [cluster, nodes, missing] = await Promise.all([
        client.cluster.health(),
        client.nodes.info({ filter_path: "nodes.*.version" }),
        absent(client, aliases),
      ]);
      const [first] = Object.values(nodes.nodes ?? {});
      const degraded =
        cluster.status === "red"
          ? `${cluster.unassigned_primary_shards ?? "some"} primary shards are not assigned`
          : (missing ?? (await blocked(client, aliases)));
      const lacksCopies = cluster.status === "yellow" && cluster.number_of_nodes > 1;
      return {
        version: first?.version ?? "",
        degraded: degraded ?? (lacksCopies ? "copies of some shards are not assigned" : null),
      };
    },
    close: () => client.close(),
  };
}

async function absent(client: Client, aliases: readonly string[]): Promise<string | null> {
  const found = await Promise.all(aliases.map((name) => client.indices.existsAlias({ name })));
  const missing = aliases.filter((_, position) => !found[position]);
  return missing.length === 0 ? null : `the ${missing.join(" and ")} index is being built`;
}

/** The flood-stage mark: the server made the index read-only because its disk is nearly full. */
async function blocked(client: Client, aliases: readonly string[]): Promise<string | null> {
  const settings = await client.indices.getSettings({
    index: [...aliases],
    name: "index.blocks.*",
    flat_settings: true,
  });
  const isBlocked = Object.values(settings).some((index) => Object.keys(index.settings ?? {}).length > 0);
  return isBlocked ? "the index takes no writes: its disk is nearly full" : null;
}
