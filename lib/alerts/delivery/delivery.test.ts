import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor, In } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { undo } from "@/lib/core/undo";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { isRefusedIp, shownAddress, webhookProblem } from "./address";
import { createChannel, deleteChannel, editChannel, replayDelivery, testChannel } from "./commands";
import { listChannels, listDeliveries } from "./queries";
import { channelSecret } from "./secret";

let stores: Stores;
let ops: Actor;
const asOps = () => context(ops);
const SECRET = "whsec_0123456789abcdef0123456789abcdef";

beforeAll(async () => {
  stores = await testStores();
  ops = await staff("ops");
});

function webhook(given: Partial<In<typeof createChannel>> = {}): In<typeof createChannel> {
  const name = `pager ${randomUUID().slice(0, 8)}`;
  return { kind: "webhook", name, address: "https://pager.example/hook/token-abc", secret: SECRET, ...given };
}

const stored = async (id: string) => {
  const sql = await database();
  const [row] = await sql<{ secret: Buffer; address: string }[]>`
    select secret, address from system.alert_channels where id = ${id}`;
  if (!row) throw new Error("There is no such channel.");
  return row;
};

describe("channels", () => {
  test("keep their secret sealed, and neither it nor the path leaves the console", async () => {
    const id = randomUUID();
    const input = webhook({ id });
    const { plan } = await preview(createChannel, input, asOps(), stores);
    const saved = await execute(createChannel, input, asOps(), stores, { plan, key: "a-key-of-this-test" });
    const { secret } = await stored(id);
    expect(secret.includes(SECRET)).toBe(false);
    expect(channelSecret(stores.keys, id, secret)).toBe(SECRET);
    expect(channelSecret(stores.keys, randomUUID(), secret)).toBeNull();
    const list = await ask(listChannels, {}, asOps(), stores);
    const told = JSON.stringify([saved, list, await eventsOf(id)]);
    expect([told.includes(SECRET), told.includes("token-abc")]).toEqual([false, false]);
    expect(list.data.find((channel) => channel.id === id)).toMatchObject({ address: "https://pager.example/…" });
  });

  test("go and come back with their secret", async () => {
    const { id } = await execute(createChannel, webhook(), asOps(), stores);
    const gone = await execute(deleteChannel, { id, version: 1 }, asOps(), stores);
    expect(await outcomeOf(execute(testChannel, { id, version: 2 }, asOps(), stores))).toBe("not_found");
    await undo(gone.undo ?? "", asOps(), stores);
    expect(channelSecret(stores.keys, id, (await stored(id)).secret)).toBe(SECRET);
  });

  test("are renamed and switched off with a way back; a new address or secret has none", async () => {
    const { id } = await execute(createChannel, webhook(), asOps(), stores);
    const renamed = await execute(editChannel, { id, version: 1, enabled: false }, asOps(), stores);
    expect(renamed.undo).not.toBeNull();
    const moved = await execute(editChannel, { id, version: 2, address: "https://b.example/x" }, asOps(), stores);
    expect([moved.undo, moved.after]).toEqual([null, { address: "https://b.example/…" }]);
    const rolled = await execute(editChannel, { id, version: 3, secret: `${SECRET}-new` }, asOps(), stores);
    expect(rolled.undo).toBeNull();
    expect(channelSecret(stores.keys, id, (await stored(id)).secret)).toBe(`${SECRET}-new`);
    expect(await outcomeOf(execute(editChannel, { id, version: 3, enabled: true }, asOps(), stores))).toBe("stale");
    expect(await outcomeOf(execute(editChannel, { id, version: 4 }, asOps(), stores))).toBe("conflict");
  });

  test("have names of their own", async () => {
    const input = webhook();
    await execute(createChannel, input, asOps(), stores);
    const again = { ...input, name: input.name.toUpperCase() };
    expect(await failureOf(execute(createChannel, again, asOps(), stores))).toMatchObject({
      code: "conflict",
      details: { fields: { name: [expect.any(String)] } },
    });
  });

  test.each<[string, Partial<In<typeof createChannel>>, string]>([
    ["without a secret", { secret: undefined }, "secret"],
    ["with a short secret", { secret: "short" }, "secret"],
    ["to the metadata service", { address: "http://169.254.169.254/latest" }, "address"],
    ["with a password", { address: "https://a:b@pager.example" }, "address"],
    ["to a file", { address: "file:///etc/passwd" }, "address"],
    ["to nothing", { address: "not an address" }, "address"],
  ])("are not made %s", async (_what, given, field) => {
    const failure = await failureOf(execute(createChannel, webhook(given), asOps(), stores));
    expect([failure.code, Object.keys(failure.details.fields ?? {})]).toEqual(["invalid", [field]]);
  });

  test("by e-mail need a mail server", async () => {
    const mail = { kind: "email", name: "mail", address: "ops@example.com" } as const;
    const failure = await failureOf(execute(createChannel, mail, asOps(), stores));
    expect([failure.code, failure.message]).toEqual(["conflict", expect.stringContaining("Mail is off")]);
    expect(await ask(listChannels, {}, asOps(), stores)).toMatchObject({ mail: false });
  });
});

describe("messages", () => {
  test("that wait are not replayed; unknown ones are not found; the list pages", async () => {
    const { id } = await execute(createChannel, webhook(), asOps(), stores);
    for (let n = 0; n < 3; n += 1) await execute(testChannel, { id, version: 1 }, asOps(), stores);
    const first = await ask(listDeliveries, { limit: 2 }, asOps(), stores);
    const second = await ask(listDeliveries, { limit: 2, after: first.page.next ?? "" }, asOps(), stores);
    const ids = [...first.data, ...second.data].map((message) => message.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(first.data[0]).toMatchObject({ event: "test", alert: null, state: "waiting", attempts: [] });
    const [message = { id: "", version: 0 }] = first.data;
    const { version } = message;
    expect(await outcomeOf(execute(replayDelivery, { id: message.id, version }, asOps(), stores))).toBe("conflict");
    expect(await outcomeOf(execute(replayDelivery, { id: randomUUID(), version: 1 }, asOps(), stores))).toBe(
      "not_found",
    );
  });
});

describe("addresses", () => {
  const PRODUCTION = { NODE_ENV: "production" } as const;

  test.each([
    ["https://pager.example/x", null],
    ["https://10.0.0.7/x", null],
    ["http://pager.example/x", /https/],
    ["https://169.254.169.254/", /not allowed/],
    ["https://0xa9fea9fe/", /not allowed/],
    ["https://2852039166/", /not allowed/],
    ["https://[::ffff:169.254.169.254]/", /not allowed/],
    ["https://[fe80::1]/", /not allowed/],
    ["https://[fd00:ec2::254]/", /not allowed/],
    ["https://0.0.0.0/", /not allowed/],
    ["https://metadata.google.internal/", /not allowed/],
    ["https://user@pager.example/", /user name/],
    ["https://pager.example/#x", /fragment/],
    ["javascript:alert(1)", /https/],
    ["ftp://pager.example", /https/],
  ])("in production: %s", (address, problem) => {
    const found = webhookProblem(address, PRODUCTION);
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });

  test("plain HTTP is for the local stack's own machine, and for development", () => {
    expect(webhookProblem("http://127.0.0.1:9/x", { ...PRODUCTION, QUADRANT_STACK: "local" })).toBeNull();
    expect(webhookProblem("http://pager.example", { ...PRODUCTION, QUADRANT_STACK: "local" })).toMatch(/https/);
    expect(webhookProblem("http://pager.example", { NODE_ENV: "development" })).toBeNull();
  });

  test("what is no address at all is refused, and what is shown holds no path", () => {
    expect([isRefusedIp("nonsense"), isRefusedIp("::1"), isRefusedIp("8.8.8.8")]).toEqual([true, false, false]);
    expect(shownAddress("webhook", "https://a.example/")).toBe("https://a.example");
    expect(shownAddress("webhook", "https://a.example/?token=1")).toBe("https://a.example/…");
    expect(shownAddress("email", "a@example.com")).toBe("a@example.com");
  });
});
