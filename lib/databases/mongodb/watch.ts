// The way in for those who look at MongoDB and act on it: a client of its own, with the monitor's user where one is given.
import "server-only";
import mongoose from "mongoose";
import type { Env } from "@/lib/env";

type Document = Record<string, unknown>;
const { MongoClient } = mongoose.mongo;
type Client = InstanceType<typeof MongoClient>;

export type MongoWatch = {
  /** Reads only, by convention of its callers and the rights of its user. */
  readonly monitor: Client;
  readonly operator: Client;
  /** Whether the monitor has a user of its own. */
  readonly hasOwnUser: boolean;
  /** One command with a time limit on both sides. Throws the driver's error. */
  command(database: string, command: Document, timeoutMs?: number): Promise<Document>;
  close(): Promise<void>;
};

const COMMAND_MS = 2_000;

/** Connects to nothing yet. */
export function createMongoWatch(env: Env): MongoWatch {
  const operator = open(env.MONGODB_URI);
  const monitor = env.MONGODB_MONITOR_URI ? open(env.MONGODB_MONITOR_URI) : operator;
  return {
    monitor,
    operator,
    hasOwnUser: monitor !== operator,
    async command(database, command, timeoutMs = COMMAND_MS) {
      return monitor.db(database).command({ ...command, maxTimeMS: timeoutMs }, { timeoutMS: timeoutMs + 500 });
    },
    async close() {
      await Promise.all([...new Set([monitor, operator])].map((client) => client.close()));
    },
  };
}

function open(uri: string): Client {
  const client = new MongoClient(uri, {
    appName: "quadrant-watch",
    serverSelectionTimeoutMS: 1_500,
    connectTimeoutMS: 1_000,
    socketTimeoutMS: 15_000,
    maxPoolSize: 3,
  });
  client.on("error", () => {});
  return client;
}
