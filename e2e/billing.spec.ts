// What is done with one subscription: every amount that is confirmed is the amount the ledger then holds.
import type { Page } from "@playwright/test";
import { ledgerOf, SAME_ORIGIN, subscribed } from "./billing";
import { enter, expect, expectAccessible, test } from "./fixtures";
import { database, staff } from "./people";

type Sold = { team: string; business: string };
let sold: Sold | undefined;

/** Two plans of their own, so that prices of the demo may change. */
async function plansOnSale(): Promise<Sold> {
  if (sold) return sold;
  const [team, business] = [await onePlan("Team e2e", "25.00"), await onePlan("Business e2e", "49.00")];
  sold = { team, business };
  return sold;
}

async function onePlan(name: string, amount: string): Promise<string> {
  const [row] = await database<{ id: string }[]>`
    with p as (insert into app.plans (code, name, status)
      values (${`e2e-${crypto.randomUUID().slice(0, 8)}`}, ${name}, 'active') returning id)
    insert into app.prices (plan_id, currency, amount, period)
    select id, 'USD', ${amount}, 'month' from p returning id`;
  return row?.id ?? "";
}

/** Twenty seats of such a plan, ten days old. */
const begun = async (page: Page, more: Parameters<typeof subscribed>[1] = {}) =>
  subscribed(page.request, { price_id: (await plansOnSale()).team, quantity: 20, days: 10, ...more });

async function rowOf(id: string) {
  const [row] = await database<
    { status: string; cancel_at: string | null; balance_due: string; next: string | null }[]
  >`
    select status, cancel_at::text, balance_due::text, next_price_at::text as next from app.subscriptions
    where id = ${id}`;
  return row;
}

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`/subscriptions/${id}`);
  await expect(page.getByRole("heading", { name: "Ledger" })).toBeVisible();
}

async function pay(page: Page, id: string, amount: string): Promise<void> {
  await open(page, id);
  await page
    .getByRole("button", { name: /^Record payment/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Amount").fill(amount);
  await dialog.getByLabel("Number").fill(`bank-${id}`);
  await dialog.getByRole("button", { name: "Record payment" }).click();
  await expect(dialog).toBeHidden();
  // the page with the version that this made
  await open(page, id);
}

test.beforeEach(async ({ superadmin: page }) => {
  await page.goto("/");
});

test("the amount on the button is what the ledger then holds", async ({ superadmin: page }) => {
  const { id } = await begun(page);
  await open(page, id);
  await page.getByRole("link", { name: "Change plan" }).first().click();
  await expect(page).toHaveURL(/panel=change/);
  const panel = page.getByRole("form", { name: "Change plan" });
  await panel.getByLabel("To", { exact: true }).selectOption({ label: "Business e2e, $49.00 a month" });
  const confirm = panel.getByRole("button", { name: /^Change plan and charge/ });
  await expect(confirm).toBeDisabled();
  await panel.getByLabel(/^Reason/).fill("Upgrade agreed");
  await expectAccessible(page);
  const amount = /\$([\d,]+\.\d\d)/.exec((await confirm.textContent()) ?? "")?.[1]?.replace(",", "");
  expect(await ledgerOf(id), "the preview booked nothing").toHaveLength(1);
  await confirm.click();
  await expect(panel).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name: /Business e2e/ })).toBeVisible();
  expect((await ledgerOf(id)).at(-1)).toEqual({ kind: "charge", status: "succeeded", amount });
});

test("a change for later can be taken back, a pause undone", async ({ superadmin: page }) => {
  const { id } = await begun(page);
  await open(page, id);
  await page.getByRole("link", { name: "Change plan" }).first().click();
  const panel = page.getByRole("form", { name: "Change plan" });
  await panel.getByLabel("Quantity").fill("25");
  await panel.getByLabel(/^At period end/).check();
  await panel.getByLabel(/^Reason/).fill("From next month on");
  await panel.getByRole("button", { name: "Change quantity" }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByText("Quantity changes from 20 to 25")).toBeVisible();
  expect((await rowOf(id))?.next).not.toBeNull();
  await page.getByRole("button", { name: /^Take back: Quantity changes/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take change back" }).click();
  await expect(page.getByText("Quantity changes from 20 to 25")).toBeHidden();
  expect((await rowOf(id))?.next).toBeNull();

  // without the toasts of what was done before
  await open(page, id);
  await page.getByRole("button", { name: "Pause…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Reason/).fill("Away until spring");
  await expect(dialog.getByText("Can be undone for 30 days")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Pause service" }).click();
  await expect(dialog).toBeHidden();
  expect((await rowOf(id))?.status).toBe("paused");
  await page.getByRole("status").getByRole("button", { name: /^Undo/ }).click();
  await expect.poll(async () => (await rowOf(id))?.status).toBe("active");
  expect(await ledgerOf(id)).toHaveLength(1);
});

test("a refund over the limit is asked for by one person and carried out by another", async ({ as, browser }) => {
  const asker = await as("superadmin");
  await asker.goto("/");
  const { id, customer } = await begun(asker);
  await pay(asker, id, "500.00");
  await asker.getByRole("button", { name: /^Refund the payment/ }).click();
  const dialog = asker.getByRole("dialog");
  await dialog.getByLabel("Amount to give back").fill("120");
  await dialog.getByLabel(/^Reason/).fill("Twelve seats were not used");
  await dialog.getByRole("button", { name: "Request approval" }).click();
  await asker.getByRole("link", { name: "Open the request" }).click();
  await expect(asker.getByRole("heading", { level: 1, name: /Refund/ })).toBeVisible();
  await expect(asker.getByRole("button", { name: "Approve…" })).toHaveCount(0);
  const request = asker.url().split("/").at(-1);
  const own = await asker.request.post(`/api/v1/approvals/${request}/approve?dry_run=true`, {
    data: {},
    headers: SAME_ORIGIN,
  });
  expect(own.status(), "nobody decides their own").toBeGreaterThanOrEqual(400);
  expect((await ledgerOf(id)).map(({ kind }) => kind)).toEqual(["charge", "payment"]);

  const context = await browser.newContext();
  await enter(context, await staff("admin"));
  const second = await context.newPage();
  await second.goto(`/approvals/${request}`);
  await second.getByRole("button", { name: "Approve…" }).click();
  await second.getByRole("button", { name: "Approve and give back $120.00" }).click();
  await expect(second.getByText("Approved").first()).toBeVisible();
  await context.close();
  expect((await ledgerOf(id)).at(-1)).toEqual({ kind: "refund", status: "succeeded", amount: "120.00" });
  await open(asker, id);
  await expect(asker.getByText("Balanced")).toBeVisible();
  await asker.goto(`/users/${customer.id}`);
  await expect(asker.getByText("Lifetime $380.00")).toBeVisible();
});

test("what nobody pays is written off", async ({ superadmin: page }) => {
  const { id } = await begun(page);
  await open(page, id);
  await page.getByRole("button", { name: /^Write off/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Reason/).fill("Cannot be reached");
  await expect(dialog.getByText("Cannot be undone", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "Write off" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: "Open charges" })).toBeHidden();
  expect(await rowOf(id)).toMatchObject({ balance_due: "0.00" });
  expect((await ledgerOf(id)).at(-1)).toMatchObject({ kind: "write_off", amount: "500.00" });
});

test("a cancelation is planned and taken back", async ({ superadmin: page }) => {
  const { id } = await begun(page);
  await pay(page, id, "500.00");
  await page.getByRole("button", { name: "Cancel subscription…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Reason/).fill("Asked by the customer");
  await dialog.getByRole("button", { name: "Cancel subscription" }).click();
  await expect(dialog).toBeHidden();
  expect((await rowOf(id))?.cancel_at).not.toBeNull();
  await page.getByRole("button", { name: /^Keep: Is cancelled/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Keep subscription" }).click();
  await expect.poll(async () => (await rowOf(id))?.cancel_at).toBeNull();
});

test("a cancelation waits until a planned period of another length is taken back", async ({ superadmin: page }) => {
  const { team } = await plansOnSale();
  const [yearly] = await database<{ id: string }[]>`
    insert into app.prices (plan_id, currency, amount, period)
    select plan_id, currency, 250, 'year' from app.prices where id = ${team} returning id`;
  const { id } = await begun(page);
  const at = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const change = { price_id: yearly?.id, when: "date", at, reason: "Agreed by phone" };
  const headers = { ...SAME_ORIGIN, "if-match": '"1"' };
  const planned = await page.request.post(`/api/v1/subscriptions/${id}/change-plan`, { headers, data: change });
  expect(planned.status(), await planned.text()).toBe(200);
  await open(page, id);
  await expect(page.getByText("Changes from $25.00 a month to $250.00 a year")).toBeVisible();
  await page.getByRole("button", { name: "Cancel subscription…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Reason/).fill("Asked by the customer");
  await expect(dialog.getByText(/^A period of another length is planned/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Cancel subscription" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: /^Take back: Changes from/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take change back" }).click();
  await expect.poll(async () => (await rowOf(id))?.next).toBeNull();
  await open(page, id);
  await page.getByRole("button", { name: "Cancel subscription…" }).click();
  await dialog.getByLabel(/^Reason/).fill("Asked by the customer");
  await dialog.getByRole("button", { name: "Cancel subscription" }).click();
  await expect(dialog).toBeHidden();
  expect((await rowOf(id))?.cancel_at).not.toBeNull();
  await open(page, id);
  for (const done of ["took back the planned change", "changed the plan", "began the subscription"]) {
    await expect(page.getByRole("listitem").filter({ hasText: done })).toHaveCount(1);
  }
});

test("the processor is asked again, and its answer is in the ledger", async ({ superadmin: page }) => {
  const { id } = await begun(page, { provider: "test", payment_method: "Test 0002" });
  await expect
    .poll(async () => (await ledgerOf(id)).filter(({ kind }) => kind === "payment").map(({ status }) => status), {
      timeout: 60_000,
    })
    .toEqual(["failed"]);
  await database`update app.subscriptions set payment_method = 'Test 4242' where id = ${id}`;
  await open(page, id);
  await expect(page.getByText("Past due").first()).toBeVisible();
  await page.getByRole("button", { name: /^Collect again/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Collect $500.00" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await rowOf(id))?.balance_due, { timeout: 60_000 }).toBe("0.00");
  expect((await ledgerOf(id)).at(-1)).toMatchObject({ kind: "payment", status: "succeeded", amount: "500.00" });
});

test("the page is accessible in both themes and fits a telephone", async ({ superadmin: page }) => {
  const { id } = await begun(page);
  await pay(page, id, "100.00");
  for (const query of ["", "?view=all", "?panel=change"]) {
    await page.goto(`/subscriptions/${id}${query}`);
    await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const query of ["", "?view=all", "?panel=change"]) {
    await page.goto(`/subscriptions/${id}${query}`);
    await expect(page.getByRole("heading", { name: "Ledger" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});

test("the ledger leaves as lines that add up to nothing", async ({ superadmin: page }) => {
  const { id } = await begun(page);
  const answer = await page.request.get(`/api/v1/subscriptions/${id}/ledger/export`);
  const [head = "", ...lines] = (await answer.text()).trim().split("\r\n");
  const cells = (line: string): string[] => [...(line.match(/"(?:[^"]|"")*"|[^,]+|(?<=,|^)(?=,|$)/g) ?? [])];
  const [debit, credit] = ["Debit", "Credit"].map((name) => cells(head).indexOf(name));
  const sum = (column = -1) => lines.reduce((total, line) => total + Number(cells(line)[column]), 0);
  expect(lines.length).toBe(2);
  expect(sum(debit)).toBe(sum(credit));
});
