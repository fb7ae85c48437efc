import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendSecurityEvent } from "@/lib/core/audit";
import { checkpointReader } from "@/lib/core/audit-checkpoint";
import { auditSource } from "@/lib/core/audit-source";
import { type Verification, type VerifyOptions, sayBroken, verifyAudit } from "@/lib/core/audit-verify";
import { deriveKeys } from "@/lib/core/keys";
import type { Stores } from "@/lib/core/stores";
import { Pool } from "@/lib/databases/postgres/pool";
import { env, requireEnv } from "@/lib/env";
import { testStores } from "@/lib/testing/stores";
import { checkAudit } from "./audit-check";

const publicKey = requireEnv("QUADRANT_CHECKPOINT_PUBLIC_KEY");
const checkpointKeys = { publicKey, privateKey: requireEnv("QUADRANT_CHECKPOINT_KEY") };
const EVENTS = 12;

let stores: Stores;
let owner: Pool;

async function append(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const event = { action: "session.sign-in", outcome: "signed-in", target_id: `t${number}` };
    await appendSecurityEvent(stores.postgres.system, stores.keys, event);
  }
}

const check = (options?: VerifyOptions, keys = stores.keys) =>
  verifyAudit(
    auditSource((work) => stores.postgres.auditor.read(work)),
    keys,
    publicKey,
    options,
  );

/** What a check finds after statements of someone who owns the server; nothing of it stays. */
async function afterTampering(statements: readonly string[], options?: VerifyOptions): Promise<Verification> {
  const transaction = await owner.begin();
  try {
    for (const table of ["audit_events", "audit_checkpoints", "audit_heads"]) {
      await transaction.db.execute(sql.raw(`alter table system.${table} disable trigger all`));
    }
    for (const statement of statements) await transaction.db.execute(sql.raw(statement));
    return await verifyAudit(
      auditSource((work) => work(transaction.db)),
      stores.keys,
      publicKey,
      options,
    );
  } finally {
    await transaction.rollback();
    transaction.finish();
  }
}

const set = (change: string, seq = 5) => `update system.audit_events set ${change} where shard = 0 and seq = ${seq}`;
const cut = (above: number) => [
  `delete from system.audit_events where shard = 0 and seq > ${above}`,
  `update system.audit_heads h set seq = ${above}, hash = e.hash
   from system.audit_events e where h.shard = 0 and e.shard = 0 and e.seq = ${above}`,
];

beforeAll(async () => {
  stores = await testStores();
  const url = new URL(requireEnv("ADMIN_DATABASE_URL"));
  url.pathname = new URL(env().DATABASE_URL).pathname;
  owner = new Pool({ name: "owner", url: url.href, max: 1 });
  await append(EVENTS);
  await checkAudit(stores, checkpointKeys, new AbortController().signal);
  await append(3);
});

afterAll(() => owner.close());

describe("a check of the audit", () => {
  it("proves what was written, from the beginning and from the newest checkpoint", async () => {
    expect(await check()).toMatchObject({ ok: true, complete: true, events: EVENTS + 3, upto_n: EVENTS + 3 });
    const newer = await check({ from: "checkpoint" });
    expect(newer).toMatchObject({ ok: true, events: 3, upto_n: EVENTS + 3, checkpoint: { n: EVENTS } });
  });

  it("stops where it was told to, and says that it did", async () => {
    const found = await check({ limit: 0 });
    expect(found).toMatchObject({ ok: true, complete: false, events: 0 });
  });

  it.each([
    [
      "an edited text",
      [set(`body = replace(body, 'signed-in', 'refused')`)],
      "#0-5: its content is not what was hashed",
    ],
    ["an edited time", [set("at = at + interval '1 microsecond'")], "#0-5: its content is not what was hashed"],
    ["an edited column", [set("action = 'session.other'")], "#0-5: its column action is not what its text says"],
    ["another actor", [set("actor_id = gen_random_uuid()")], "#0-5: its column actor_id is not what its text says"],
    ["planted sealed values", [set("sealed = '\\x01'")], "#0-5: its content is not what was hashed"],
    ["an unknown key", [set("key_id = 9")], "#0-5: it was signed with the unknown key 9"],
    [
      "a deleted event",
      ["delete from system.audit_events where shard = 0 and seq = 5"],
      "#0-6: 1 events before it are missing",
    ],
    [
      "two events that changed places",
      [set("seq = 1005", 5), set("seq = 5", 6), set("seq = 6", 1005)],
      "#0-5: it does not follow the event before it",
    ],
    ["a tail cut above the checkpoint", [cut(13)[0] ?? ""], "#0-14: 2 events are gone from the end"],
    [
      "a tail cut below the checkpoint, head and all",
      cut(7),
      "#0-8: 5 events that a checkpoint signed are gone from the end",
    ],
    [
      "a head that was moved",
      ["update system.audit_heads set hash = '\\x00' where shard = 0"],
      "#0-15: the chain does not end where its head says",
    ],
    [
      "an edited checkpoint",
      ["update system.audit_checkpoints set n = n + 1"],
      `checkpoint #${EVENTS + 1}: its heads are not those that were signed`,
    ],
    [
      "a forged checkpoint",
      ["update system.audit_checkpoints set signature = '\\x00'"],
      `checkpoint #${EVENTS}: its signature is not ours`,
    ],
  ])("finds %s", async (_name, statements, sentence) => {
    const found = await afterTampering(statements);
    expect(found.ok).toBe(false);
    expect(found.broken && sayBroken(found.broken)).toBe(sentence);
  });

  it("finds a tail that was cut below the checkpoint without reading what came before", async () => {
    const found = await afterTampering(cut(7), { from: "checkpoint" });
    expect(found.broken).toMatchObject({ shard: 0, seq: 8 });
  });

  it("finds events invented by someone who has the database but not the key", async () => {
    expect((await check({}, deriveKeys("another secret of more than 32 characters"))).broken).toMatchObject({
      seq: 1,
      what: "its signature is not ours",
    });
  });
});

describe("the worker's check", () => {
  const signal = new AbortController().signal;

  it("signed the heads it had checked, and left them alone while nothing was due", async () => {
    const source = auditSource((work) => stores.postgres.auditor.read(work));
    await checkAudit(stores, checkpointKeys, signal);
    const [only, ...others] = await source.checkpoints(null, 10);
    expect(others).toHaveLength(0);
    expect(only && checkpointReader(publicKey)(only)).toMatchObject({ heads: expect.any(Array) });
  });

  it("records what it found", async () => {
    const rows = await stores.postgres.system.query("select mode, upto_n::integer, ok from system.audit_verifications");
    expect(rows).toEqual([{ mode: "full", upto_n: EVENTS, ok: true }]);
  });
});
