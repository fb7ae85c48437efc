import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "@/lib/core/stores";
import { database } from "@/lib/testing/database";
import { type Person, person } from "@/lib/testing/factories";
import { failureOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { readSession } from "./sessions";
import { signIn, type SignInTry } from "./sign-in";

const PASSWORD = "a password nobody guesses";
let stores: Stores;
let passwordHash: string;

beforeAll(async () => {
  stores = await testStores();
  // Cheap to check, for there are many tries here; password.test.ts looks at the real cost.
  passwordHash = await hash(PASSWORD, { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 });
});

type Kind = { role?: string | null; status?: string; withPassword?: boolean };

async function member({ role = "support", status = "active", withPassword = true }: Kind = {}): Promise<Person> {
  const made = await person({ status });
  const sql = await database();
  if (role !== null) {
    await sql`insert into app.user_roles (user_id, role_code) values (${made.id}, ${role})`;
  }
  await sql`insert into system.credentials (user_id, password_hash) values (${made.id}, ${withPassword ? passwordHash : null})`;
  return made;
}

let network = 0;
/** A try from a network of its own, so that the limits of networks do not meet. */
function attempt(email: string, password = PASSWORD): SignInTry {
  network += 1;
  return {
    email,
    password,
    requestId: randomUUID(),
    ip_prefix: `10.0.${network}.0/24`,
    ua_label: "Chrome 141 on macOS",
  };
}

async function credentialsOf(userId: string) {
  const sql = await database();
  const [row] = await sql<{ failed_count: number; minutes: number | null }[]>`
    select failed_count, round(extract(epoch from locked_until - now()) / 60)::int as minutes
    from system.credentials where user_id = ${userId}`;
  return row;
}

async function triesOf(requestId: string) {
  const sql = await database();
  return sql<{ kind: string; outcome: string; target_id: string | null; body: string }[]>`
    select kind, body::jsonb ->> 'outcome' as outcome, target_id, body from system.audit_events
    where request_id = ${requestId} and action = 'session.sign-in'`;
}

describe("a sign-in", () => {
  it("opens a session whose id is nowhere stored, and is audited", async () => {
    const { id, email } = await member();
    const given = attempt(` ${email.toUpperCase()} `);
    const signedIn = await signIn(given, stores);
    expect(signedIn).toEqual({ user_id: id, sid: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
    const sql = await database();
    const [row] = await sql`select * from system.sessions where user_id = ${id}`;
    expect(JSON.stringify(row)).not.toContain(signedIn?.sid);
    expect(row).toMatchObject({ ip_prefix: given.ip_prefix, ua_label: "Chrome 141 on macOS", revoked_at: null });
    expect(await triesOf(given.requestId)).toMatchObject([{ kind: "security", outcome: "signed-in", target_id: id }]);
    expect(await readSession(signedIn?.sid ?? "", stores)).toMatchObject({ user_id: id, roles: ["support"] });
  });

  it("ends the oldest of more than five sessions", async () => {
    const { id, email } = await member();
    const sids: string[] = [];
    for (let count = 0; count < 6; count++) {
      sids.push((await signIn(attempt(email), stores))?.sid ?? "");
    }
    const live = await Promise.all(sids.map(async (sid) => (await readSession(sid, stores))?.user_id));
    expect(live).toEqual([undefined, id, id, id, id, id]);
  });
});

describe("a refusal", () => {
  it.each([
    ["unknown-account", null],
    ["wrong-password", {}],
    ["no-password", { withPassword: false }],
    ["not-staff", { role: null }],
    ["not-active", { status: "suspended" }],
    ["not-active", { status: "archived" }],
  ])("%s (%j) says nothing, opens nothing and is audited without personal text", async (outcome, kind) => {
    const made = kind && (await member(kind));
    const email = made?.email ?? `${randomUUID()}@example.com`;
    const given = attempt(email, outcome === "wrong-password" ? "a wrong password" : PASSWORD);
    expect(await signIn(given, stores)).toBeNull();
    const [event, ...others] = await triesOf(given.requestId);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ kind: "security", outcome, target_id: made?.id ?? null });
    expect(event?.body).not.toContain(email);
    expect(event?.body).not.toContain(given.password);
  });

  it.each([undefined, "", "a\0b", "\ud800", "x".repeat(5000)])("answers nonsense (%j) like any other", async (text) => {
    expect(await signIn({ ...attempt(""), email: text, password: text }, stores)).toBeNull();
  });
});

describe("an account under attack", () => {
  it("locks after five failures for the right password too, and opens when the lock is over", async () => {
    const { id, email } = await member();
    for (let failure = 0; failure < 5; failure++) {
      expect(await signIn(attempt(email, "wrong"), stores)).toBeNull();
    }
    expect(await credentialsOf(id)).toEqual({ failed_count: 5, minutes: 15 });
    const whileLocked = attempt(email);
    expect(await signIn(whileLocked, stores)).toBeNull();
    expect(await triesOf(whileLocked.requestId)).toMatchObject([{ outcome: "locked" }]);
    const sql = await database();
    await sql`update system.credentials set locked_until = now() - interval '1 second' where user_id = ${id}`;
    expect(await signIn(attempt(email), stores)).toMatchObject({ user_id: id });
    expect(await credentialsOf(id)).toEqual({ failed_count: 0, minutes: null });
  });

  it("counts parallel guesses one by one: none is judged after the fifth", async () => {
    const { id, email } = await member();
    const sql = await database();
    await sql`update system.credentials set failed_count = 3 where user_id = ${id}`;
    const guesses = await Promise.all([PASSWORD, "b", "c", "d"].map((guess) => signIn(attempt(email, guess), stores)));
    const found = guesses.filter((guess) => guess !== null);
    // The right one was either among the first two to be counted, or refused like the rest.
    expect(await credentialsOf(id)).toEqual(
      found.length === 0 ? { failed_count: 5, minutes: 15 } : { failed_count: expect.any(Number), minutes: null },
    );
  });

  it("stops for good at a hundred failures", async () => {
    const { id, email } = await member();
    const sql = await database();
    await sql`update system.credentials set failed_count = 99 where user_id = ${id}`;
    expect(await signIn(attempt(email, "wrong"), stores)).toBeNull();
    await sql`update system.credentials set locked_until = null where user_id = ${id}`;
    const given = attempt(email);
    expect(await signIn(given, stores)).toBeNull();
    expect(await triesOf(given.requestId)).toMatchObject([{ outcome: "stopped" }]);
  });
});

describe("a network", () => {
  it.each([
    ["with Redis", {}],
    ["without Redis", { REDIS_URL: "redis://127.0.0.1:1" }],
  ])("may try 30 times a minute, %s; the flood is audited once", async (_name, env) => {
    const own = await testStores({ env });
    const { email } = await member();
    const ip_prefix = `10.200.${network++}.0/24`;
    const tries = [attempt(email), attempt(email)].map((given) => ({ ...given, ip_prefix }));
    for (const given of tries) {
      while ((await own.limiter.limit(`sign-in:${ip_prefix}`, 30, 30)) === 0);
      const failure = await failureOf(signIn(given, own));
      expect(failure).toMatchObject({ code: "rate_limited", details: { retry_after_seconds: expect.any(Number) } });
    }
    const events = await Promise.all(tries.map(({ requestId }) => triesOf(requestId)));
    expect(events.map((found) => found.map(({ outcome }) => outcome))).toEqual([["rate-limited"], []]);
    expect(await signIn(attempt(email), own)).not.toBeNull();
  });
});

it("refuses a sign-in that cannot be recorded, and counts nothing", async () => {
  const { id, email } = await member();
  const sql = await database();
  await sql.begin(async (holder) => {
    await holder`select 1 from system.audit_heads for update`;
    expect(await failureOf(signIn(attempt(email), stores))).toMatchObject({ code: "busy", status: 503 });
    expect(await failureOf(signIn(attempt(email, "wrong"), stores))).toMatchObject({ code: "busy", status: 503 });
  });
  expect(await credentialsOf(id)).toEqual({ failed_count: 0, minutes: null });
  expect(await sql`select 1 from system.sessions where user_id = ${id}`).toHaveLength(0);
});
