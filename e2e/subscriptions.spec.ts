// The list of subscriptions: filters, search, pages, columns, and the file of exactly what is filtered.
import { ledgerOf, starterPrice, subscribed } from "./billing";
import { expect, expectAccessible, pressFor, test } from "./fixtures";
import { database, person } from "./people";

const rows = "tbody tr";

test("tabs, filters and pages show what they say", async ({ superadmin: page }) => {
  await page.goto("/subscriptions?limit=25");
  await expect(page.getByRole("heading", { level: 1, name: "Subscriptions" })).toBeVisible();
  await expect(page.locator(rows)).toHaveCount(25);
  await expect(page.getByRole("definition").filter({ hasText: "a month" }).first()).toBeVisible();
  await expectAccessible(page);

  const first = await page.locator(`${rows} [data-row-link]`).first().getAttribute("href");
  await page.getByRole("link", { name: "Next", exact: true }).last().click();
  await expect(page).toHaveURL(/after=/);
  await expect(page.locator(`${rows} [data-row-link]`).first()).not.toHaveAttribute("href", first ?? "");
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.locator(`${rows} [data-row-link]`).first()).toHaveAttribute("href", first ?? "");

  await page
    .getByRole("navigation", { name: "Status" })
    .getByRole("link", { name: /^Past due/ })
    .click();
  await expect(page).toHaveURL(/status=past_due/);
  await expect(page.locator(rows).first()).toContainText("Past due");

  await page.goto("/subscriptions");
  await page.getByRole("button", { name: "Add a filter" }).click();
  const menu = page.locator("#filters");
  await menu.getByLabel("Currency").selectOption("JPY");
  await menu.getByLabel("MRR from").fill("5000");
  await menu.getByRole("button", { name: "Apply filters" }).click();
  await expect(page).toHaveURL(/monthly_min_minor=5000/);
  await expect(page.locator(rows).first()).toContainText("¥");
  const [known] = await database<{ n: number }[]>`
    select count(*)::int as n from app.subscriptions where currency = 'JPY' and monthly >= 5000`;
  await expect(page.getByRole("status").filter({ hasText: " of " })).toContainText(`of ${known?.n} exact`);
});

test("a customer is found by the start of their name, and their subscription opens", async ({ superadmin: page }) => {
  const { id, customer } = await subscribed(page.request);
  await page.goto("/subscriptions");
  await page.getByRole("searchbox", { name: "Search subscriptions" }).fill(customer.name.slice(0, 12));
  await expect(page).toHaveURL(/q=/);
  await expect(page.locator(rows)).toHaveCount(1);
  await page.getByRole("link", { name: customer.name }).click();
  await expect(page).toHaveURL(new RegExp(`/subscriptions/${id}`));

  await page.goto(`/subscriptions?q=${id}`);
  await expect(page.getByRole("link", { name: customer.name })).toBeVisible();
  await page.goto("/subscriptions?q=nobody+is+called+so");
  await expect(page.getByText("Nothing starts with “nobody is called so”")).toBeVisible();
});

test("the menu of a row does what the page does, by key and by hand", async ({ superadmin: page, as }) => {
  const { id, customer } = await subscribed(page.request);
  await page.goto(`/subscriptions?q=${id}`);
  const row = page.locator(rows).filter({ hasText: customer.name });
  await row.getByRole("link", { name: customer.name }).focus();
  await pressFor(page, ".", page.getByRole("button", { name: "Pause…" }));
  await page.getByRole("button", { name: "Pause…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Reason/).fill("Closed for the season");
  await dialog.getByRole("button", { name: /^Pause/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row).toContainText("Paused");

  const auditor = await as("auditor");
  await auditor.goto(`/subscriptions?q=${id}`);
  await auditor.getByRole("button", { name: `Actions for Starter of ${customer.name}` }).click();
  await expect(auditor.getByRole("link", { name: "Open ↵" })).toBeVisible();
  await expect(auditor.getByRole("button", { name: "Resume…" })).toHaveCount(0);
});

test("a subscription is begun in the dialog, and what it shows is what is charged", async ({ superadmin: page }) => {
  const [customer, { amount }] = [await person(), await starterPrice()];
  const due = `$${(3 * Number(amount)).toFixed(2)}`;
  const suggested = `/api/v1/users?q=${encodeURIComponent(customer.name)}&limit=8`;
  await expect
    .poll(async () => (await (await page.request.get(suggested)).json()).data[0]?.id, { timeout: 60_000 })
    .toBe(customer.id);
  await page.goto("/subscriptions");
  await page.getByRole("button", { name: "New subscription" }).click();
  const dialog = page.getByRole("dialog", { name: "New subscription" });
  await dialog.getByLabel("Customer").fill(customer.name);
  await dialog.getByRole("list", { name: "People found" }).getByRole("button", { name: customer.name }).click();
  await dialog.getByLabel("Plan and price").selectOption({ label: `Starter, $${amount} / month` });
  await dialog.getByLabel("Seats").fill("3");
  await dialog.getByLabel("Days of trial").fill("0");
  const confirm = dialog.getByRole("button", { name: `Subscribe and charge ${due}` });
  await expect(dialog.getByText(`3 × $${amount}`).first()).toBeVisible();
  await expect(dialog.getByRole("definition").filter({ hasText: due }).first()).toBeVisible();
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(/^Reason/).fill("Agreed by phone");
  await expectAccessible(page);
  const made = () => database<{ id: string }[]>`select id from app.subscriptions where user_id = ${customer.id}`;
  expect(await made(), "the preview wrote nothing").toHaveLength(0);

  await confirm.click();
  await expect(page).toHaveURL(/\/subscriptions\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Starter");
  await expect(page.getByText(due).first()).toBeVisible();
  const [{ id } = { id: "" }, ...others] = await made();
  expect(others).toEqual([]);
  expect(page.url()).toContain(id);
  expect(await ledgerOf(id)).toEqual([{ kind: "charge", status: "succeeded", amount: due.slice(1) }]);
  const { data } = await (await page.request.get(`/api/v1/transactions?subscription_id=${id}`)).json();
  expect(data).toMatchObject([{ kind: "charge", amount_minor: Math.round(3 * Number(amount) * 100), currency: "USD" }]);
  const events = await database`select action from system.audit_events where target_id = ${id}`;
  expect(events.map(({ action }) => action)).toEqual(["subscription.create"]);
});

test("the file holds exactly what is filtered", async ({ superadmin: page }) => {
  await page.goto("/subscriptions?status=active,past_due&currency=EUR");
  const counted = await page.request.get("/api/v1/subscriptions/count?status=active,past_due&currency=EUR");
  const { total }: { total: number } = await counted.json();
  expect(total).toBeGreaterThan(0);
  await expect(page.getByRole("status").filter({ hasText: " of " })).toContainText(`of ${total} exact`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export" }).click(),
  ]);
  const file = await download.createReadStream();
  const text = Buffer.concat(await file.toArray()).toString();
  const [head = "", ...lines] = text.trimEnd().split("\r\n");
  expect(head).toMatch(/^Id,Customer,E-mail/);
  expect(lines).toHaveLength(total);
  expect(lines.every((line) => line.includes(",EUR,"))).toBe(true);
  const events = await database`
    select body::jsonb -> 'after' ->> 'outcome' as outcome from system.audit_events where action = 'subscription.export'`;
  expect(events.length).toBeGreaterThanOrEqual(2);
});

test("columns are chosen and remembered", async ({ superadmin: page }) => {
  await page.goto("/subscriptions");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.locator("#columns").getByLabel("Balance due").check();
  await expect(page).toHaveURL(/columns=/);
  await page.locator("#columns").getByLabel("Pays with").uncheck();
  await expect(page.getByRole("columnheader", { name: "Pays with" })).toHaveCount(0);
  await page.goto("/subscriptions");
  await expect(page.getByRole("columnheader", { name: "Balance due" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Pays with" })).toHaveCount(0);

  await page.goto("/subscriptions?columns=plan,status");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.locator("#columns").getByLabel("Status").uncheck();
  await expect(page.getByRole("columnheader")).toHaveText(["Customer", "Plan", "Actions"]);
  const last = page.locator("#columns").getByLabel("Plan");
  await expect(last).toBeChecked();
  await expect(last).toBeDisabled();
  await page.locator("#columns").getByLabel("Since").check();
  await expect(page.getByRole("columnheader")).toHaveText(["Customer", "Plan", /Since/, "Actions"]);
  await expect(last).toBeEnabled();
});

test("a phone shows cards; a role without the right is told so", async ({ as }) => {
  const [page, ops] = [await as("auditor"), await as("ops")];
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/subscriptions");
  await expect(page.locator(rows).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await ops.goto("/subscriptions");
  await expect(ops.getByText("You may not see subscriptions")).toBeVisible();
  expect((await ops.request.get("/api/v1/subscriptions/export")).status()).toBe(403);
});
