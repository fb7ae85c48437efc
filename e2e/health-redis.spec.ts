// States of Redis that hurt, provoked on the real server: the page says which within a minute, and when it is over.
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { Redis } from "ioredis";
import { forgetChanges, without } from "./engines";
import { expect, expectAccessible, test } from "./fixtures";
import { platformEnv } from "./platform";

const MINUTE = 60_000;
const FILL = "e2e-fill:";

/** The server's own administrator, who provokes and puts things right. */
async function asAdmin(work: (admin: Redis) => Promise<void>): Promise<void> {
  const admin = new Redis(platformEnv().REDIS_URL ?? "");
  admin.on("error", () => {});
  try {
    await work(admin);
  } finally {
    admin.disconnect();
  }
}

/** The page names the reason in its banner; other reasons may stand beside it. */
async function says(page: Page, reason: RegExp, timeout = MINUTE): Promise<void> {
  await expect(async () => {
    await page.goto("/health/redis");
    await expect(page.getByRole("status").filter({ hasText: reason }).first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout });
}

/** It no longer does; whether the status is healthy again also depends on how often it changed before. */
async function recovers(page: Page, reason: RegExp): Promise<void> {
  await expect(async () => {
    await page.goto("/health/redis");
    await expect(page.getByRole("heading", { name: "Redis", exact: true })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: reason })).toHaveCount(0, { timeout: 3_000 });
  }).toPass({ timeout: 3 * MINUTE });
}

/** Repeats an act until `work` is through, as clients do that go on trying. */
async function meanwhile(act: () => Promise<unknown>, work: () => Promise<void>): Promise<void> {
  let isOver = false;
  const loop = (async () => {
    for (; !isOver; await sleep(300)) await act().catch(() => {});
  })();
  try {
    await work();
  } finally {
    isOver = true;
    await loop;
  }
}

/** Lets memory end `room` bytes above what is used now, under a policy; both are put back. */
async function withLittleMemory(policy: string, room: number, work: (admin: Redis) => Promise<void>): Promise<void> {
  await asAdmin(async (admin) => {
    const setting = async (name: string) => String((await admin.config("GET", name)) ?? "");
    const before = await Promise.all(["maxmemory", "maxmemory-policy"].map(setting));
    const [limit = "0", was = "noeviction"] = before.map((text) => text.split(",").at(-1) ?? "");
    const used = Number(/used_memory:(\d+)/.exec(await admin.info("memory"))?.[1] ?? 0);
    try {
      await admin.config("SET", "maxmemory-policy", policy);
      await admin.config("SET", "maxmemory", String(used + room));
      await work(admin);
    } finally {
      await admin.config("SET", "maxmemory", limit);
      await admin.config("SET", "maxmemory-policy", was);
      await unlinkAll(admin);
    }
  });
}

async function unlinkAll(admin: Redis): Promise<void> {
  for await (const keys of admin.scanStream({ match: `${FILL}*`, count: 1_000 })) {
    const names: string[] = keys;
    if (names.length > 0) await admin.unlink(...names);
  }
}

/** Five more values of 10 kB; throws when the server refuses one. */
function filler(admin: Redis): () => Promise<void> {
  let next = 0;
  return async () => {
    for (let at = 0; at < 5; at += 1) await admin.set(`${FILL}${next++}`, "x".repeat(10_000), "EX", 3_600);
  };
}

test.afterAll(async () => {
  test.setTimeout(8 * MINUTE);
  await forgetChanges("redis");
});

test("the page is complete, and accessible in both themes", async ({ superadmin: page }) => {
  await page.goto("/health/redis");
  for (const panel of ["Keys by pattern", "Slow log", "Commands", "Clients", "Persistence", "Replication", "Checks"]) {
    await expect(page.getByRole("heading", { name: panel, exact: true }).last()).toBeVisible({ timeout: MINUTE });
  }
  await expect(page.getByText("quadrant_monitor").first()).toBeVisible();
  await expectAccessible(page);
});

test("memory that is full under noeviction: writes are refused, and the page says so", async ({ superadmin: page }) => {
  test.setTimeout(8 * MINUTE);
  await withLittleMemory("noeviction", 300_000, async (admin) => {
    await meanwhile(filler(admin), () => says(page, /memory is full|Memory is full/));
    await meanwhile(filler(admin), () => says(page, /Writes are refused: memory is full/));
  });
  await recovers(page, /memory is full|noeviction frees nothing/);
});

test("keys that are evicted before their time are named as the reason", async ({ superadmin: page }) => {
  test.setTimeout(8 * MINUTE);
  await withLittleMemory("allkeys-lru", 300_000, async (admin) => {
    await meanwhile(filler(admin), () => says(page, /keys are evicted before their time/));
  });
  await recovers(page, /keys are evicted before their time/);
});

test("a slow command is named, stands in the slow log without its values, and the log can be emptied", async ({
  superadmin: page,
}) => {
  test.setTimeout(8 * MINUTE);
  const slow = "local t = os.clock() while os.clock() - t < 0.4 do end return ARGV[1]";
  await asAdmin(async (admin) => {
    await admin.eval(slow, 1, "e2e-slow:1", "a personal value");
    await says(page, /A slow command held all clients for/);
    const log = page.getByRole("region", { name: "Slow log", exact: true });
    await expect(log.getByText(/EVAL e2e-slow:\*/).first()).toBeVisible();
    await expect(page.getByText("a personal value")).toHaveCount(0);
  });
  await page.getByRole("button", { name: "Reset the slow log…" }).click();
  await page.getByLabel(/^Reason/).fill("Read and understood");
  await page.getByRole("button", { name: "Reset slow log", exact: true }).click();
  await expect(page.getByText(/slow log is empty|new entries/).first()).toBeVisible({ timeout: MINUTE });
  await recovers(page, /A slow command held all clients for/);
});

test("a stopped server is down, the page still answers, and it comes back", async ({ superadmin: page }) => {
  test.setTimeout(8 * MINUTE);
  await without("redis", async () => {
    await says(page, /refused the connection|closed the connection/);
    const answer = await page.goto("/health/redis");
    expect(answer?.status()).toBe(200);
    await expect(page.getByText("Redis did not answer. The rest works.").first()).toBeVisible();
    await expect(page.getByText("Something went wrong")).toHaveCount(0);
  });
  await recovers(page, /refused the connection|closed the connection/);
  await expect(page.getByRole("heading", { name: "Keys by pattern" })).toBeVisible();
});

test("a client is ended through the browser; the console's own cannot be", async ({ superadmin: page }) => {
  const stranger = new Redis(platformEnv().REDIS_URL ?? "", { connectionName: "report-runner", retryStrategy: null });
  stranger.on("error", () => {});
  try {
    await stranger.ping();
    await page.goto("/health/redis");
    await expect(page.getByRole("button", { name: /^Kill the client quadrant/ })).toHaveCount(0);
    await page.getByRole("button", { name: "Kill the client report-runner…" }).click();
    await page.getByLabel(/^Reason/).fill("It reads too slowly");
    await page.getByRole("button", { name: "Kill client", exact: true }).click();
    await expect(page.getByText(/is no longer connected/).first()).toBeVisible({ timeout: MINUTE });
    expect(stranger.status).toBe("end");
  } finally {
    stranger.disconnect();
  }
});

test("keys are deleted by pattern after they were counted; everything is refused", async ({ superadmin: page }) => {
  await asAdmin(async (admin) => {
    for (let at = 0; at < 12; at += 1) await admin.set(`e2e-export:${at}`, "x", "EX", 3_600);
    await page.goto("/health/redis");
    await page.getByRole("button", { name: "Delete keys…" }).click();
    await page.getByLabel(/^Pattern/).fill("*");
    await page.getByRole("button", { name: "Preview", exact: true }).click();
    await expect(page.getByText(/must begin with at least 3 characters/).first()).toBeVisible({ timeout: MINUTE });
    await page.getByRole("button", { name: "Back to the fields" }).click();
    await page.getByLabel(/^Pattern/).fill("e2e-export:*");
    await page.getByRole("button", { name: "Preview", exact: true }).click();
    await page.getByLabel(/^Reason/).fill("Left by an export");
    await page.getByRole("button", { name: "Delete keys", exact: true }).click();
    await expect(page.getByText(/12 keys deleted/).first()).toBeVisible({ timeout: MINUTE });
    expect(await admin.exists("e2e-export:0", "e2e-export:11")).toBe(0);
  });
});

test("auditors see the page and are offered nothing", async ({ as }) => {
  const page = await as("auditor");
  await page.goto("/health/redis");
  await expect(page.getByRole("heading", { name: "Clients" })).toBeVisible({ timeout: MINUTE });
  for (const name of [/^Kill/, /^Delete keys/, /^Reset/, /^Purge/]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
});
