// Migrations of the three stores: up, down and up again leave the same; an edited one stops by name.
import { appendFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "@elastic/elasticsearch";
import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env, requireEnv } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { createUsersIndex, pointUsersAliases, usersNames } from "./migrations/elasticsearch/0001-users";
import { migrateElasticsearch, rollbackElasticsearch } from "./stores/elasticsearch";
import { migrateMongodb, rollbackMongodb } from "./stores/mongodb";
import { migratePostgres, POSTGRES_MIGRATIONS, rollbackPostgres } from "./stores/postgres";

const ALL = 99;

describe("PostgreSQL", () => {
  const url = () => requireEnv("MIGRATION_DATABASE_URL");
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "migrations-"));
    await cp(POSTGRES_MIGRATIONS, folder, { recursive: true });
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** Everything the migrations made, as text. */
  async function shape(): Promise<string[]> {
    const sql = await database();
    const rows = await sql<{ text: string }[]>`
      SELECT pg_get_indexdef(i.indexrelid) AS text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relnamespace IN ('app'::regnamespace, 'system'::regnamespace)
      UNION ALL
      SELECT pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL
      SELECT pg_get_functiondef(oid) || coalesce(proacl::text, '') FROM pg_proc
      WHERE pronamespace IN ('app'::regnamespace, 'system'::regnamespace)
      UNION ALL
      SELECT oid::regclass || ' ' || relkind::text || ' ' || relowner::regrole || ' ' || coalesce(relacl::text, '') FROM pg_class
      WHERE relnamespace IN ('app'::regnamespace, 'system'::regnamespace)
      UNION ALL
      SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace IN ('app'::regnamespace, 'system'::regnamespace)`;
    return rows.map(({ text }) => text).sort();
  }

  it("goes up, down and up again", async () => {
    const before = await shape();
    const down = await rollbackPostgres(url(), ALL);
    expect((await shape()).filter((text) => !text.includes("schema_migrations"))).toEqual([]);
    const up = await migratePostgres(url());
    expect(up).toEqual(down.reverse());
    expect(await shape()).toEqual(before);
    expect(await migratePostgres(url())).toEqual([]);
  });

  it("applies each one once when two run at the same moment", async () => {
    await rollbackPostgres(url(), 2);
    const applied = await Promise.all([migratePostgres(url()), migratePostgres(url())]);
    expect(applied.flat()).toHaveLength(2);
  });

  it("takes a failed one back as a whole", async () => {
    await writeFile(path.join(folder, "9999_broken.up.sql"), "CREATE TABLE app.half (); SELECT 1 / 0;");
    await writeFile(path.join(folder, "9999_broken.down.sql"), "DROP TABLE app.half;");
    await expect(migratePostgres(url(), folder)).rejects.toThrow("9999_broken");
    const sql = await database();
    expect(await sql`SELECT to_regclass('app.half') AS half`).toMatchObject([{ half: null }]);
  });

  it("stops at an edited one, and at one it does not know", async () => {
    await appendFile(path.join(folder, "0002_access.up.sql"), "\n-- a late thought\n");
    await expect(migratePostgres(url(), folder)).rejects.toThrow("0002_access was edited");
    await rm(path.join(folder, "0002_access.up.sql"));
    await expect(rollbackPostgres(url(), 1, folder)).rejects.toThrow("0002_access was applied but is not part");
  });

  it("keeps the audit once it holds an event", async () => {
    const sql = await database();
    await sql`
      SELECT system.append_audit(
        ARRAY['{"kind":"change","action":"user.edit"}'], ARRAY['\\x00'::bytea], 1::smallint)`;
    await expect(rollbackPostgres(url(), ALL)).rejects.toThrow("0005_audit_doors");
  });
});

describe("MongoDB", () => {
  const uri = () => env().MONGODB_URI;
  let connection: mongoose.Connection;

  beforeAll(async () => {
    connection = await mongoose.createConnection(uri(), { autoIndex: false, autoCreate: false }).asPromise();
  });

  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it("goes up, down and up again, also when two run at the same moment", async () => {
    const applied = await Promise.all([migrateMongodb(uri()), migrateMongodb(uri())]);
    expect(applied.flat()).toEqual(["0001-profiles"]);
    expect(await rollbackMongodb(uri(), ALL)).toEqual(["0001-profiles"]);
    expect(await migrateMongodb(uri())).toEqual(["0001-profiles"]);
    expect(await migrateMongodb(uri())).toEqual([]);
  });

  it("refuses a document without a revision", async () => {
    await migrateMongodb(uri());
    const insert = connection.collection("profiles").insertOne({ updated_at: new Date() });
    await expect(insert).rejects.toMatchObject({ code: 121 });
  });

  it("stops at an edited one", async () => {
    await migrateMongodb(uri());
    const records = connection.collection<{ _id: string; checksum: string }>("schema_migrations");
    await records.updateOne({ _id: "0001-profiles" }, { $set: { checksum: "of another text" } });
    await expect(migrateMongodb(uri())).rejects.toThrow("0001-profiles was edited");
  });
});

describe("Elasticsearch", () => {
  const url = () => requireEnv("ELASTICSEARCH_URL");
  const { QUADRANT_NAMESPACE: namespace } = env();
  const names = usersNames(namespace);
  const client = new Client({ node: url(), requestTimeout: 30_000 });
  const doc = { email: "a@example.com", name: "A", version: 1, deleted: false };

  afterAll(async () => {
    await client.indices.delete({ index: Object.keys(await client.indices.get({ index: names.pattern })) });
    await client.close();
  });

  it("goes up, down and up again", async () => {
    expect(await migrateElasticsearch(url(), namespace)).toEqual(["0001-users"]);
    expect(await rollbackElasticsearch(url(), namespace, ALL)).toEqual(["0001-users"]);
    expect(await migrateElasticsearch(url(), namespace)).toEqual(["0001-users"]);
    expect(await migrateElasticsearch(url(), namespace)).toEqual([]);
  });

  it("takes known fields only, and hides the deleted from readers", async () => {
    await client.index({ index: names.write, id: "1", document: doc });
    await client.index({ index: names.write, id: "2", document: { ...doc, deleted: true }, refresh: true });
    expect((await client.count({ index: names.read })).count).toBe(1);
    const unknown = client.index({ index: names.write, document: { ...doc, password: "x" } });
    await expect(unknown).rejects.toMatchObject({ statusCode: 400 });
  });

  it("swaps both aliases to another build in one call", async () => {
    const index = await createUsersIndex(client, namespace, 2);
    await pointUsersAliases(client, namespace, index);
    for (const alias of [names.read, names.write]) {
      expect(Object.keys(await client.indices.getAlias({ name: alias }))).toEqual([index]);
    }
    expect(await migrateElasticsearch(url(), namespace)).toEqual([]);
  });

  it("stops at an edited one", async () => {
    const _meta = { noun: "user", schema: "0001-users", checksum: "of another mapping" };
    await client.indices.putMapping({ index: names.write, _meta });
    await expect(migrateElasticsearch(url(), namespace)).rejects.toThrow("0001-users was edited");
  });
});
