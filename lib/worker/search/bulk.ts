import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { isElasticOutage, statusOf } from "@/lib/databases/elasticsearch/client";
import type { Document } from "./projections";

/** Elasticsearch cannot take writes now, whatever the documents are; the caller waits and repeats. */
export class SearchBusyError extends Error {}

export type Refused = { id: string; why: string };

/**
 * Writes documents into every target under their own version, and answers those that were refused for what they are.
 * A version that is older than the stored one is success: the index knows better already.
 */
export async function writeDocuments(
  client: Client,
  targets: readonly string[],
  documents: readonly Document[],
): Promise<Refused[]> {
  if (documents.length === 0 || targets.length === 0) return [];
  const operations = targets.flatMap((target) =>
    documents.flatMap((document) => [
      { index: { _index: target, _id: document.id, version: document.version, version_type: "external_gte" as const } },
      document,
    ]),
  );
  const answer = await client.bulk({ operations, require_alias: false }).catch((error: unknown) => {
    throw isBusy(error) ? new SearchBusyError("Elasticsearch takes no writes.", { cause: error }) : error;
  });
  const refused = new Map<string, string>();
  for (const { index: item } of answer.items) {
    if (!item || item.status < 300 || item.status === 409) continue;
    const type = item.error?.type ?? `status ${item.status}`;
    if (isTransient(item.status, type)) throw new SearchBusyError(type);
    refused.set(String(item._id), reasonOf(type, item.error?.reason ?? ""));
  }
  return [...refused].map(([id, why]) => ({ id, why }));
}

/** Too much to do, a shard that is missing, an index that is read-only or was just replaced: not the document's fault. */
function isTransient(status: number, type: string): boolean {
  return status === 429 || status >= 500 || type === "cluster_block_exception" || type === "index_not_found_exception";
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return isElasticOutage(error) || isTransient(statusOf(error) ?? 0, error.message);
}

/** The type and the field, never the value: the outbox holds no personal data. */
function reasonOf(type: string, reason: string): string {
  const [field] = /field \[[\w.]+\]/.exec(reason) ?? [];
  return field ? `${type}: ${field}` : type;
}
