// Plans and their prices: made, sold, superseded, retired, each with what it touches before it is done.
import { expect, expectAccessible, test } from "./fixtures";
import { database } from "./people";

test("a superadmin makes a plan, gives it a price, sells it, supersedes the price and retires the plan", async ({
  superadmin: page,
}) => {
  const word = crypto.randomUUID().slice(0, 8);
  const [code, name] = [`spec-${word}`, `Spec ${word}`];
  await page.goto("/plans");
  await expect(page.getByRole("heading", { level: 1, name: "Plans" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Starter", exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "New plan" }).click();
  const making = page.getByRole("dialog", { name: "New plan" });
  await making.getByLabel("Code").fill(code);
  await making.getByLabel("Name").fill(name);
  await making.getByLabel("Features").fill("10 seats\nHelp by phone");
  await expect(making.getByText("What this touches")).toBeVisible();
  // The preview of what was typed last; an older one is pale.
  await expect(making.getByRole("button", { name: "Make plan" })).toBeEnabled();
  await expectAccessible(page);
  await making.getByRole("button", { name: "Make plan" }).click();
  await expect(making).toBeHidden();
  const card = page.locator("section").filter({ has: page.getByRole("heading", { name }) });
  await expect(card.getByText("Draft")).toBeVisible();
  await expect(card.getByText("Help by phone")).toBeVisible();

  for (const amount of ["49.00", "59.00"]) {
    await page.getByRole("button", { name: `Add a price to ${name}` }).click();
    const pricing = page.getByRole("dialog", { name: `Add a price to ${name}` });
    await pricing.getByLabel("Amount").fill(amount);
    await pricing.getByRole("button", { name: "Add price" }).click();
    await expect(pricing).toBeHidden();
    await expect(card.getByText(`$${amount}`)).toBeVisible();
  }
  await expect(card.getByText("Superseded")).toBeVisible();

  await page.getByRole("button", { name: `Sell ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sell plan" }).click();
  await expect(page.getByRole("button", { name: `Retire ${name}`, exact: true })).toBeVisible();
  await page.getByRole("button", { name: `Retire ${name}`, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Retire plan" }).click();
  await expect(card.getByText("Retired")).toBeVisible();

  const prices = await database`
    select p.amount::text, p.active, l.status from app.prices p join app.plans l on l.id = p.plan_id
    where l.code = ${code} order by p.id`;
  expect([...prices]).toEqual([
    { amount: "49.00", active: false, status: "retired" },
    { amount: "59.00", active: true, status: "retired" },
  ]);
});

test("a plan leads to who is on it; support sees plans and changes none, ops sees none", async ({ as }) => {
  const [page, ops] = [await as("support"), await as("ops")];
  await page.goto("/plans");
  await expect(page.getByRole("heading", { name: "Starter", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "New plan" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Edit / })).toHaveCount(0);
  await page
    .getByRole("link", { name: /^[\d,]+ subscriptions$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/subscriptions\?plan_id=/);
  await ops.goto("/plans");
  await expect(ops.getByText("You may not see plans")).toBeVisible();
});

test("on a phone nothing is wider than the screen", async ({ superadmin: page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/plans");
  await expect(page.getByRole("heading", { name: "Starter", exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
