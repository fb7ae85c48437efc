// What waits for a second person: the queue by view, by keyboard and by role.
import { expect, expectAccessible, test } from "./fixtures";

test("the queue says when nothing waits, in every view", async ({ superadmin: page }) => {
  await page.goto("/approvals");
  await expect(page.getByRole("heading", { level: 1, name: "Approvals" })).toBeAttached();
  await expectAccessible(page);
  for (const view of ["Mine", "Decided"]) {
    await page.getByRole("navigation", { name: "Which requests" }).getByRole("link", { name: view }).click();
    await expect(page).toHaveURL(new RegExp(`view=${view.toLowerCase()}`));
  }
  await expectAccessible(page);
});

test("the home page says what waits for those who decide", async ({ superadmin: page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Approvals waiting for you" })).toBeVisible();
});

test("a request that does not exist, and a role without approvals, are told so", async ({ as }) => {
  const [page, support] = [await as("superadmin"), await as("support")];
  await page.goto("/approvals/0199c0de-0000-7000-8000-000000000001");
  await expect(page.getByText(/not found|does not exist|no such/i).first()).toBeVisible();
  await support.goto("/approvals");
  await expect(support.getByRole("link", { name: "Approvals" })).toHaveCount(0);
  await expect(support.getByRole("heading", { level: 1 })).not.toHaveText("Approvals");
});
