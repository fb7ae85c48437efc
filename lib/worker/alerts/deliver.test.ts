import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sealSecret } from "@/lib/alerts/delivery/secret";
import { replayDelivery, testChannel } from "@/lib/alerts/delivery/commands";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { createCourier, delayAfter } from "./deliver";
import { createEmergency } from "./emergency";
import { readWatched } from "./watched";

const SECRET = "a secret that is known to both of us";
const LOCAL = { NODE_ENV: "test", QUADRANT_STACK: "local", QUADRANT_URL: "https://quadrant.example" } as const;

type Heard = { body: string; headers: http.IncomingHttpHeaders; path: string };

let stores: Stores;
let heard: Heard[] = [];
let answer: (response: http.ServerResponse) => void;
let base: string;

const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    heard.push({ body, headers: request.headers, path: request.url ?? "" });
    answer(response);
  });
});

beforeAll(async () => {
  stores = await testStores();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => void server.close());

beforeEach(async () => {
  heard = [];
  answer = (response) => response.writeHead(200).end("ok");
  const sql = await database();
  await sql`truncate system.alert_rules, system.alerts, system.alert_channels, system.alert_deliveries,
    system.alert_attempts`;
});

async function channel(address: string, kind: "webhook" | "email" = "webhook"): Promise<string> {
  const sql = await database();
  const id = randomUUID();
  const secret = kind === "webhook" ? sealSecret(stores.keys, id, SECRET) : null;
  await sql`insert into system.alert_channels (id, kind, name, address, secret)
    values (${id}, ${kind}, ${id.slice(0, 8)}, ${address}, ${secret})`;
  return id;
}

async function message(channelId: string, event = "test", alertId: string | null = null): Promise<string> {
  const sql = await database();
  const body = { type: `alert.${event}`, alert: { name: "Connections\r\nBcc: x", severity: "critical", text: "96 %" } };
  const [row] = await sql<{ id: string }[]>`
    insert into system.alert_deliveries (channel_id, alert_id, event, body)
    values (${channelId}, ${alertId}, ${event}, ${sql.json(body)}) returning id`;
  return row?.id ?? "";
}

async function state(id: string) {
  const sql = await database();
  const [row] = await sql`select state, attempts, version, next_at - now() as wait from system.alert_deliveries
    where id = ${id}`;
  const tries = await sql`select n, status, error from system.alert_attempts where delivery_id = ${id} order by n`;
  return { ...row, tries: [...tries] };
}

const courier = (name = "here", settings = {}) => createCourier(stores, name, { ...LOCAL, ...settings });

/** As if the time to the next try had passed. */
async function wait(): Promise<void> {
  const sql = await database();
  await sql`update system.alert_deliveries set next_at = now() where state = 'waiting'`;
}

test("a webhook gets the event with an id and a signature that its secret proves", async () => {
  const id = await message(await channel(`${base}/hook?a=b`));
  await courier().step();
  const [only] = heard;
  expect([heard.length, only?.path]).toEqual([1, "/hook?a=b"]);
  expect(JSON.parse(only?.body ?? "")).toMatchObject({ id, type: "alert.test", alert: { severity: "critical" } });
  expect(only?.headers["quadrant-event"]).toBe(id);
  const [, time, code] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(only?.headers["quadrant-signature"])) ?? [];
  expect(createHmac("sha256", SECRET).update(`${time}.${only?.body}`).digest("hex")).toBe(code);
  expect(Math.abs(Date.now() / 1000 - Number(time))).toBeLessThan(10);
  expect(await state(id)).toMatchObject({
    state: "delivered",
    attempts: 1,
    tries: [{ n: 1, status: 200, error: null }],
  });
  await courier().step();
  expect(heard).toHaveLength(1);
});

test("a failure is tried again later and later, and given up after eight", async () => {
  answer = (response) => response.writeHead(500).end();
  const id = await message(await channel(base));
  await courier().step();
  expect(await state(id)).toMatchObject({ state: "waiting", tries: [{ status: 500, error: "It answered 500." }] });
  await courier().step();
  expect(heard, "not before its time").toHaveLength(1);
  for (let n = 2; n <= 8; n += 1) {
    await wait();
    await courier().step();
  }
  expect(await state(id)).toMatchObject({ state: "dead", attempts: 8 });
  await wait();
  await courier().step();
  expect(heard).toHaveLength(8);
  expect(new Set(heard.map(({ body }) => body)).size, "it always says the same").toBe(1);
});

test("the pauses grow, with jitter, up to an hour, and begin anew with a replay", () => {
  const pause = (attempts: number, give_up_after = 8) => delayAfter({ attempts, give_up_after });
  for (const [attempts, full] of [
    [1, 5],
    [2, 15],
    [5, 405],
    [8, 3600],
  ] as const) {
    expect(pause(attempts)).toBeGreaterThanOrEqual((full * 1000) / 2);
    expect(pause(attempts)).toBeLessThanOrEqual(full * 1000);
  }
  expect(pause(9, 16)).toBeLessThanOrEqual(5000);
});

test("a dead message is replayed by command, under its old id, and arrives", async () => {
  answer = (response) => response.writeHead(503).end();
  const id = await message(await channel(base));
  const sql = await database();
  await sql`update system.alert_deliveries set give_up_after = 1 where id = ${id}`;
  await courier().step();
  const admin = context(await staff());
  const { version } = (await state(id)) as unknown as { version: number };
  expect(await outcomeOf(execute(replayDelivery, { id, version: version + 1 }, admin, stores))).toBe("stale");
  answer = (response) => response.writeHead(204).end();
  await execute(replayDelivery, { id, version }, admin, stores);
  await courier().step();
  expect(await state(id)).toMatchObject({ state: "delivered", tries: [{ status: 503 }, { n: 2, status: 204 }] });
  expect(heard.map(({ headers }) => headers["quadrant-event"])).toEqual([id, id]);
});

test("a redirect is not followed", async () => {
  answer = (response) => response.writeHead(307, { location: `${base}/elsewhere` }).end();
  const id = await message(await channel(`${base}/first`));
  await courier().step();
  expect(heard.map(({ path }) => path)).toEqual(["/first"]);
  expect(await state(id)).toMatchObject({
    state: "waiting",
    tries: [{ status: 307, error: expect.stringMatching(/redirect/) }],
  });
});

test("who does not answer in five seconds has not answered, and a refused connection says so", async () => {
  answer = () => {};
  const [slow, closed] = [await message(await channel(base)), await message(await channel("http://127.0.0.1:1"))];
  await courier().step();
  expect(await state(slow)).toMatchObject({ tries: [{ status: null, error: "No answer within 5 s." }] });
  expect(await state(closed)).toMatchObject({
    tries: [{ status: null, error: expect.stringMatching(/ECONNREFUSED/) }],
  });
});

test("an address that became a forbidden one is refused when it is used", async () => {
  const id = await message(await channel("http://169.254.169.254/latest/meta-data"));
  const plain = await message(await channel("http://pager.example/x"));
  await courier("here", { NODE_ENV: "production", QUADRANT_STACK: undefined }).step();
  expect(await state(id)).toMatchObject({ tries: [{ status: null, error: expect.stringMatching(/not allowed/) }] });
  expect(await state(plain)).toMatchObject({ tries: [{ status: null, error: expect.stringMatching(/https/) }] });
});

test("two couriers never send the same message at once, and resolved never overtakes firing", async () => {
  const sql = await database();
  const [rule] = await sql`insert into system.alert_rules (name, signal, comparison, threshold, for_seconds, severity)
    values ('r', 'redis.up', 'under', 0, 0, 'warn') returning id`;
  const [alert] = await sql`insert into system.alerts (rule_id, signal, severity, text, started_at)
    values (${rule?.id}, 'redis.up', 'warn', 't', now()) returning id`;
  const id = await channel(base);
  await message(id, "firing", alert?.id);
  await message(id, "resolved", alert?.id);
  // The second may begin when the first is done, and then has the next message.
  await Promise.all([courier("one").step(), courier("two").step()]);
  const told = heard.map(({ body }) => JSON.parse(body).type);
  expect(told).toEqual(["alert.firing", "alert.resolved"].slice(0, told.length));
  expect(told.length).toBeGreaterThan(0);
  await courier().step();
  expect(heard.map(({ body }) => JSON.parse(body).type)).toEqual(["alert.firing", "alert.resolved"]);
});

test("a test is sent through a channel that is off, anything else is given up", async () => {
  const sql = await database();
  const id = await channel(base);
  await sql`update system.alert_channels set enabled = false`;
  await execute(testChannel, { id, version: 1 }, context(await staff()), stores);
  await courier().step();
  expect(heard.map(({ body }) => JSON.parse(body))).toMatchObject([{ type: "alert.test", alert: null }]);
});

/** The least of a mail server: takes everything, keeps the letter. */
async function mailServer(): Promise<{ url: string; letters: string[]; close(): void }> {
  const letters: string[] = [];
  const smtp = createServer((socket) => {
    let isData = false;
    let letter = "";
    socket.write("220 here\r\n");
    socket.on("data", (chunk) => {
      const text = chunk.toString();
      if (isData) {
        letter += text;
        if (!letter.endsWith("\r\n.\r\n")) return;
        letters.push(letter);
        [isData, letter] = [false, ""];
        return void socket.write("250 kept\r\n");
      }
      isData = /^DATA/i.test(text);
      socket.write(/^QUIT/i.test(text) ? "221 bye\r\n" : isData ? "354 go on\r\n" : "250 ok\r\n");
    });
    socket.on("error", () => {});
  });
  smtp.listen(0, "127.0.0.1");
  await once(smtp, "listening");
  const { port } = smtp.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, letters, close: () => void smtp.close() };
}

test("a mail has the alert in its subject and nothing an alert's name could smuggle in", async () => {
  const mail = await mailServer();
  const id = await message(await channel("ops@example.com", "email"));
  const settings = { QUADRANT_SMTP_URL: mail.url, QUADRANT_MAIL_FROM: "quadrant@example.com" };
  await courier("here", settings).step();
  mail.close();
  expect(await state(id)).toMatchObject({ state: "delivered", tries: [{ status: 250 }] });
  const [letter = ""] = mail.letters;
  expect(letter).toMatch(/^Subject: \[Critical\] Connections Bcc: x\r$/m);
  expect(letter).toMatch(/^To: ops@example\.com\r$/m);
  expect(letter).not.toMatch(/^Bcc:/m);
  expect(letter).toContain("https://quadrant.example/alerts");
});

test("without a mail server a mail says so", async () => {
  const id = await message(await channel("ops@example.com", "email"));
  await courier().step();
  expect(await state(id)).toMatchObject({
    state: "waiting",
    tries: [{ error: expect.stringMatching(/QUADRANT_SMTP_URL/) }],
  });
});

test("what cannot be written down is told at once, signed, once per rule, to whom it was known to be told", async () => {
  const sql = await database();
  const id = await channel(base);
  await sql`insert into system.alert_rules (name, signal, comparison, threshold, for_seconds, severity, channels)
    values ('PostgreSQL is down', 'postgres.up', 'under', 0, 0, 'critical', ${[id]})`;
  await channel(`${base}/other`);
  const [rule] = await readWatched(stores.postgres.system);
  if (!rule) throw new Error("There is no rule.");
  const emergency = createEmergency(stores, LOCAL);
  await emergency.keep();
  const since = new Date().toISOString();
  const seen = { severity: "critical" as const, text: "PostgreSQL does not answer", value: 0, peak: 0, since };
  await emergency.tell(rule, seen);
  await emergency.tell(rule, seen);
  const [only] = heard;
  expect([heard.length, only?.path]).toEqual([1, "/"]);
  expect(JSON.parse(only?.body ?? "")).toMatchObject({ type: "alert.firing", alert: { id: null, text: seen.text } });
  const [, time, code] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(only?.headers["quadrant-signature"])) ?? [];
  expect(createHmac("sha256", SECRET).update(`${time}.${only?.body}`).digest("hex")).toBe(code);
  emergency.forget(rule);
  await emergency.tell(rule, seen);
  expect(heard).toHaveLength(2);
});
