import { beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/core/operation";
import type { Stores } from "@/lib/core/stores";
import { listSessions } from "@/lib/sessions/queries";
import { database } from "@/lib/testing/database";
import { context, person, session, staff } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { editUser, signOutUser, suspendUser } from "@/lib/users/commands";
import { getUser, listUsers } from "@/lib/users/queries";
import { createRoute, type Handler } from "./http";
import { MAX_BODY_BYTES } from "./request";

const ORIGIN = "http://console.test";

let stores: Stores;
let ctx: Context | null;
let signedIn: Context;

const route = createRoute({
  async context() {
    if (!ctx) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
    return ctx;
  },
  requestId: async () => "request-1",
  checkOrigin(headers) {
    if (headers.get("origin") !== ORIGIN) throw new AppError("forbidden", "foreign");
  },
  stores: () => stores,
});

const edit = route.patch(editUser);
const suspend = route.post(suspendUser);

beforeAll(async () => {
  stores = await testStores({ env: { ELASTICSEARCH_URL: undefined } });
  signedIn = context(await staff("superadmin"), { origin: "api" });
  ctx = signedIn;
});

type Sent = { method?: string; headers?: Record<string, string>; body?: unknown; query?: string; id?: string };

async function call(handler: Handler, { method = "GET", headers = {}, body, query = "", id }: Sent) {
  const request = new Request(`${ORIGIN}/api/v1/x${query}`, {
    method,
    headers: { ...(method === "GET" ? {} : { origin: ORIGIN, "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const answer = await handler(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  return { status: answer.status, headers: answer.headers, json: await answer.json() };
}

const patch = (id: string, sent: Sent = {}) =>
  call(edit, {
    method: "PATCH",
    id,
    body: { display_name: "Changed" },
    ...sent,
    headers: { "if-match": '"1"', ...sent.headers },
  });

async function stateOf(id: string) {
  const sql = await database();
  const [row] = await sql<{ version: number; events: number }[]>`
    select (select version from app.users where id = ${id}),
      (select count(*)::int from system.audit_events where target_id = ${id}) as events`;
  return row;
}

describe("reading", () => {
  it("answers a list bare and a record with its ETag", async () => {
    const { id } = await person();
    const list = await call(route.get(listUsers), { query: "?limit=1&sort=name" });
    expect(list.json).toMatchObject({
      data: [{ version: 1 }],
      page: { previous: null },
      source: { store: "postgres" },
    });
    expect(list.headers.get("cache-control")).toBe("no-store");
    expect(list.headers.get("x-request-id")).toBe("request-1");
    const one = await call(route.get(getUser), { id });
    expect(one.headers.get("etag")).toBe('"1"');
    expect(one.json.id).toBe(id);
  });

  it.each([
    ["an unknown parameter", "?colour=red", 422, "_"],
    ["a bad cursor", "?after=x", 422, "after"],
    ["the same parameter twice", "?sort=name&sort=email", 422, "sort"],
    ["too many rows", "?limit=201", 422, "limit"],
  ])("refuses %s", async (_name, query, status, field) => {
    const { json, headers, ...answer } = await call(route.get(listUsers), { query });
    expect(answer.status).toBe(status);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(json).toMatchObject({
      code: "invalid",
      status,
      request_id: "request-1",
      fields: { [field]: expect.any(Array) },
    });
  });

  it("takes the path's word over the query's, and refuses ids that are none", async () => {
    const { id } = await person();
    const other = await person();
    expect((await call(route.get(getUser), { id, query: `?id=${other.id}` })).json.id).toBe(id);
    expect((await call(route.get(getUser), { id: "1 or 1=1" })).status).toBe(422);
    expect((await call(route.get(getUser), { id: "01234567-89ab-7def-8123-456789abcdef" })).status).toBe(404);
    expect((await call(route.get(listSessions, { id: "user_id" }), { id })).json).toEqual({ data: [], live: 0 });
  });

  it("is for those who are signed in and allowed", async () => {
    ctx = null;
    expect((await call(route.get(listUsers), {})).status).toBe(401);
    ctx = context(await staff("ops"));
    const denied = await call(route.get(listUsers), {});
    ctx = signedIn;
    expect(denied).toMatchObject({ status: 403, json: { code: "forbidden" } });
  });
});

describe("writing", () => {
  it("edits with If-Match, answers the new ETag, and rehearses on demand", async () => {
    const { id } = await person();
    const shown = await patch(id, { query: "?dry_run=true" });
    expect(shown.json).toMatchObject({ will: 1, diffs: [{ after: { display_name: "Changed" } }] });
    expect(await stateOf(id)).toEqual({ version: 1, events: 0 });
    const done = await patch(id);
    expect(done).toMatchObject({ status: 200, json: { id, version: 2, after: { display_name: "Changed" } } });
    expect(done.headers.get("etag")).toBe('"2"');
    expect(await stateOf(id)).toEqual({ version: 2, events: 1 });
  });

  it("gives the same answer to the same key, and refuses the key for another body", async () => {
    const { id } = await person();
    const key = { "idempotency-key": `key-${id}` };
    const first = await patch(id, { headers: key });
    const again = await patch(id, { headers: key });
    expect(again.json).toEqual(first.json);
    expect(await stateOf(id)).toEqual({ version: 2, events: 1 });
    expect((await patch(id, { headers: key, body: { display_name: "Other" } })).status).toBe(422);
    expect((await patch(id, { headers: { "idempotency-key": "short" } })).status).toBe(422);
  });

  it("is held to the plan of its dry run, sent beside the fields", async () => {
    const { id } = await person();
    const suspended = (body: object, query = "") =>
      call(suspend, { method: "POST", id, query, headers: { "if-match": '"1"' }, body: { reason: "Fraud", ...body } });
    const { plan } = (await suspended({}, "?dry_run=true")).json;
    for (const forged of [`${plan}x`, "", 7, ["x"], null]) {
      expect(await suspended({ plan: forged })).toMatchObject({ status: 422, json: { code: "invalid" } });
    }
    expect((await patch(id, { body: { display_name: "Changed", plan } })).status).toBe(422);
    await session(id);
    const changed = await suspended({ plan });
    expect(changed).toMatchObject({ status: 409, json: { code: "changed_since_preview", preview: { will: 1 } } });
    expect(await stateOf(id)).toEqual({ version: 1, events: 0 });
    expect((await suspended({ plan: changed.json.preview.plan })).json).toMatchObject({ id, version: 2 });
    expect((await suspended({ plan: changed.json.preview.plan })).status).toBe(412);
    expect(await stateOf(id)).toEqual({ version: 2, events: 1 });
  });

  it.each([
    ["malformed JSON", { body: "{" }, 400, "malformed"],
    ["an array", { body: [] }, 400, "malformed"],
    ["another content type", { headers: { "content-type": "text/plain" } }, 400, "malformed"],
    ["a body that is too large", { body: { display_name: "x".repeat(MAX_BODY_BYTES) } }, 413, "too_large"],
    ["an unknown field", { body: { display_name: "x", is_admin: true } }, 422, "invalid"],
    ["a field of the wrong type", { body: { display_name: 7 } }, 422, "invalid"],
    ["text that cannot be stored", { body: { display_name: "a\u0000" } }, 422, "invalid"],
    ["an unknown parameter", { query: "?dryrun=true" }, 422, "invalid"],
    ["a weak If-Match", { headers: { "if-match": 'W/"1"' } }, 422, "invalid"],
    ["any If-Match", { headers: { "if-match": "*" } }, 422, "invalid"],
    ["a stale version", { headers: { "if-match": '"7"' } }, 412, "stale"],
    ["a foreign origin", { headers: { origin: "https://evil.example" } }, 403, "forbidden"],
  ])("refuses %s and changes nothing", async (_name, sent, status, code) => {
    const { id } = await person();
    const answer = await patch(id, sent);
    expect(answer).toMatchObject({ status, json: { code, status } });
    expect(await stateOf(id)).toEqual({ version: 1, events: 0 });
  });

  it("asks for If-Match, and for an origin", async () => {
    const { id } = await person();
    const body = { reason: "x" };
    const unmatched = await call(suspend, { method: "POST", id, body });
    expect(unmatched).toMatchObject({
      status: 422,
      json: { fields: { "If-Match": [expect.stringContaining("required")] } },
    });
    const request = new Request(`${ORIGIN}/x`, { method: "POST", headers: { "if-match": '"1"' }, body: "{}" });
    expect((await suspend(request, { params: Promise.resolve({ id }) })).status).toBe(403);
    expect(await stateOf(id)).toEqual({ version: 1, events: 0 });
  });

  it("says what is stale: the record as it is", async () => {
    const { id } = await person();
    await patch(id);
    const stale = await patch(id, { body: { display_name: "Mine" } });
    expect(stale).toMatchObject({ status: 412, json: { current: { display_name: "Changed", version: 2 } } });
  });

  it("refuses a session that ended after its snapshot", async () => {
    const actor = await staff("superadmin");
    const { id } = await person();
    const sql = await database();
    await sql`update system.sessions set revoked_at = now() where user_id = ${actor.id}`;
    ctx = context(actor);
    const answer = await patch(id);
    ctx = signedIn;
    expect(answer).toMatchObject({ status: 401, json: { code: "unauthenticated" } });
    expect(await stateOf(id)).toEqual({ version: 1, events: 0 });
  });

  it("signs out everywhere by DELETE", async () => {
    const { id } = await person();
    await session(id);
    const remove = route.delete(signOutUser);
    const done = await call(remove, { method: "DELETE", id, headers: { "if-match": '"1"' } });
    expect(done).toMatchObject({ status: 200, json: { version: 2, undo: null } });
  });
});

it("says which methods an address has", async () => {
  const { POST, OPTIONS } = route.rest("GET", "PATCH");
  const refused = await call(POST, { method: "POST", body: {} });
  expect(refused).toMatchObject({ status: 405, json: { code: "method_not_allowed" } });
  expect(refused.headers.get("allow")).toBe("GET, PATCH, HEAD, OPTIONS");
  const options = await OPTIONS(new Request(ORIGIN), { params: Promise.resolve({}) });
  expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, PATCH, HEAD, OPTIONS"]);
});
