import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "@/lib/core/stores";
import type { Context, In } from "@/lib/core/operation";
import { ask } from "@/lib/core/run";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { firstIdAt } from "./filters";
import { countUsers, listUsers, userFigures } from "./queries";
import { USER_SORTS, type UserSort, type UserStatus } from "./schema";

type Row = {
  id: string;
  email: string;
  sort_name: string;
  status: UserStatus;
  seen: number;
  roles: string[];
};

const STATUSES = ["invited", "unverified", "active", "active", "suspended", "archived"] as const;
const NAMES = ["Ana Núñez", "ana nunez", "Łukasz Żak", "李 明", "Öz Demir", "O'Neill", "zoë", "Ana Núñez"];
const DAY_MS = 86_400_000;
const START = Date.parse("2026-01-01T00:00:00Z");
const PEOPLE = 90;

let stores: Stores;
let ctx: Context;
let rows: Row[];

function idAt(ms: number): string {
  return firstIdAt(new Date(ms).toISOString()).slice(0, 24) + randomBytes(6).toString("hex");
}

beforeAll(async () => {
  stores = await testStores({ env: { ELASTICSEARCH_URL: undefined } });
  ctx = context(await staff("superadmin", { display_name: "Root", email: "root@quadrant.example" }));
  const sql = await database();
  for (let n = 0; n < PEOPLE; n += 1) {
    const at = new Date(START + Math.floor(n / 2) * DAY_MS);
    const status = STATUSES[n % STATUSES.length] ?? "active";
    const seen = n % 4 === 0 ? new Date(0) : new Date(START + (n % 5) * DAY_MS);
    const id = idAt(at.getTime());
    await sql`
      insert into app.users (id, email, display_name, status, suspended_reason, last_seen_at, created_at)
      values (${id}, ${`person${n % 7}.${n}@example.com`}, ${NAMES[n % NAMES.length] ?? ""}, ${status},
        ${status === "suspended" ? "spam" : null}, ${seen}, ${at})`;
    if (n % 10 === 0) await sql`insert into app.user_roles (user_id, role_code) values (${id}, 'support')`;
    if (n % 15 === 0) await sql`insert into app.user_roles (user_id, role_code) values (${id}, 'ops')`;
  }
  await sql`update app.users set deleted_at = now() where email = 'person1.1@example.com'`;
  rows = await sql<Row[]>`
    select id, email, sort_name, status, extract(epoch from last_seen_at)::float8 as seen,
      array(select role_code from app.user_roles r where r.user_id = u.id order by 1) as roles
    from app.users u where deleted_at is null`;
});

const bytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));

const ORDERS: Record<UserSort, (left: Row, right: Row) => number> = {
  newest: (left, right) => bytes(right.id, left.id),
  oldest: (left, right) => bytes(left.id, right.id),
  name: (left, right) => bytes(left.sort_name, right.sort_name) || bytes(left.id, right.id),
  "-name": (left, right) => bytes(right.sort_name, left.sort_name) || bytes(right.id, left.id),
  email: (left, right) => bytes(left.email, right.email),
  "-email": (left, right) => bytes(right.email, left.email),
  seen: (left, right) => right.seen - left.seen || bytes(right.id, left.id),
  "-seen": (left, right) => left.seen - right.seen || bytes(left.id, right.id),
};

const FROM = "2026-01-10";
const TO = "2026-02-01T12:00:00Z";

const FILTERS: [name: string, input: object, fits: (row: Row) => boolean][] = [
  ["everyone", {}, () => true],
  ["one status", { status: "active" }, (row) => row.status === "active"],
  ["two statuses", { status: "invited,suspended" }, (row) => ["invited", "suspended"].includes(row.status)],
  ["a role", { role: "support" }, (row) => row.roles.includes("support")],
  [
    "roles and status",
    { role: ["support", "ops"], status: "active" },
    (row) => row.roles.some((code) => code !== "superadmin") && row.status === "active",
  ],
  ["created after", { created_after: FROM }, (row) => row.id >= firstIdAt(`${FROM}T00:00:00Z`)],
  [
    "created between",
    { created_after: FROM, created_before: TO, status: "active" },
    (row) => row.id >= firstIdAt(`${FROM}T00:00:00Z`) && row.id < firstIdAt(TO) && row.status === "active",
  ],
  ["prefix of a name", { q: "ANA", mode: "prefix" }, (row) => /^ana/.test(row.sort_name) || /^ana/.test(row.email)],
  ["prefix of an address", { q: "person3.", mode: "prefix" }, (row) => row.email.startsWith("person3.")],
  ["nobody", { q: "%_\\", mode: "prefix" }, () => false],
];

/** Walks forwards to the end and back again. */
async function walk(input: object, limit: number): Promise<{ forwards: string[]; backwards: string[]; total: number }> {
  const page = (place: object) => ask(listUsers, { ...input, ...place, limit }, ctx, stores);
  let current = await page({});
  const total = current.page.estimated_total;
  const forwards = current.data.map(({ id }) => id);
  expect(current.page.previous).toBeNull();
  while (current.page.next) {
    current = await page({ after: current.page.next });
    forwards.push(...current.data.map(({ id }) => id));
  }
  const backwards = current.data.map(({ id }) => id);
  while (current.page.previous) {
    current = await page({ before: current.page.previous });
    backwards.unshift(...current.data.map(({ id }) => id));
  }
  return { forwards, backwards, total };
}

describe.each(FILTERS)("people: %s", (_name, input, fits) => {
  it.each(USER_SORTS)("by %s: the pages are the whole, in order, both ways", async (sort) => {
    const expected = rows
      .filter(fits)
      .sort(ORDERS[sort])
      .map(({ id }) => id);
    const { forwards, backwards, total } = await walk({ ...input, sort }, 7);
    expect(forwards).toEqual(expected);
    expect(backwards).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  it("counts them exactly", async () => {
    const { total, source } = await ask(countUsers, input, ctx, stores);
    expect(total).toBe(rows.filter(fits).length);
    expect(source).toMatchObject({ store: "postgres", degraded: false });
  });
});

describe("search without Elasticsearch", () => {
  it("finds part of an address or name and says that it is degraded", async () => {
    const found = await ask(listUsers, { q: "RSON3.", limit: 200 }, ctx, stores);
    expect(found.data.map(({ email }) => email).sort()).toEqual(
      rows
        .map(({ email }) => email)
        .filter((email) => email.includes("rson3."))
        .sort(),
    );
    expect(found.source).toMatchObject({ store: "postgres", degraded: true, mode: "anywhere" });
    expect(found.source.reason).toMatch(/Elasticsearch/);
  });

  it("looks for two letters at the start only", async () => {
    const found = await ask(listUsers, { q: "an", limit: 200 }, ctx, stores);
    expect(found.data.every(({ display_name }) => /^an/i.test(display_name))).toBe(true);
    expect(found.data.length).toBeGreaterThan(0);
  });

  it("goes on where the page before ended", async () => {
    const expected = rows.filter((row) => row.email.includes("person")).sort(ORDERS.name);
    const { forwards } = await walk({ q: "person", sort: "name" }, 20);
    expect(forwards).toEqual(expected.map(({ id }) => id));
  });
});

describe("what a list refuses", () => {
  it.each([
    ["a made-up cursor", { after: "bm90IGEgY3Vyc29y" }],
    ["an unknown field", { colour: "red" }],
    ["an unknown status", { status: "happy" }],
    ["an unknown sort", { sort: "id; drop table users" }],
    ["too many rows", { limit: 5000 }],
    ["text that cannot be stored", { q: "a\u0000b" }],
  ])("%s", async (_name, input) => {
    // safe because a caller over HTTP may send anything; that is what is tested
    const sent = input as In<typeof listUsers>;
    expect(await outcomeOf(ask(listUsers, sent, ctx, stores))).toBe("invalid");
  });

  it("a cursor of another sort, one that was altered, and two at once", async () => {
    const { page } = await ask(listUsers, { limit: 2, sort: "name" }, ctx, stores);
    const after = page.next ?? "";
    const altered = after.slice(0, -2) + (after.endsWith("A") ? "BB" : "AA");
    expect(await outcomeOf(ask(listUsers, { after, sort: "email" }, ctx, stores))).toBe("invalid");
    expect(await outcomeOf(ask(listUsers, { after: altered, sort: "name" }, ctx, stores))).toBe("invalid");
    expect(await outcomeOf(ask(listUsers, { after, before: after, sort: "name" }, ctx, stores))).toBe("invalid");
  });
});

it("counts people by status and sign-ups by day", async () => {
  const figures = await ask(userFigures, {}, ctx, stores);
  expect(figures.total).toBe(rows.length);
  expect(figures.by_status.suspended).toBe(rows.filter(({ status }) => status === "suspended").length);
  expect(figures.sign_ups).toHaveLength(30);
  expect(figures.sign_ups.at(-1)?.count).toBe(1);
});

it("estimates above 10,000, filtered or not", async () => {
  const sql = await database();
  await sql`
    insert into app.users (email, display_name, status)
    select 'many' || n || '@example.com', 'Many', 'invited' from generate_series(1, 12000) n`;
  await sql`analyze app.users`;
  for (const input of [{}, { status: "invited" }]) {
    const { page } = await ask(listUsers, { ...input, limit: 1 }, ctx, stores);
    expect(page.exact).toBe(false);
    expect(page.estimated_total).toBeGreaterThan(11_000);
    expect(page.estimated_total).toBeLessThan(13_000);
  }
});
