import { frozen, without } from "./engines";
import { expect, test } from "./fixtures";
import { eventsAbout, person, rowOf } from "./people";
import type { Page } from "@playwright/test";
import type { Engine } from "@/lib/databases/schema";

const PAGES = [
  "/",
  "/users",
  "/audit",
  "/health",
  "/health/postgres",
  "/health/mongodb",
  "/health/redis",
  "/health/elasticsearch",
];

/** Every page answers, and the person can be edited, suspended and taken back. */
async function tellTheStory(page: Page): Promise<void> {
  const zora = await person();
  for (const path of [...PAGES, `/users/${zora.id}`]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.getByText("Something went wrong")).toHaveCount(0);
  }
  await page.goto(`/users?q=${zora.email.slice(0, 12)}`);
  await expect(page.getByRole("link", { name: zora.name })).toBeVisible();
  await page.getByRole("link", { name: zora.name }).click();

  await page.getByRole("button", { name: "Edit…" }).first().click();
  await page.getByLabel("Time zone").fill("Asia/Tokyo");
  await page.getByRole("button", { name: "Preview changes" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect.poll(async () => (await rowOf(zora.id)).version).toBe(2);

  await page.goto(`/users/${zora.id}`);
  await page.getByRole("button", { name: "Suspend…" }).click();
  await page.getByLabel(/^Reason/).fill("Reported by three customers");
  await page.getByRole("button", { name: `Suspend ${zora.name}` }).click();
  await expect.poll(async () => (await rowOf(zora.id)).status).toBe("suspended");
  await page.getByRole("status").getByRole("button", { name: /^Undo/ }).click();
  await expect.poll(async () => (await rowOf(zora.id)).status).toBe("active");
  expect(await eventsAbout(zora.id)).toEqual(["user.edit", "user.suspend", "user.reactivate"]);
}

const SAYS: Record<Exclude<Engine, "postgres">, RegExp> = {
  elasticsearch: /Elasticsearch is down/,
  redis: /Redis is down/,
  mongodb: /MongoDB is down/,
};

for (const [engine, says] of Object.entries(SAYS) as [keyof typeof SAYS, RegExp][]) {
  test(`without ${engine} no page fails, each says what is missing, and people can be edited`, async ({
    superadmin: page,
  }) => {
    test.setTimeout(480_000);
    await without(engine, async () => {
      await expect(async () => {
        await page.goto("/users");
        await expect(page.getByText(says)).toBeVisible({ timeout: 4_000 });
      }).toPass({ timeout: 120_000 });
      await tellTheStory(page);
      if (engine === "elasticsearch") {
        await page.goto("/users?q=zora");
        await expect(page.getByText("PostgreSQL, starts with")).toBeVisible();
        await expect(page.getByText(/PostgreSQL in place of Elasticsearch/)).toBeVisible();
      }
      if (engine === "mongodb") {
        const zora = await person();
        await page.goto(`/users/${zora.id}`);
        await expect(page.getByRole("alert").filter({ hasText: /MongoDB did not answer/ })).toBeVisible();
      }
    });
    await expect(async () => {
      await page.goto("/users");
      await expect(page.getByText(says)).toBeHidden({ timeout: 4_000 });
    }).toPass({ timeout: 180_000 });
  });
}

test("without postgres the health page still answers and says so", async ({ superadmin: page }) => {
  test.setTimeout(480_000);
  await page.goto("/health");
  await without("postgres", async () => {
    await expect(page.locator("#postgres").getByText("Down", { exact: true })).toBeVisible({ timeout: 120_000 });
    const ready = await page.request.get("/api/health");
    expect(ready.status()).toBe(503);
    expect((await page.request.get("/api/health/live")).status()).toBe(200);
    // Longer than any copy of the session that counts as fresh.
    await page.waitForTimeout(45_000);
    for (const path of ["/health", "/health/postgres", "/health/redis", "/alerts"]) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(200);
      await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
      await expect(page.getByText("Something went wrong"), path).toHaveCount(0);
    }
    const { status, engines } = await (await page.request.get("/api/health")).json();
    expect([status, Object.keys(engines ?? {})]).toEqual(["down", ["postgres", "mongodb", "redis", "elasticsearch"]]);
    await page.goto("/health");
  });
  await expect(page.locator("#postgres").getByText("Healthy", { exact: true })).toBeVisible({ timeout: 120_000 });
});

test("with a postgres that hangs the others are watched, pages answer, and it is called down", async ({
  superadmin: page,
}) => {
  test.setTimeout(480_000);
  await page.goto("/health");
  const measured = async () => {
    const text = await page
      .locator("#redis")
      .getByText(/^Measured/)
      .textContent();
    return /\d\d:\d\d:\d\d/.exec(text ?? "")?.[0] ?? "";
  };
  await frozen(async () => {
    const from = await measured();
    await expect(page.locator("#postgres").getByText("Down", { exact: true })).toBeVisible({ timeout: 60_000 });
    await page.waitForTimeout(20_000);
    const began = Date.now();
    const report = await (await page.request.get("/api/health")).json();
    expect(report).toMatchObject({ status: "down", engines: { redis: { status: "healthy" } } });
    expect(Date.now() - began).toBeLessThan(15_000);
    for (const path of ["/health", "/health/postgres", "/health/redis", "/alerts"]) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(200);
      await expect(page.getByText("Something went wrong"), path).toHaveCount(0);
    }
    await page.goto("/health");
    expect((await measured()).localeCompare(from)).toBe(1);
  });
  await expect(page.locator("#postgres").getByText("Healthy", { exact: true })).toBeVisible({ timeout: 120_000 });
});
