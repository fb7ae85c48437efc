// Migrations of Elasticsearch. Each index says in its mapping which migration made it, so that the record and the
// index cannot part. An index that is gone counts as not migrated: it is made again, empty, to be filled.
import { Client } from "@elastic/elasticsearch";
import * as users from "../migrations/elasticsearch/0001-users";
import { type Applied, type Ledger, type Step, stepDown, stepUp } from "./steps";

type ElasticsearchMigration = {
  name: string;
  checksum: string;
  /** The write alias its index stands behind. */
  alias(namespace: string): string;
  up(client: Client, namespace: string): Promise<void>;
  down(client: Client, namespace: string): Promise<void>;
};

const MIGRATIONS: readonly ElasticsearchMigration[] = [
  { ...users, checksum: users.usersChecksum, alias: (namespace) => users.usersNames(namespace).write },
];

/** Applies the missing migrations; answers their names: each made an empty index, so a rebuild has to follow. */
export function migrateElasticsearch(url: string, namespace: string): Promise<string[]> {
  return withClient(url, (client) => stepUp("Elasticsearch", steps(client, namespace), ledger(client, namespace)));
}

/** Takes back the last `count` migrations; answers their names. */
export function rollbackElasticsearch(url: string, namespace: string, count: number): Promise<string[]> {
  return withClient(url, (client) =>
    stepDown("Elasticsearch", steps(client, namespace), ledger(client, namespace), count),
  );
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ node: url, requestTimeout: 30_000, maxRetries: 0 });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

function steps(client: Client, namespace: string): Step[] {
  return MIGRATIONS.map(({ name, checksum, up, down }) => ({
    name,
    checksum,
    up: () => up(client, namespace),
    down: () => down(client, namespace),
  }));
}

function ledger(client: Client, namespace: string): Ledger {
  return {
    applied: async () => {
      const found = await Promise.all(MIGRATIONS.map(({ alias }) => recorded(client, alias(namespace))));
      return found.flat();
    },
    add: async () => {},
    remove: async () => {},
  };
}

async function recorded(client: Client, alias: string): Promise<Applied[]> {
  if (!(await client.indices.existsAlias({ name: alias }))) return [];
  const mappings = await client.indices.getMapping({ index: alias });
  return Object.values(mappings).map(({ mappings: { _meta } }) => ({
    name: String(_meta?.schema),
    checksum: String(_meta?.checksum),
  }));
}
