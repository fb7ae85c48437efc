import "server-only";
import { Client, errors } from "@elastic/elasticsearch";
import { type Guard, guard } from "../resilience";

const READ_MS = 1_000;
const BULK_MS = 10_000;
const UPKEEP_MS = 60_000;

export type Elastic = {
  /** Searches of a page, with the policy of every call a person waits for. */
  readonly read: Client;
  readonly guard: Guard;
  /** The relay's: long enough for a bulk request; it keeps its own back-off. */
  readonly bulk: Client;
  /** Makes, swaps and drops indices; nobody waits for it, and a busy server may take its time. */
  readonly upkeep: Client;
  close(): Promise<void>;
};

/**
 * Never `info()` or `ping()` on these: the core distribution answers `GET /` with 405. Retries are the policy's
 * business, and nothing is opened before the first call.
 */
export function createElastic(url: string): Elastic {
  const client = (requestTimeout: number, connections: number) =>
    new Client({
      node: url,
      requestTimeout,
      maxRetries: 0,
      sniffOnStart: false,
      enableMetaHeader: false,
      agent: { connections, keepAliveTimeout: 30_000, keepAliveMaxTimeout: 60_000 },
    });
  const read = client(READ_MS, 20);
  const bulk = client(BULK_MS, 4);
  const upkeep = client(UPKEEP_MS, 2);
  return {
    read,
    bulk,
    upkeep,
    guard: guard("elasticsearch", READ_MS, isElasticOutage),
    async close() {
      await Promise.all([read, bulk, upkeep].map((each) => each.close()));
    },
  };
}

/** The HTTP status of an answer that was a refusal; undefined for every other failure. */
export function elasticStatus(error: Error): number | undefined {
  return error instanceof errors.ResponseError ? error.statusCode : undefined;
}

/** No connection, no answer in time, or an answer that says the cluster cannot serve now. */
export function isElasticOutage(error: Error): boolean {
  const status = elasticStatus(error);
  if (status !== undefined) return [502, 503, 504].includes(status);
  return (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.NoLivingConnectionsError
  );
}

/** What the server answered; null when it did not. */
export function statusOf(error: Error): number | null {
  return error instanceof errors.ResponseError ? (error.statusCode ?? null) : null;
}
