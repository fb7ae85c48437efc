import { expect, expectAccessible, test } from "./fixtures";
import { database, person } from "./people";

test("the chain is verified by a real check, and a forged event is found", async ({ superadmin: page }) => {
  await page.goto("/audit");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/Chain verified to #\d/)).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: 180_000 });
  await page.getByRole("button", { name: "Verify now" }).click();
  await expect(page.getByText(/[Aa]ll [\d,]+ events|verified/).first()).toBeVisible();
});

test("facets narrow the log, keep it in the URL, and an event opens with its fields", async ({ superadmin: page }) => {
  const zora = await person();
  await page.goto(`/users/${zora.id}`);
  await page.getByRole("button", { name: "Suspend…" }).click();
  await page.getByLabel(/^Reason/).fill("Case 4471");
  await page.getByRole("button", { name: `Suspend ${zora.name}` }).click();
  await expect(page.getByText(`${zora.name} suspended`)).toBeVisible();

  await page.goto(`/audit?action=user.suspend&subject=${zora.id}`);
  await expect(page.locator("tbody tr[data-row]")).toHaveCount(1);
  await page.getByRole("link", { name: /^Event .* open$/ }).click();
  await expect(page).toHaveURL(/event=/);
  const fields = page.getByRole("table", { name: "Fields before and after" });
  await expect(fields).toContainText("suspended");
  await expect(page.getByText("Case 4471").first()).toBeVisible();
  await expectAccessible(page);
  const [row] = await database<{ body: string }[]>`
    select body from system.audit_events where subject_id = ${zora.id} and action = 'user.suspend'`;
  expect(row?.body, "a person's reason is sealed, not readable in the table").not.toContain("Case 4471");
});

test("a role that may not read the audit is told so, not shown an empty list", async ({ as }) => {
  const page = await as("support");
  await page.goto("/audit");
  await expect(page.getByText(/may not see|not allowed|closed/i).first()).toBeVisible();
  await expectAccessible(page);
});
