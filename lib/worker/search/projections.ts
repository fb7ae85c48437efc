import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { and, asc, gt, inArray, isNull } from "drizzle-orm";
import {
  createUsersIndex,
  pointUsersAliases,
  usersChecksum,
  usersIndex,
  usersNames,
} from "@/drizzle/migrations/elasticsearch/0001-users";
import { users } from "@/drizzle/schema/users";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { toDocument } from "@/lib/users/projection";
import { toUser, userColumns } from "@/lib/users/rows";

export type Document = { id: string; version: number } & Record<string, unknown>;

/** How the records of one noun become documents of its index. */
export type Projection = {
  /** Of the outbox. */
  readonly entity: string;
  /** The schema of the index in its mapping's `_meta`; another one there asks for a rebuild. */
  readonly level: { schema: string; checksum: string };
  names(namespace: string): { read: string; write: string; pattern: string; index(build: number): string };
  create(client: Client, namespace: string, build: number): Promise<string>;
  point(client: Client, namespace: string, index: string): Promise<void>;
  /** These records as they are now; one that is deleted as a tombstone, one that never existed not at all. */
  byIds(db: ReadDb, ids: readonly string[]): Promise<Document[]>;
  /** The next records that may be found, in order of their ids. */
  page(db: ReadDb, after: string, limit: number): Promise<Document[]>;
};

const columns = { ...userColumns, deleted_at: users.deleted_at };

const people: Projection = {
  entity: "user",
  level: { schema: usersIndex.schema, checksum: usersChecksum },
  names: usersNames,
  create: createUsersIndex,
  point: pointUsersAliases,
  async byIds(db, ids) {
    const rows = await db
      .select(columns)
      .from(users)
      .where(inArray(users.id, [...ids]));
    return rows.map(({ deleted_at: deletedAt, ...row }) => toDocument(toUser(row), deletedAt !== null));
  },
  async page(db, after, limit) {
    const isNext = and(gt(users.id, after), isNull(users.deleted_at));
    const rows = await db.select(userColumns).from(users).where(isNext).orderBy(asc(users.id)).limit(limit);
    return rows.map((row) => toDocument(toUser(row)));
  },
};

export const PROJECTIONS: readonly Projection[] = [people];
