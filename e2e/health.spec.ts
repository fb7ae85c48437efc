import { without } from "./engines";
import { expect, expectAccessible, test } from "./fixtures";

const ENGINES = ["postgres", "mongodb", "redis", "elasticsearch"];

test("four engines with status, figures and pools; a stopped one shows without reload", async ({
  superadmin: page,
}) => {
  test.setTimeout(480_000);
  await page.goto("/health");
  for (const engine of ENGINES) {
    const card = page.locator(`#${engine}`);
    await expect(card.getByText("Healthy", { exact: true })).toBeVisible({ timeout: 120_000 });
    await expect(card).toContainText(/\d\sms/);
    await expect(card.getByRole("heading")).toContainText(/\d+\.\d+/);
    await expect(card.getByText("Our pool")).toBeVisible();
  }
  await expect(page.getByRole("heading", { name: "Privilege doctor" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Cost of watching" }).getByRole("row")).toHaveCount(5);
  await expectAccessible(page);
  await without("redis", async () => {
    const card = page.locator("#redis");
    await expect(card.getByText("Down", { exact: true })).toBeVisible({ timeout: 120_000 });
    await expect(card.getByText(/Look whether its process runs/)).toBeVisible({ timeout: 30_000 });
    await expect(card.locator("dd")).toHaveText(["–", "–", "–", "–"]);
    await expectAccessible(page);
  });
  await expect(page.locator("#redis").getByText("Healthy", { exact: true })).toBeVisible({ timeout: 120_000 });
});

test("a stream of news that is answered with errors is no news: the engines become unknown, and come back", async ({
  superadmin: page,
}) => {
  test.setTimeout(240_000);
  const stream = "**/api/events";
  await page.route(stream, (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto("/users");
  const redis = page.getByRole("link", { name: /^Redis: / });
  await expect(redis).toHaveAccessibleName(/Healthy/);
  await expect(redis).toHaveAccessibleName(/Unknown/, { timeout: 60_000 });
  await page.unroute(stream);
  await expect(redis).toHaveAccessibleName(/Healthy/, { timeout: 60_000 });
});

test("one range in the URL for all charts, each with its numbers as a table", async ({ superadmin: page }) => {
  test.setTimeout(240_000);
  await page.goto("/health");
  const ranges = page.getByRole("navigation", { name: "Time range" });
  await ranges.getByRole("link", { name: "15 min" }).click();
  await expect(page).toHaveURL(/range=15m/);
  await expect(ranges.getByRole("link", { name: "15 min" })).toHaveAttribute("aria-current", "true");
  const chart = page.getByRole("figure").filter({ hasText: "Answer time and admin actions" });
  await expect(async () => {
    await page.reload();
    await expect(chart.getByRole("application")).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
  await chart.getByText("Show as table").click();
  const table = chart.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveText([
    "Time, UTC",
    "PostgreSQL",
    "MongoDB",
    "Redis",
    "Elasticsearch",
  ]);
  expect(await table.getByRole("row").count()).toBeGreaterThan(3);
  await page.goto("/health?range=forever");
  await expect(ranges.getByRole("link", { name: "1 h", exact: true })).toHaveAttribute("aria-current", "true");
});

test("every engine has its page, paused and resumed by hand", async ({ superadmin: page }) => {
  test.setTimeout(240_000);
  for (const engine of ENGINES) {
    const answer = await page.goto(`/health/${engine}?range=6h`);
    expect(answer?.status(), engine).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(/Watching costs \d+ ms a minute/)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible({ timeout: 60_000 });
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Resume" }).click();
  }
});

test("maintenance is started with a reason, shown, and ended", async ({ superadmin: page }) => {
  test.setTimeout(240_000);
  await page.goto("/health");
  await page.getByRole("button", { name: "Maintenance…" }).click();
  await page.getByLabel("Engine").selectOption("mongodb");
  await page.getByLabel(/^Minutes/).fill("10");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByLabel(/^Reason/).fill("New disks");
  await page.getByRole("button", { name: "Start maintenance" }).click();
  try {
    await expect(page.getByText(/MongoDB is in maintenance until \d\d:\d\d UTC/)).toBeVisible({ timeout: 60_000 });
    await expect(page.locator("#mongodb").getByText("Maintenance", { exact: true })).toBeVisible({ timeout: 60_000 });
  } finally {
    await page.getByRole("button", { name: "End the maintenance of MongoDB" }).click();
    await page.getByRole("button", { name: "End maintenance" }).click();
  }
  await expect(page.getByText(/MongoDB is in maintenance until/)).toHaveCount(0, { timeout: 60_000 });
  await expect(page.locator("#mongodb").getByText("Healthy", { exact: true })).toBeVisible({ timeout: 60_000 });
});

test("health for programs: status for everyone, engines only for those who may see them", async ({ as }) => {
  const [ops, support] = [await as("ops"), await as("support")];
  expect(Object.keys((await (await ops.request.get("/api/health")).json()).engines)).toHaveLength(4);
  expect(await (await support.request.get("/api/health")).json()).toEqual({ status: expect.any(String) });
});

test("home shows what exists, and is accessible", async ({ superadmin: page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
});
