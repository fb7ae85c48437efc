// Migrations of MongoDB, recorded in the database they change; one runner at a time by a lock document.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import mongoose from "mongoose";
import * as profiles from "../migrations/mongodb/0001-profiles";
import { checksum, type Ledger, type Step, stepDown, stepUp } from "./steps";

type Db = mongoose.mongo.Db;
type MongodbMigration = { name: string; up(db: Db): Promise<void>; down(db: Db): Promise<void> };
type Recorded = { _id: string; checksum: string; at: Date };
type Lock = { _id: "lock"; at: Date };

const MIGRATIONS: readonly MongodbMigration[] = [profiles];

/** A lock this old belongs to a runner that died: migrations take seconds. */
const STALE_LOCK_MS = 10 * 60_000;
const LOCK_WAIT_MS = 60_000;

/** Applies the missing migrations; answers their names. */
export function migrateMongodb(uri: string): Promise<string[]> {
  return withLock(uri, async (db) => stepUp("MongoDB", await steps(db), ledger(db)));
}

/** Takes back the last `count` migrations; answers their names. */
export function rollbackMongodb(uri: string, count: number): Promise<string[]> {
  return withLock(uri, async (db) => stepDown("MongoDB", await steps(db), ledger(db), count));
}

async function steps(db: Db): Promise<Step[]> {
  return Promise.all(
    MIGRATIONS.map(async ({ name, up, down }) => {
      const file = fileURLToPath(new URL(`../migrations/mongodb/${name}.ts`, import.meta.url));
      return { name, checksum: checksum(await readFile(file, "utf8")), up: () => up(db), down: () => down(db) };
    }),
  );
}

function ledger(db: Db): Ledger {
  const records = db.collection<Recorded>("schema_migrations");
  return {
    applied: async () => {
      const rows = await records.find({ _id: { $ne: "lock" } }).toArray();
      return rows.map((row) => ({ name: row._id, checksum: row.checksum }));
    },
    add: async (step) => {
      await records.insertOne({ _id: step.name, checksum: step.checksum, at: new Date() });
    },
    remove: async (name) => {
      await records.deleteOne({ _id: name });
    },
  };
}

async function withLock<T>(uri: string, work: (db: Db) => Promise<T>): Promise<T> {
  const connection = await mongoose
    .createConnection(uri, { serverSelectionTimeoutMS: 10_000, autoIndex: false, autoCreate: false })
    .asPromise();
  try {
    const { db } = connection;
    if (!db) throw new Error("MongoDB: the connection names no database");
    const locks = db.collection<Lock>("schema_migrations");
    await takeLock(locks);
    try {
      return await work(db);
    } finally {
      await locks.deleteOne({ _id: "lock" });
    }
  } finally {
    await connection.close();
  }
}

async function takeLock(locks: mongoose.mongo.Collection<Lock>): Promise<void> {
  const giveUpAt = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      const stale = new Date(Date.now() - STALE_LOCK_MS);
      // No stale lock to take over means an insert, which fails while somebody else holds it.
      await locks.updateOne({ _id: "lock", at: { $lt: stale } }, { $set: { at: new Date() } }, { upsert: true });
      return;
    } catch (error) {
      const held = error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
      if (!held || Date.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
