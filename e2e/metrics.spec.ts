import { request } from "@playwright/test";
import { expect, test } from "./fixtures";
import { BASE_URL, platformEnv } from "./platform";
import { parseMetrics } from "@/lib/testing/prometheus";

const PATH = "/api/metrics";
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test("only the token opens the metrics: no session, no address", async ({ superadmin }) => {
  const token = platformEnv().QUADRANT_METRICS_TOKEN ?? "";
  expect(token.length).toBeGreaterThanOrEqual(16);
  const anonymous = await request.newContext({ baseURL: BASE_URL });
  const refused = [
    await anonymous.get(PATH, { maxRedirects: 0 }),
    await anonymous.get(`${PATH}?token=${token}`, { maxRedirects: 0 }),
    await anonymous.get(PATH, { headers: bearer(`${token}x`), maxRedirects: 0 }),
    await superadmin.request.get(PATH, { maxRedirects: 0 }),
  ];
  for (const answer of refused) {
    expect(answer.status()).toBe(401);
    expect(answer.headers()["www-authenticate"]).toContain("Bearer");
    expect(answer.headers()["content-type"]).toContain("application/problem+json");
  }
  expect((await anonymous.post(PATH, { headers: { ...bearer(token), origin: BASE_URL } })).status()).toBe(405);
  expect((await anonymous.get(PATH, { headers: bearer(token) })).status()).toBe(200);
});

test("a scrape is fast, holds the sampled values of all four engines, and counts what people did", async ({
  superadmin,
}) => {
  test.setTimeout(180_000);
  const headers = bearer(platformEnv().QUADRANT_METRICS_TOKEN ?? "");
  const anonymous = await request.newContext({ baseURL: BASE_URL });
  const scrape = async () => {
    const answer = await anonymous.get(PATH, { headers });
    expect(answer.headers()["content-type"]).toContain("text/plain");
    return answer.text();
  };
  for (const path of ["/users?q=zora.neale", "/users/00000000-0000-7000-8000-000000000001", "/no-such-page"]) {
    await superadmin.goto(path);
  }
  const engines = ["elasticsearch", "mongodb", "postgres", "redis"];
  await expect(async () => {
    const found = parseMetrics(await scrape());
    const databases = (name: string) => [...new Set(found.get(name)?.samples.map(({ labels }) => labels.database))];
    expect(databases("database_signal").sort()).toEqual(engines);
    expect(found.get("database_up")?.samples.map(({ value }) => value)).toEqual([1, 1, 1, 1]);
    for (const name of ["outbox_lag_seconds", "outbox_pending", "worker_heartbeat_age_seconds"]) {
      expect(found.get(name)?.samples, name).toHaveLength(1);
    }
    const requests = found.get("http_request_duration_seconds")?.samples ?? [];
    const routes = requests.map(({ labels }) => labels.route);
    expect(routes).toEqual(expect.arrayContaining(["/users", "/users/[id]", "other"]));
    const actions = found.get("operation_duration_seconds")?.samples.map(({ labels }) => labels.action);
    expect(actions).toEqual(expect.arrayContaining(["user.list", "user.get"]));
  }).toPass({ timeout: 120_000, intervals: [2_000] });
  const text = await scrape();
  expect(text).not.toMatch(/@|zora|[0-9a-f]{8}-[0-9a-f]{4}-|no-such-page/i);
});
