import "server-only";
import { type Client, errors } from "@elastic/elasticsearch";
import type { Projection } from "./projections";

/** Behind this alias stands the index a rebuild is filling; every worker writes to it as well. */
export function nextAlias(projection: Projection, namespace: string): string {
  return `${projection.names(namespace).read}-next`;
}

/** The aliases live writes go to now: the one in use, the one being filled, or neither before the first build. */
export async function writeTargets(client: Client, projection: Projection, namespace: string): Promise<string[]> {
  const wanted = [projection.names(namespace).write, nextAlias(projection, namespace)];
  const found = await aliases(client, wanted);
  return wanted.filter((alias) => found.has(alias));
}

/** Which of these aliases exist, and the indices behind each. */
export async function aliases(client: Client, names: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const answer = await client.indices.getAlias({ name: names.join(",") }).catch(onlyWhatExists);
  for (const [index, { aliases: of }] of Object.entries(answer)) {
    for (const alias of Object.keys(of ?? {})) found.set(alias, [...(found.get(alias) ?? []), index]);
  }
  return found;
}

type Aliased = Record<string, { aliases?: Record<string, unknown> }>;

/** One missing name makes the answer a 404, which lists the others all the same. */
function onlyWhatExists(error: unknown): Aliased {
  if (!(error instanceof errors.ResponseError) || error.statusCode !== 404) throw error;
  const { error: _text, status: _code, ...rest } = error.body as Record<string, unknown>;
  return rest as Aliased;
}
