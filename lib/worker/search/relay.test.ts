import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claim, confirm, outboxDepth } from "@/lib/core/outbox";
import type { Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { person } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { PROJECTIONS } from "./projections";
import { rebuildIndex } from "./rebuild";
import { createRelay } from "./relay";

const namespace = env().QUADRANT_NAMESPACE;
const [people] = PROJECTIONS;
let stores: Stores;

const client = () => {
  const elastic = stores.databases.elasticsearch;
  if (!elastic) throw new Error("The tests need Elasticsearch.");
  return elastic.upkeep;
};

async function mark(id: string, version: number): Promise<void> {
  await stores.postgres.system.query("select system.mark_dirty('user', array[$1], array[$2::bigint], 'upsert', null)", [
    id,
    version,
  ]);
}

async function rename(id: string, name: string): Promise<void> {
  const sql = await database();
  const [row] = await sql<{ version: number }[]>`
    update app.users set display_name = ${name}, version = version + 1 where id = ${id} returning version`;
  await mark(id, row?.version ?? 0);
}

/** Runs relays until nothing waits; like the schedule, over a step that could not reach its database in time. */
async function drain(relays = 1): Promise<void> {
  const untilEmpty = async (number: number) => {
    const relay = createRelay(stores, `worker-${number}`, namespace);
    for (;;) {
      const pauseMs = await relay.step().catch(() => 1_000);
      await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, 50)));
      const depth = await outboxDepth(stores.postgres.system).catch(() => null);
      if (depth?.waiting === 0) return;
    }
  };
  await Promise.all(Array.from({ length: relays }, (_, number) => untilEmpty(number)));
}

async function stored(id: string): Promise<{ name: string; version: number } | null> {
  const found = await client().get<{ name: string }>({ index: `${namespace}users-write`, id }, { ignore: [404] });
  return found.found && found._source ? { name: found._source.name, version: found._version ?? 0 } : null;
}

function rebuild() {
  if (!people) throw new Error("There is no projection.");
  const parts = { client: client(), reader: stores.postgres.reader, namespace, signal: new AbortController().signal };
  return rebuildIndex(people, parts);
}

beforeAll(async () => {
  stores = await testStores();
  await rebuild();
});

afterAll(async () => {
  for (const index of Object.keys(await client().indices.get({ index: `${namespace}users-v*` }))) {
    await client().indices.delete({ index });
  }
});

describe("relay", () => {
  it("brings a change into the index and forgets it", async () => {
    const { id } = await person({ display_name: "José Müller" });
    await mark(id, 1);
    await drain();
    expect(await stored(id)).toEqual({ name: "jose muller", version: 1 });
  });

  it("loses nothing with four workers, changes meanwhile and a worker that died with its leases", async () => {
    const made = await Promise.all(
      Array.from({ length: 100 }, (_, number) => person({ display_name: `n${number} v1` })),
    );
    for (const { id } of made) await mark(id, 1);
    const held = await claim(stores.postgres.system, "dead", 30);
    const sql = await database();
    await sql`update system.outbox set lease_until = now() + interval '1 second' where lease_by = 'dead'`;
    const changes = made.filter((_, number) => number % 2 === 0).map(({ id }) => rename(id, "Changed Twice"));
    await Promise.all([drain(4), ...changes]);
    await drain();
    expect(held).toHaveLength(30);
    const rows = await sql<{ id: string; version: number }[]>`
      select id, version from app.users where id in ${sql(made.map(({ id }) => id))}`;
    const found = await Promise.all(rows.map(async ({ id, version }) => (await stored(id))?.version === version));
    expect(found.filter((isSame) => !isSame)).toHaveLength(0);
  });

  it("does not confirm what was marked again under the same version", async () => {
    const { id } = await person();
    await mark(id, 1);
    const [row] = await claim(stores.postgres.system, "slow", 10);
    await mark(id, 1);
    await confirm(stores.postgres.system, "slow", row ? [row] : []);
    expect((await outboxDepth(stores.postgres.system)).waiting).toBe(1);
    await drain();
  });

  it("sets a record aside that can never be sent, and sends the others", async () => {
    const { id } = await person({ display_name: "Beside Poison" });
    await mark("not-an-id", 1);
    await mark(id, 1);
    const sql = await database();
    const relay = createRelay(stores, "poisoned", namespace);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await relay.step();
      await sql`update system.outbox set next_at = now() where dead_at is null`;
    }
    const [dead] = await sql`select entity_id, attempts, last_error, dead_at from system.outbox`;
    expect(dead).toMatchObject({ entity_id: "not-an-id", attempts: 8, last_error: "cannot be read: invalid" });
    expect(dead?.dead_at).not.toBeNull();
    expect((await stored(id))?.version).toBe(1);
    await sql`delete from system.outbox`;
  });

  it("writes a mark for who was deleted, which an older write cannot bring back", async () => {
    const { id } = await person({ display_name: "Gone Soon" });
    const sql = await database();
    await sql`update app.users set deleted_at = now(), version = 5 where id = ${id}`;
    await mark(id, 5);
    await drain();
    const found = await client().get<{ deleted: boolean }>({ index: `${namespace}users-write`, id });
    expect(found._source?.deleted).toBe(true);
    await mark(id, 3);
    await drain();
    expect((await stored(id))?.version).toBe(5);
  });

  it("counts no attempt while Elasticsearch is away, and delivers when it is back", async () => {
    const { id } = await person({ display_name: "During Outage" });
    await mark(id, 1);
    const cut = await testStores({ env: { ELASTICSEARCH_URL: "http://127.0.0.1:9" } });
    const relay = createRelay(cut, "cut", namespace);
    const pauses = [await relay.step(), await relay.step(), await relay.step()];
    expect(Math.max(...pauses)).toBeGreaterThan(500);
    const sql = await database();
    const [row] = await sql`select attempts, dead_at from system.outbox where entity_id = ${id}`;
    expect(row).toMatchObject({ attempts: 0, dead_at: null });
    await drain();
    expect((await stored(id))?.version).toBe(1);
  });

  it("waits without counting while the index is read-only because its disk is full", async () => {
    const { id } = await person();
    await mark(id, 1);
    const index = `${namespace}users-write`;
    await client().indices.putSettings({ index, settings: { "index.blocks.read_only_allow_delete": true } });
    const relay = createRelay(stores, "blocked", namespace);
    await relay.step();
    const sql = await database();
    const [row] = await sql`select attempts, lease_by from system.outbox where entity_id = ${id}`;
    expect(row).toMatchObject({ attempts: 0, lease_by: null });
    await client().indices.putSettings({ index, settings: { "index.blocks.read_only_allow_delete": null } });
    await sql`update system.outbox set next_at = now()`;
    await drain();
  });
});

describe("rebuild", () => {
  it("keeps every change made while it runs, and leaves one index", async () => {
    const made = await Promise.all(Array.from({ length: 60 }, (_, number) => person({ display_name: `r${number}` })));
    const [done] = await Promise.all([rebuild(), ...made.map(({ id }) => rename(id, "During Rebuild")), drain(2)]);
    await drain();
    expect(done.index).toBe(`${namespace}users-v2`);
    expect(Object.keys(await client().indices.get({ index: `${namespace}users-v*` }))).toEqual([done.index]);
    const found = await Promise.all(made.map(({ id }) => stored(id)));
    expect(found.every((each) => each?.name === "during rebuild" && each.version === 2)).toBe(true);
  });

  it("begins anew over what one that was cut off left behind", async () => {
    await client().indices.create({ index: `${namespace}users-v9` });
    await client().indices.putAlias({ index: `${namespace}users-v9`, name: `${namespace}users-next` });
    const { index } = await rebuild();
    expect(Object.keys(await client().indices.get({ index: `${namespace}users-v*` }))).toEqual([index]);
  });
});
