import { without } from "./engines";
import { expect, expectAccessible, test } from "./fixtures";

test("four engines with status, version and answer time; a stopped one shows without reload", async ({
  superadmin: page,
}) => {
  test.setTimeout(480_000);
  await page.goto("/health");
  for (const engine of ["postgres", "mongodb", "redis", "elasticsearch"]) {
    const card = page.locator(`#${engine}`);
    await expect(card.getByText("Healthy")).toBeVisible({ timeout: 120_000 });
    await expect(card).toContainText(/\d\sms/);
    await expect(card.getByRole("heading")).toContainText(/\d+\.\d+/);
  }
  await expectAccessible(page);
  await without("redis", async () => {
    await expect(page.locator("#redis").getByText("Down")).toBeVisible({ timeout: 120_000 });
    await expectAccessible(page);
  });
  await expect(page.locator("#redis").getByText("Healthy")).toBeVisible({ timeout: 120_000 });
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
