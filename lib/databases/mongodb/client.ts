import "server-only";
import { Mongoose, type Connection } from "mongoose";
import { type Guard, guard } from "../resilience";

/** Longest time of one operation, on the server and, a little later, here. */
const OPERATION_MS = 2_000;

export type Mongo = {
  readonly guard: Guard;
  /** One document by its id, or null. Throws StoreFailure when MongoDB is away. */
  find(collection: string, id: string, signal?: AbortSignal): Promise<Record<string, unknown> | null>;
  /** Connections of the pool, and callers that wait for one. */
  pool(): { max: number; busy: number; idle: number; waiting: number };
  close(): Promise<void>;
};

const MAX_POOL = 10;

/** Nothing is opened before the first call; a first connection that failed is tried again by the next call. */
export function createMongo(uri: string): Mongo {
  const mongoose = new Mongoose({
    strictQuery: "throw",
    sanitizeFilter: true,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  });
  const calls = guard("mongodb", OPERATION_MS + 500, isMongoOutage);
  let opening: Promise<Connection> | null = null;
  const counts: Counts = { busy: 0, waiting: 0 };

  function connection(): Promise<Connection> {
    opening ??= open(mongoose, uri, counts).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  return {
    guard: calls,
    find: (collection, id, signal) =>
      calls.run(
        async () => {
          const open = await connection();
          return open.collection<{ _id: string }>(collection).findOne({ _id: id }, { maxTimeMS: OPERATION_MS });
        },
        { signal, retry: true },
      ),
    pool: () => ({ max: MAX_POOL, busy: counts.busy, idle: MAX_POOL - counts.busy, waiting: counts.waiting }),
    async close() {
      await opening?.catch(() => {});
      await mongoose.disconnect();
    },
  };
}

type Counts = { busy: number; waiting: number };

async function open(mongoose: Mongoose, uri: string, counts: Counts): Promise<Connection> {
  const connection = mongoose.createConnection();
  // Without a listener a lost server would end the process.
  connection.on("error", () => {});
  try {
    const opened = await connection.openUri(uri, {
      appName: "quadrant",
      serverSelectionTimeoutMS: 1_000,
      connectTimeoutMS: 1_000,
      socketTimeoutMS: 5_000,
      maxPoolSize: MAX_POOL,
      minPoolSize: 0,
      waitQueueTimeoutMS: 1_000,
      maxIdleTimeMS: 60_000,
    });
    count(opened.getClient(), counts);
    return opened;
  } catch (error) {
    await connection.destroy().catch(() => {});
    throw error;
  }
}

/** The driver tells its pool only by events. */
function count(client: ReturnType<Connection["getClient"]>, counts: Counts): void {
  client.on("connectionCheckOutStarted", () => void (counts.waiting += 1));
  client.on("connectionCheckOutFailed", () => void (counts.waiting -= 1));
  client.on("connectionCheckedOut", () => {
    counts.waiting -= 1;
    counts.busy += 1;
  });
  client.on("connectionCheckedIn", () => void (counts.busy -= 1));
}

const AWAY =
  /^Mongo(ose)?(Network|NetworkTimeout|ServerSelection|ServerClosed|TopologyClosed|PoolCleared|WaitQueueTimeout|NotConnected)/;

/** Not primary, shutting down, host unreachable, exceeded time: the server cannot serve, whatever the call was. */
const AWAY_CODES = new Set([6, 7, 50, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

function isMongoOutage(error: Error): boolean {
  return AWAY.test(error.name) || ("code" in error && typeof error.code === "number" && AWAY_CODES.has(error.code));
}
