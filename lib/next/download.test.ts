import { and, asc, gt, like } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { users } from "@/drizzle/schema/users";
import { type Context, query } from "@/lib/core/operation";
import type { Stores } from "@/lib/core/stores";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { until } from "@/lib/testing/sessions";
import { testStores } from "@/lib/testing/stores";
import { user } from "@/lib/users/noun";
import { createRoute } from "./http";

const SLICE = 1_000;
const PEOPLE = 2_300;

type Person = { email: string; display_name: string };

let reads = 0;
let isBroken = false;

const exportPeople = query({
  noun: user,
  action: "user.test-export",
  permission: "users.read",
  input: z.strictObject({ status: z.enum(["active", "suspended"]).default("active"), after: z.string().optional() }),
  async run({ after = "" }, { db }) {
    reads += 1;
    if (isBroken) throw new Error("away");
    const data: Person[] = await db
      .select({ email: users.email, display_name: users.display_name })
      .from(users)
      .where(and(like(users.email, "export-%"), gt(users.email, after)))
      .orderBy(asc(users.email))
      .limit(SLICE);
    return { data, next: data.length < SLICE ? null : (data.at(-1)?.email ?? null) };
  },
});

let stores: Stores;
let ctx: Context;

const route = createRoute({
  context: async () => ctx,
  requestId: async () => ctx.requestId,
  checkOrigin: () => {},
  stores: () => stores,
});

const handler = route.download<Person>(exportPeople, "people", {
  Email: ({ email }) => email,
  Name: ({ display_name }) => display_name,
});

beforeAll(async () => {
  stores = await testStores({ operations: [exportPeople] });
  const sql = await database();
  await sql`
    insert into app.users (email, display_name, status)
    select 'export-' || lpad(n::text, 5, '0') || '@example.com', case when n = 1 then '=HYPERLINK("x")' else 'P' end,
      'active'
    from generate_series(1, ${PEOPLE}) as n`;
});

/** As a new request of a new person of staff. */
async function download(search = "", role: "superadmin" | "ops" = "superadmin"): Promise<Response> {
  ctx = context(await staff(role), { origin: "api" });
  reads = 0;
  return handler(new Request(`http://console.test/api/v1/x${search}`), { params: Promise.resolve({}) });
}

async function events() {
  const sql = await database();
  const rows = await sql<{ body: { outcome: string; after: object; kind: string } }[]>`
    select body::jsonb as body from system.audit_events where request_id = ${ctx.requestId} order by at, id`;
  return rows.map(({ body: { kind, outcome, after } }) => ({ kind, outcome, after }));
}

describe("a download", () => {
  it("holds every row once under a heading, and the audit says who took how many", async () => {
    const answer = await download("?status=active");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="people-\d{4}-\d\d-\d\d\.csv"$/);
    const lines = (await answer.text()).split("\r\n");
    expect(lines.slice(0, 2)).toEqual(["Email,Name", `export-00001@example.com,"'=HYPERLINK(""x"")"`]);
    expect([lines.length, new Set(lines).size, lines.at(-1)]).toEqual([PEOPLE + 2, PEOPLE + 2, ""]);
    expect(await events()).toEqual([
      { kind: "access", outcome: "requested", after: { status: "active" } },
      { kind: "access", outcome: "exported", after: { status: "active", rows: PEOPLE } },
    ]);
  });

  it("reads no further than it is taken, and ends when nobody takes it any more", async () => {
    const reader = (await download()).body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(reads).toBe(1);
    await reader?.cancel();
    const [, end] = await until(events, ({ length }) => length === 2);
    expect([end, reads]).toEqual([{ kind: "access", outcome: "stopped", after: { rows: SLICE } }, 1]);
  });

  it("that is refused is an answer of its own and no file", async () => {
    expect((await download("", "ops")).status).toBe(403);
    expect((await download("?status=nonsense")).status).toBe(422);
    expect(await events()).toEqual([]);
  });

  it("breaks off, and says so in the audit, when the rows cannot be read any more", async () => {
    const reader = (await download()).body?.getReader();
    await reader?.read();
    await reader?.read();
    isBroken = true;
    await expect(reader?.read()).rejects.toThrow();
    isBroken = false;
    const [, end] = await until(events, ({ length }) => length === 2);
    expect(end).toEqual({ kind: "access", outcome: "failed", after: { rows: SLICE } });
  });
});
