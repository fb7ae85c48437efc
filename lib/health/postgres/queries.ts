// What the page of PostgreSQL reads beside the samples. Lists that move are never cached.
import "server-only";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { readBloat } from "@/lib/databases/postgres/bloat";
import { readIndexes, readTables, readVacuum } from "@/lib/databases/postgres/objects";
import type {
  Bloat,
  Indexes,
  Locks,
  Plan,
  Replication,
  Sessions,
  Settings,
  Statements,
  Tables,
  Vacuum,
} from "@/lib/databases/postgres/schema";
import { readReplication, readSettings } from "@/lib/databases/postgres/server-state";
import { readLocks, readSessions } from "@/lib/databases/postgres/sessions";
import { explain, readStatements } from "@/lib/databases/postgres/statements";
import { health } from "../noun";
import {
  ExplainStatement,
  GetLocks,
  GetReplication,
  GetSettings,
  GetVacuum,
  ListObjects,
  ListSessions,
  ListStatements,
  MeasureBloat,
} from "./schema";

const READ = { noun: health, permission: "health.read" } as const;
/** Sizes and the use of indexes cost a walk through the catalogue, and change slowly. */
const KEPT = { ttl_seconds: 300, tags: ["health:postgres"] } as const;

export const listSessions = query({
  ...READ,
  action: "health.postgres.sessions",
  input: ListSessions,
  run: async (_input, { watch }): Promise<Sessions> => readSessions(watch.postgres),
});

export const getLocks = query({
  ...READ,
  action: "health.postgres.locks",
  input: GetLocks,
  run: async (_input, { watch }): Promise<Locks> => readLocks(watch.postgres),
});

export const listStatements = query({
  ...READ,
  action: "health.postgres.statements",
  input: ListStatements,
  run: async ({ order, limit }, { watch }): Promise<Statements> => readStatements(watch.postgres, order, limit),
});

/** EXPLAIN without ANALYZE, with the rights of the role that runs the statement. */
export const explainStatement = query({
  ...READ,
  action: "health.postgres.explain",
  permission: "health.postgres.explain",
  input: ExplainStatement,
  async run({ queryid, role }, { watch }): Promise<Plan> {
    const plan = await explain(watch.postgres, queryid, role);
    if (!plan) throw new AppError("not_found", "The server remembers no such statement of this role.");
    return plan;
  },
});

export const listTables = query({
  ...READ,
  action: "health.postgres.tables",
  input: ListObjects,
  cache: KEPT,
  run: async ({ limit }, { watch }): Promise<Tables> => readTables(watch.postgres, limit),
});

export const listIndexes = query({
  ...READ,
  action: "health.postgres.indexes",
  input: ListObjects,
  cache: KEPT,
  run: async ({ limit }, { watch }): Promise<Indexes> => readIndexes(watch.postgres, limit),
});

/** On demand: reads the pages of a table and of its indexes. Kept, because a page that is open asks again and again. */
export const measureBloat = query({
  ...READ,
  action: "health.postgres.bloat",
  input: MeasureBloat,
  cache: { ...KEPT, ttl_seconds: 60 },
  async run({ schema, table }, { watch }): Promise<Bloat> {
    const bloat = await readBloat(watch.postgres, schema, table);
    if (!bloat) throw new AppError("not_found", `There is no table ${schema}.${table}.`);
    return bloat;
  },
});

export const getVacuum = query({
  ...READ,
  action: "health.postgres.vacuum-state",
  input: GetVacuum,
  run: async (_input, { watch }): Promise<Vacuum> => readVacuum(watch.postgres),
});

export const getReplication = query({
  ...READ,
  action: "health.postgres.replication",
  input: GetReplication,
  run: async (_input, { watch }): Promise<Replication> => readReplication(watch.postgres),
});

export const getSettings = query({
  ...READ,
  action: "health.postgres.settings",
  input: GetSettings,
  run: async (_input, { watch }): Promise<Settings> => readSettings(watch.postgres),
});
