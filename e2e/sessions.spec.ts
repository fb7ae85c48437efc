import { enter, expect, expectAccessible, test } from "./fixtures";
import { staff } from "./people";

test("the sign-in page is accessible, refuses alike, and lets staff in", async ({ page }) => {
  const person = await staff("support");
  await page.goto("/users");
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  const refused = await page.getByRole("alert").filter({ hasText: /./ }).first().textContent();
  await page.getByLabel("E-mail").fill("nobody.at.all@example.com");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /./ }).first()).toHaveText(refused ?? "");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/users$/);
});

test("a revoked session ends with its next request, and the dialog says that it cannot be undone", async ({
  superadmin,
  browser,
}) => {
  const person = await staff("auditor");
  const context = await browser.newContext();
  await enter(context, person);
  const theirs = await context.newPage();
  await theirs.goto("/users");
  await expect(theirs).toHaveURL(/\/users$/);

  await superadmin.goto(`/users/${person.id}`);
  await superadmin
    .getByRole("button", { name: /^Revoke the session/ })
    .first()
    .click();
  const dialog = superadmin.getByRole("dialog");
  await expect(dialog.getByText("Cannot be undone")).toBeVisible();
  await expectAccessible(superadmin);
  await dialog.getByRole("button", { name: /^Revoke/ }).click();
  await expect(superadmin.getByText("Not signed in anywhere.")).toBeVisible();

  await theirs.goto("/users");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await context.close();
});

test("signing someone out everywhere ends each session", async ({ superadmin, browser }) => {
  const person = await staff("ops");
  const contexts = [await browser.newContext(), await browser.newContext()];
  for (const context of contexts) await enter(context, person);
  await superadmin.goto(`/users/${person.id}`);
  await superadmin.getByRole("button", { name: "Sign out everywhere…" }).first().click();
  const dialog = superadmin.getByRole("dialog");
  await expect(dialog.getByText("Cannot be undone")).toBeVisible();
  await dialog.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(superadmin.getByText("Not signed in anywhere.")).toBeVisible();
  for (const context of contexts) {
    expect((await context.request.get("/api/v1/users", { maxRedirects: 0 })).status()).toBe(401);
    await context.close();
  }
});
