import { expect, expectAccessible, test } from "./fixtures";
import { database, eventsAbout, person, rowOf } from "./people";

test("a superadmin finds a person, suspends them knowing what it touches, sees the proof and takes it back", async ({
  superadmin: page,
}) => {
  const zora = await person();
  await page.goto("/users");
  await expect(page.getByRole("heading", { name: "Users" })).toBeVisible();

  // one letter too many
  const misspelt = `${zora.name.slice(0, 8)}${zora.name[7]}${zora.name.slice(8)}`;
  const search = page.getByRole("searchbox", { name: "Search people" });
  await expect(async () => {
    await search.fill("");
    await search.fill(misspelt);
    await expect(page.getByRole("link", { name: zora.name })).toBeVisible({ timeout: 5_000 });
    await expect(page.getByText(/^Elasticsearch, /)).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expect(page).toHaveURL(/q=/);
  await expect(page.locator("tbody mark").first()).toBeVisible();
  await page.getByRole("link", { name: zora.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: zora.name })).toBeVisible();

  await page.getByRole("button", { name: "Suspend…" }).click();
  const dialog = page.getByRole("dialog", { name: `Suspend ${zora.name}` });
  await expect(dialog.getByText("What this touches")).toBeVisible();
  await expect(dialog.getByText("Can be undone for 30 days")).toBeVisible();
  expect((await rowOf(zora.id)).status, "the preview changed nothing").toBe("active");
  const confirm = dialog.getByRole("button", { name: `Suspend ${zora.name}` });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(/^Reason/).fill("Reported by three customers");
  await expectAccessible(page);
  await confirm.click();

  await expect(page.getByText(`${zora.name} suspended`)).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Suspended until someone ends it")).toBeVisible();
  expect(await rowOf(zora.id)).toMatchObject({ status: "suspended", version: 2 });
  expect(await eventsAbout(zora.id)).toEqual(["user.suspend"]);

  await page.goto(`/users?q=${encodeURIComponent(zora.name)}&status=suspended`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("link", { name: zora.name })).toBeVisible({ timeout: 5_000 });
  }).toPass();

  await page.goto(`/audit?subject=${zora.id}`);
  await page
    .getByRole("link", { name: /^Event .* open$/ })
    .first()
    .click();
  await expect(page.getByRole("definition").filter({ hasText: "Reported by three customers" })).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).last().click();
  const undo = page.getByRole("dialog");
  await undo.getByRole("button", { name: /^Undo/ }).click();
  await expect(undo).toBeHidden();
  await expect.poll(async () => (await rowOf(zora.id)).status).toBe("active");
  expect(await eventsAbout(zora.id)).toEqual(["user.suspend", "user.reactivate"]);
});

test("the toast takes a suspension back", async ({ superadmin: page }) => {
  const zora = await person();
  await page.goto(`/users/${zora.id}`);
  await page.getByRole("button", { name: "Suspend…" }).click();
  await page.getByLabel(/^Reason/).fill("A mistake");
  await page.getByRole("button", { name: `Suspend ${zora.name}` }).click();
  await page.getByRole("status").getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByText(`Undone: ${zora.name} suspended`)).toBeVisible();
  await expect.poll(async () => (await rowOf(zora.id)).status).toBe("active");
});

test("a stale save is refused with what changed and keeps what was typed", async ({ superadmin: page }) => {
  const zora = await person();
  await page.goto(`/users/${zora.id}`);
  await page.getByRole("button", { name: "Edit…" }).first().click();
  await page.getByLabel("Time zone").fill("Asia/Tokyo");
  await database`update app.users set display_name = 'Somebody Else', version = version + 1 where id = ${zora.id}`;
  await page.getByRole("button", { name: "Preview changes" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /Nothing was saved/ })).toBeVisible();
  expect((await rowOf(zora.id)).version).toBe(2);
  await page.getByRole("button", { name: "Load the newest, keep my text" }).click();
  await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
  await page.getByRole("button", { name: "Preview changes" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect.poll(async () => (await rowOf(zora.id)).version).toBe(3);
  expect((await rowOf(zora.id)).display_name).toBe("Somebody Else");
});

test("an address somebody else uses is refused at its field", async ({ superadmin: page }) => {
  const [zora, other] = [await person(), await person()];
  await page.goto(`/users/${zora.id}`);
  await page.getByRole("button", { name: "Edit…" }).first().click();
  await page.getByLabel("E-mail").fill(other.email);
  await page.getByRole("button", { name: "Preview changes" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Another person uses this address" })).toBeVisible();
  await page.getByRole("button", { name: "Back to the fields" }).click();
  const field = page.getByLabel("E-mail");
  await expect(field).toHaveValue(other.email);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  expect((await rowOf(zora.id)).email).toBe(zora.email);
});

test("filters, sort and pages live in the URL and survive Back", async ({ superadmin: page }) => {
  await page.goto("/users?status=active&sort=name&limit=25");
  const first = await page.locator("tbody [data-row-link]").first().textContent();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(page.locator("tbody [data-row-link]").first()).not.toHaveText(first ?? "");
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.locator("tbody [data-row-link]").first()).toHaveText(first ?? "");
  await page.goBack();
  await page.goBack();
  await expect(page).not.toHaveURL(/after=|before=/);
  await page.goto("/users?q=nobodyiscalledthis&mode=prefix");
  await expect(page.getByText(/nobodyiscalledthis/).first()).toBeVisible();
  await page.goto("/users?nonsense=1");
  await expect(page.getByText("ignored")).toBeVisible();
});

test("the list and the person are accessible in both themes", async ({ superadmin: page }) => {
  const zora = await person("suspended");
  for (const path of ["/users", "/users?q=zora", "/users?q=nobodyiscalledthis", `/users/${zora.id}`, "/users/nobody"]) {
    await page.goto(path);
    await expectAccessible(page);
  }
});
