// The way in for those who look at MongoDB and act on it: a client of its own, with the monitor's user where one is given.
import "server-only";
import mongoose from "mongoose";
import type { Env } from "@/lib/env";

export type Document = Record<string, unknown>;
const { MongoClient } = mongoose.mongo;
type Client = InstanceType<typeof MongoClient>;

export type MongoWatch = {
  /** The console's own database. */
  readonly database: string;
  /** The monitor's user, for the statement that would grant it a right. */
  readonly user: string;
  /** Whether the monitor has a user of its own. */
  readonly hasOwnUser: boolean;
  /** One reading command with a time limit on both sides. Throws the driver's error. */
  command(database: string, command: Document, timeoutMs?: number): Promise<Document>;
  /** One command that changes something, with the operator's rights. */
  act(database: string, command: Document, timeoutMs: number): Promise<Document>;
  /** The first batch of an aggregation; `on` is a collection, or 1 for the database. */
  aggregate(database: string, on: string | 1, pipeline: readonly Document[], timeoutMs?: number): Promise<Document[]>;
  close(): Promise<void>;
};

/** By this name the console's own operations are told from those of others. */
export const WATCH_NAME = "quadrant-watch";

const COMMAND_MS = 2_000;
const BATCH = 1_000;

/** Connects to nothing yet. */
export function createMongoWatch(env: Env): MongoWatch {
  const operator = open(env.MONGODB_URI);
  const monitor = env.MONGODB_MONITOR_URI ? open(env.MONGODB_MONITOR_URI) : operator;

  const command = (database: string, body: Document, timeoutMs = COMMAND_MS) => run(monitor, database, body, timeoutMs);

  return {
    database: operator.db().databaseName,
    user: monitor.options.credentials?.username ?? "quadrant_monitor",
    hasOwnUser: monitor !== operator,
    command,
    act: (database, body, timeoutMs) => run(operator, database, body, timeoutMs),
    async aggregate(database, on, pipeline, timeoutMs) {
      const body = { aggregate: on, pipeline, cursor: { batchSize: BATCH } };
      return firstBatch(await command(database, body, timeoutMs));
    },
    async close() {
      await Promise.all([...new Set([monitor, operator])].map((client) => client.close()));
    },
  };
}

/** The documents of a command that answers a cursor. */
export function firstBatch(answer: Document): Document[] {
  const cursor = answer["cursor"] as { firstBatch?: Document[] } | undefined;
  return cursor?.firstBatch ?? [];
}

function run(client: Client, database: string, body: Document, timeoutMs: number): Promise<Document> {
  const marked = { ...body, comment: WATCH_NAME, maxTimeMS: timeoutMs };
  return client.db(database).command(marked, { timeoutMS: timeoutMs + 500 });
}

function open(uri: string): Client {
  const client = new MongoClient(uri, {
    appName: WATCH_NAME,
    serverSelectionTimeoutMS: 1_500,
    connectTimeoutMS: 1_000,
    socketTimeoutMS: 65_000,
    maxPoolSize: 3,
  });
  client.on("error", () => {});
  return client;
}
