import { describe, expect, it } from "vitest";
import { ask } from "@/lib/core/run";
import { ENGINES } from "@/lib/databases/schema";
import { CATALOGUE } from "@/lib/databases/signals";
import { context, staff } from "@/lib/testing/factories";
import { parseMetrics } from "@/lib/testing/prometheus";
import { everyReport, report } from "@/lib/testing/reports";
import { testStores } from "@/lib/testing/stores";
import { listUsers } from "@/lib/users/queries";
import { answerScrape } from "./metrics";

const TOKEN = "a-token-for-the-tests-of-metrics";
const stores = await testStores();

function get(authorization?: string, address = "http://localhost/api/metrics", token: string | undefined = TOKEN) {
  const headers = new Headers(authorization === undefined ? {} : { authorization });
  return answerScrape(new Request(address, { headers }), token, stores);
}

async function scraped() {
  const answer = await get(`Bearer ${TOKEN}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

describe("who may scrape", () => {
  it.each([
    ["nobody", undefined],
    ["another token", "Bearer another token"],
    ["an empty token", "Bearer "],
    ["another scheme", `Basic ${TOKEN}`],
    ["a part of the token", `Bearer ${TOKEN.slice(0, -1)}`],
  ])("not %s", async (_name, authorization) => {
    const answer = await get(authorization);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="metrics"');
    expect(await answer.json()).toMatchObject({ code: "unauthenticated", status: 401 });
  });

  it("not by the address", async () => {
    const address = `http://localhost/api/metrics?${new URLSearchParams({ token: TOKEN, access_token: TOKEN })}`;
    expect((await get(undefined, address)).status).toBe(401);
  });

  it("nobody while no token is set, and the answer says how to set one", async () => {
    const request = new Request("http://localhost/api/metrics", { headers: { authorization: "Bearer undefined" } });
    const answer = await answerScrape(request, undefined, stores);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("QUADRANT_METRICS_TOKEN") });
  });
});

describe("what is scraped", () => {
  it("is Prometheus' format, with everything the product promises", async () => {
    await stores.cache.read("test", ["test"], 1, async () => 1);
    await stores.limiter.limit("test", 60);
    everyReport().forEach(stores.engines.receive);
    const ctx = context(await staff());
    await ask(listUsers, {}, ctx, stores);
    const found = parseMetrics(await scraped());
    const promised = [
      ...["database_query_duration_seconds", "database_connection_pool_size", "database_up", "database_status"],
      ...["cache_requests_total", "outbox_lag_seconds", "outbox_pending", "worker_heartbeat_age_seconds"],
      ...["http_request_duration_seconds", "operation_duration_seconds", "circuit_breaker_state"],
      ...["rate_limit_decisions_total", "database_signal", "database_sample_age_seconds", "quadrant_build_info"],
      ...["process_cpu_seconds_total", "nodejs_eventloop_lag_seconds", "nodejs_heap_size_used_bytes"],
    ];
    expect(promised.filter((name) => !found.has(name))).toEqual([]);
    const ok = { action: "user.list", outcome: "ok" };
    const operations = found.get("operation_duration_seconds")?.samples ?? [];
    expect(operations.find(({ name, labels }) => name.endsWith("_count") && labels.action === ok.action)).toMatchObject(
      {
        labels: ok,
        value: 1,
      },
    );
    const calls = found.get("database_query_duration_seconds")?.samples ?? [];
    const called = calls.filter(({ name, value }) => name.endsWith("_count") && value > 0);
    expect(called.map(({ labels }) => labels.database)).toEqual(expect.arrayContaining(["postgres", "redis"]));
  });

  it("has labels of engines and signals of the catalogue only, and one status each", async () => {
    const values = { ...report("redis").values, "secret-key:42": 7 };
    stores.engines.receive(report("redis", { values, at: new Date(Date.now() + 5).toISOString() }));
    const found = parseMetrics(await scraped());
    const known = ENGINES.flatMap((engine) => CATALOGUE[engine].map(({ id }) => `${engine}.${id}`));
    const signals = found.get("database_signal")?.samples.map(({ labels }) => `${labels.database}.${labels.signal}`);
    expect(signals?.sort()).toEqual(known.sort());
    const statuses = found.get("database_status")?.samples.filter(({ value }) => value === 1) ?? [];
    expect(statuses.map(({ labels }) => labels.database)).toEqual([...ENGINES]);
    const labelled = [...found.values()].flatMap(({ samples }) => samples.map(({ labels }) => labels.database));
    expect([...new Set(labelled)].filter((name) => name !== undefined).sort()).toEqual([...ENGINES].sort());
  });

  it("holds nothing personal: no address, no id, no text anyone typed", async () => {
    const ctx = context(await staff());
    await ask(listUsers, { q: "zora.neale@example.com" }, ctx, stores);
    await ask(listUsers, { q: "y".repeat(2_000) }, ctx, stores).catch(() => {});
    const text = await scraped();
    expect(text).not.toMatch(/@|zora|yyy|[0-9a-f]{8}-[0-9a-f]{4}-/i);
    expect(text).not.toContain(TOKEN);
  });

  it("leaves out what is old instead of drawing a straight line", async () => {
    const fresh = await testStores();
    fresh.engines.receive(report("mongodb", { at: new Date(Date.now() - 600_000).toISOString() }));
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await answerScrape(new Request("http://localhost/api/metrics", { headers }), TOKEN, fresh);
    const found = parseMetrics(await answer.text());
    expect(found.get("database_signal")?.samples).toEqual([]);
    expect(found.get("database_sample_age_seconds")?.samples[0]?.value).toBeGreaterThan(590);
    expect(found.get("outbox_lag_seconds")?.samples).toEqual([]);
  });

  it("asks no engine: with all of them away it is as fast", async () => {
    const nowhere = await testStores({
      env: {
        DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
        SYSTEM_DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
        MONGODB_URI: "mongodb://127.0.0.1:9/none",
        REDIS_URL: "redis://127.0.0.1:9",
        ELASTICSEARCH_URL: "http://127.0.0.1:9",
      },
    });
    everyReport().forEach(nowhere.engines.receive);
    const headers = { authorization: `Bearer ${TOKEN}` };
    const times: number[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      const began = performance.now();
      const answer = await answerScrape(new Request("http://localhost/api/metrics", { headers }), TOKEN, nowhere);
      await answer.text();
      times.push(performance.now() - began);
    }
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
