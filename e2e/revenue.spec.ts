// What subscriptions bring: the figures on the home page, how they are computed, the check and the rebuild.
import { ledgerOf, subscribed } from "./billing";
import { expect, expectAccessible, test } from "./fixtures";
import { database } from "./people";

test("home tells figures and months per currency, and how they are computed", async ({ superadmin: page }) => {
  await page.goto("/");
  const card = page.getByRole("region", { name: "Revenue", exact: true });
  await expect(card.getByRole("heading", { name: "Monthly recurring revenue" })).toBeVisible();
  await expect(card.getByRole("term").filter({ hasText: "Failed payments" })).toBeVisible();
  const currencies = card.getByRole("navigation", { name: "Currency" });
  await currencies.getByRole("link", { name: "EUR" }).click();
  await expect(page).toHaveURL(/currency=EUR/);
  await expect(currencies.getByRole("link", { name: "EUR" })).toHaveAttribute("aria-current", "true");
  await expect(card.locator("dd").first()).toContainText("€");
  await card.locator("summary").first().click();
  await expect(card.getByRole("region", { name: "Monthly recurring revenue, as a table" })).toContainText("€");
  await card.getByRole("button", { name: "How is this computed" }).click();
  await expect(page.getByRole("region", { name: "How is this computed" })).toContainText("a year counted as a twelfth");
  await expectAccessible(page);
});

test("home names what needs a person, and leads to who is past due", async ({ superadmin: page, as }) => {
  const lines = (at: typeof page) => at.getByRole("listitem").filter({ has: at.getByRole("link", { name: "Review" }) });
  await page.goto("/");
  const line = lines(page).filter({ hasText: /^\d+ subscriptions? (is|are) past due.+ at risk/ });
  await line.getByRole("link", { name: "Review" }).click();
  await expect(page).toHaveURL(/status=past_due/);
  await expect(page.getByRole("row").nth(1)).toContainText("Past due");
  const support = await as("support");
  await support.goto("/");
  await expect(support.getByText("Needs attention")).toBeVisible();
  await expect(lines(support).filter({ hasText: "at risk" })).toHaveCount(0);
});

test("home names who was not renewed, until they are", async ({ superadmin: page }) => {
  const { id, customer } = await subscribed(page.request);
  const line = page.getByRole("listitem").filter({ hasText: "not renewed" });
  const holder = await database.reserve();
  try {
    // Queued behind the change, it has the row before billing can see that the period is over.
    const { holding } = await database.begin(async (sql) => {
      await sql`
        update app.subscriptions set anchor = anchor - interval '32 days',
          period_start = period_start - interval '32 days', period_end = period_end - interval '32 days'
        where id = ${id}`;
      await holder`begin`;
      return { holding: holder`select from app.subscriptions where id = ${id} for update`.execute() };
    });
    await holding;
    await page.goto("/");
    await expect(line).toContainText("1 subscription was not renewed");
    await expect(line).toContainText(customer.name);
    await line.getByRole("link", { name: "Review" }).click();
    await expect(page.getByRole("row").nth(1)).toContainText(customer.name);
  } finally {
    await holder`rollback`;
    holder.release();
  }
  await expect.poll(async () => (await ledgerOf(id)).length, { timeout: 60_000 }).toBeGreaterThan(1);
  await page.goto("/");
  await expect(line).toHaveCount(0);
});

test("the check compares with the ledger, and a rebuild shows first what it touches", async ({ superadmin: page }) => {
  await page.goto("/");
  const card = page.getByRole("region", { name: "Revenue", exact: true });
  await card.getByRole("button", { name: "Check against the ledger" }).click();
  await expect(card.getByRole("status")).toContainText(/figures compared with the ledger.*all are equal/);
  await card.getByRole("button", { name: "Rebuild" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("will change", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "Rebuild" }).click();
  await expect(dialog).toHaveCount(0);
});

test("a role without the figures sees none of them", async ({ as }) => {
  const support = await as("support");
  await support.goto("/");
  await expect(support.getByRole("heading", { level: 1 })).toContainText("Welcome back");
  await expect(support.getByRole("region", { name: "Revenue", exact: true })).toHaveCount(0);
  const auditor = await as("auditor");
  await auditor.goto("/");
  const card = auditor.getByRole("region", { name: "Revenue", exact: true });
  await expect(card.getByRole("button", { name: "Check against the ledger" })).toBeVisible();
  await expect(card.getByRole("button", { name: "Rebuild" })).toHaveCount(0);
});
