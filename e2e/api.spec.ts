import { request } from "@playwright/test";
import { expect, test } from "./fixtures";
import { eventsAbout, person, rowOf } from "./people";
import { BASE_URL } from "./platform";

const same = { origin: BASE_URL, "sec-fetch-site": "same-origin" };

test("the same operations over HTTP: list, read, dry run, suspend once, stale, undoable", async ({ superadmin }) => {
  const api = superadmin.request;
  const zora = await person();
  const list = await (await api.get("/api/v1/users?limit=2")).json();
  expect(list.data).toHaveLength(2);
  const second = await (await api.get(`/api/v1/users?limit=2&after=${list.page.next}`)).json();
  expect(second.data[0].id).not.toBe(list.data[1].id);

  const one = await api.get(`/api/v1/users/${zora.id}`);
  expect(await one.json()).toMatchObject({ id: zora.id, display_name: zora.name, status: "active" });
  const etag = one.headers()["etag"] ?? "";
  const url = `/api/v1/users/${zora.id}/suspend`;
  const data = { reason: "From a program" };
  const dry = await api.post(`${url}?dry_run=true`, { data, headers: { ...same, "if-match": etag } });
  expect(await dry.json()).toMatchObject({ will: 1, undo: true });
  expect((await rowOf(zora.id)).status).toBe("active");

  const headers = { ...same, "if-match": etag, "idempotency-key": crypto.randomUUID() };
  const [done, again] = [await api.post(url, { data, headers }), await api.post(url, { data, headers })];
  expect(done.status()).toBe(200);
  expect(await again.json()).toEqual(await done.json());
  expect(await eventsAbout(zora.id)).toEqual(["user.suspend"]);

  const stale = await api.post(`/api/v1/users/${zora.id}/reactivate`, {
    data: {},
    headers: { ...same, "if-match": etag },
  });
  expect(stale.status()).toBe(412);
  expect((await stale.json()).current).toMatchObject({ version: 2, status: "suspended" });
});

test("bad requests get a clear 4xx as problem+json and change nothing", async ({ superadmin }) => {
  const api = superadmin.request;
  const zora = await person();
  const path = `/api/v1/users/${zora.id}`;
  const json = { ...same, "content-type": "application/json", "if-match": '"1"' };
  const refusals: [name: string, status: number, send: () => ReturnType<typeof api.get>][] = [
    ["malformed JSON", 400, () => api.patch(path, { headers: json, data: Buffer.from("{not json") })],
    ["unknown field", 422, () => api.patch(path, { headers: json, data: { role: "superadmin" } })],
    ["wrong type", 422, () => api.patch(path, { headers: json, data: { display_name: { $ne: null } } })],
    ["bad cursor", 422, () => api.get("/api/v1/users?after=AAAA")],
    ["unknown sort", 422, () => api.get("/api/v1/users?sort=password_hash")],
    ["unknown parameter", 422, () => api.get("/api/v1/users?admin=true")],
    ["not an id", 422, () => api.get("/api/v1/users/nobody")],
    ["foreign id", 404, () => api.get("/api/v1/users/00000000-0000-7000-8000-000000000001")],
    ["stale version", 412, () => api.patch(path, { headers: { ...json, "if-match": '"9"' }, data: { locale: "de" } })],
    ["no origin", 403, () => api.patch(path, { headers: { "if-match": '"1"' }, data: { locale: "de" } })],
    [
      "foreign origin",
      403,
      () => api.patch(path, { headers: { ...json, origin: "https://evil.example" }, data: { locale: "de" } }),
    ],
    [
      "cross site",
      403,
      () => api.patch(path, { headers: { ...json, "sec-fetch-site": "cross-site" }, data: { locale: "de" } }),
    ],
  ];
  for (const [name, status, send] of refusals) {
    const answer = await send();
    expect(answer.status(), name).toBe(status);
    expect(answer.headers()["content-type"], name).toContain("application/problem+json");
    const problem = await answer.json();
    expect(problem, name).toMatchObject({ status, code: expect.any(String) });
    expect(JSON.stringify(problem), name).not.toMatch(/select |node_modules|at Object/i);
  }
  expect(await rowOf(zora.id)).toMatchObject({ version: 1, display_name: zora.name });
  expect(await eventsAbout(zora.id)).toEqual([]);
});

test("without a session, with a forged one and with too few rights nothing is answered", async ({ as }) => {
  const zora = await person();
  const path = `/api/v1/users/${zora.id}`;
  const anonymous = await request.newContext({ baseURL: BASE_URL });
  expect((await anonymous.get(path, { maxRedirects: 0 })).status()).toBe(401);
  const forged = { cookie: `__Host-quadrant-session=${"A".repeat(43)}` };
  expect((await anonymous.get(path, { headers: forged, maxRedirects: 0 })).status()).toBe(401);
  expect((await anonymous.get("/users", { headers: forged, maxRedirects: 0 })).status()).toBe(307);
  const support = await as("support");
  const refused = await support.request.post(`${path}/suspend`, {
    headers: { ...same, "if-match": '"1"' },
    data: { reason: "I may not" },
  });
  expect(refused.status()).toBe(403);
  expect((await rowOf(zora.id)).status).toBe("active");
});

test("every answer carries the security headers", async ({ superadmin }) => {
  for (const path of ["/users", "/sign-in", "/api/v1/users", "/api/health", "/nowhere"]) {
    const headers = (await superadmin.request.get(path)).headers();
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["content-security-policy"], path).toMatch(/frame-ancestors 'none'/);
    expect(headers["x-powered-by"], path).toBeUndefined();
  }
  const policy = (await superadmin.request.get("/users")).headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(/script-src[^;]*'nonce-[^']+'[^;]*'strict-dynamic'/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
});
