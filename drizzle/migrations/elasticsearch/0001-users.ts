// The index of people, behind the alias `users` (what may be found) and `users-write` (where the relay writes).
// It uses what every distribution has: folding and splitting of addresses happen in the projection, not here.
import type { Client, estypes } from "@elastic/elasticsearch";
import { checksum } from "../../stores/steps";

export const name = "0001-users";

const keyword: estypes.MappingProperty = { type: "keyword", ignore_above: 256 };
const lowerKeyword: estypes.MappingProperty = { type: "keyword", normalizer: "lower", ignore_above: 256 };

/** Text that is found while it is being typed; offsets make highlighting cheap. */
const typed = {
  type: "text",
  analyzer: "words",
  index_prefixes: { min_chars: 1, max_chars: 12 },
  term_vector: "with_positions_offsets",
} as const;

const properties: Record<string, estypes.MappingProperty> = {
  id: keyword,
  email: lowerKeyword,
  words: typed,
  name: { ...typed, fields: { key: lowerKeyword } },
  status: keyword,
  roles: keyword,
  country: keyword,
  locale: keyword,
  created_at: { type: "date" },
  last_seen_at: { type: "date" },
  version: { type: "long" },
  deleted: { type: "boolean" },
};

const settings: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  refresh_interval: "1s",
  gc_deletes: "10m",
  analysis: {
    normalizer: { lower: { type: "custom", filter: ["lowercase"] } },
    analyzer: { words: { type: "custom", tokenizer: "standard", filter: ["lowercase"] } },
  },
};

export const usersIndex = { noun: "user", schema: name, properties, settings } as const;

export const usersChecksum = checksum(JSON.stringify({ properties, settings }));

/** Names with the namespace of this installation: the two aliases, and the index of one `build`. */
export function usersNames(namespace: string) {
  const base = `${namespace}users`;
  return { read: base, write: `${base}-write`, index: (build: number) => `${base}-v${build}`, pattern: `${base}-v*` };
}

/** Creates the empty index of a build, without aliases; answers its name. */
export async function createUsersIndex(client: Client, namespace: string, build: number): Promise<string> {
  const index = usersNames(namespace).index(build);
  const _meta = { noun: usersIndex.noun, schema: usersIndex.schema, checksum: usersChecksum };
  await client.indices.create({ index, settings, mappings: { dynamic: "strict", _meta, properties } });
  return index;
}

/** Points both aliases at one index and away from every other, in one call: readers never see none. */
export async function pointUsersAliases(client: Client, namespace: string, index: string): Promise<void> {
  const names = usersNames(namespace);
  const remove = { index: names.pattern, must_exist: false };
  await client.indices.updateAliases({
    actions: [
      { remove: { ...remove, alias: names.read } },
      { remove: { ...remove, alias: names.write } },
      { add: { index, alias: names.read, filter: { bool: { must_not: { term: { deleted: true } } } } } },
      { add: { index, alias: names.write, is_write_index: true } },
    ],
  });
}

export async function up(client: Client, namespace: string): Promise<void> {
  // Not recorded as done, so whatever lies there is left over from a run that was cut off.
  await down(client, namespace);
  const index = await createUsersIndex(client, namespace, 1);
  await pointUsersAliases(client, namespace, index);
}

export async function down(client: Client, namespace: string): Promise<void> {
  const indices = await client.indices.get({ index: usersNames(namespace).pattern });
  for (const index of Object.keys(indices)) {
    await client.indices.delete({ index });
  }
}
