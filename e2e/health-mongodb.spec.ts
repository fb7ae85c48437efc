import mongoose from "mongoose";
import { without } from "./engines";
import { expect, expectAccessible, test } from "./fixtures";
import { database } from "./people";
import { platformEnv } from "./platform";

const PATH = "/health/mongodb";
const COLLECTION = "e2e_things";

const client = new mongoose.mongo.MongoClient(platformEnv().MONGODB_URI ?? "");
const things = () => client.db().collection(COLLECTION);

test.beforeAll(async () => {
  await things().deleteMany({});
  await things().insertMany(Array.from({ length: 12_000 }, (_, n) => ({ n, kind: n % 7, secret: "Ana Núñez" })));
});

test.afterAll(async () => {
  await things().drop();
  await client.close();
});

/** Compares every thing with every other for minutes; answers the error it ended with. */
function longOperation(): Promise<number | "done"> {
  const pipeline = [
    {
      $lookup: {
        from: COLLECTION,
        let: { n: "$n" },
        pipeline: [{ $match: { $expr: { $lt: ["$$n", "$n"] }, secret: "Ana Núñez" } }, { $count: "below" }],
        as: "others",
      },
    },
    { $count: "all" },
  ];
  const found = things().aggregate(pipeline, { maxTimeMS: 240_000 }).toArray();
  return found.then(
    () => "done" as const,
    (error: { code: number }) => error.code,
  );
}

/** What the audit says of the newest act on a target, oldest first. */
async function outcomesOf(target: string): Promise<string[]> {
  const rows = await database<{ outcome: string }[]>`
    select body::jsonb ->> 'outcome' as outcome from system.audit_events
    where target_id = ${target} order by at desc, id desc limit 2`;
  return rows.map(({ outcome }) => outcome).reverse();
}

test("a long operation is seen without its values and killed; the audit log has it", async ({ superadmin: page }) => {
  test.setTimeout(300_000);
  await page.goto(PATH);
  await expect(page.getByRole("heading", { level: 1, name: "MongoDB" })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  const began = Date.now();
  const ended = longOperation();
  const row = page.getByRole("row").filter({ hasText: `aggregate ${COLLECTION}` });
  await expect(async () => {
    await page.reload();
    await expect(row).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await expect(row).not.toContainText("Ana");
  await expect(async () => {
    await page.goto(PATH);
    await expect(page.getByText(/one operation runs for/i).first()).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: began + 60_000 - Date.now() });
  const opid = (await row.getByRole("cell").first().textContent())?.trim() ?? "";
  await row.getByRole("button", { name: `Kill operation ${opid}…` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("operation ended, its client gets an error")).toBeVisible({ timeout: 30_000 });
  await dialog.getByLabel(/^Reason/).fill("Nobody waits for it");
  await dialog.getByRole("button", { name: "Kill operation" }).click();
  expect(await ended).toBe(11_601);
  await expect(page.getByText("It is gone from the list of running operations.")).toBeVisible({ timeout: 30_000 });
  await expect(row).toHaveCount(0, { timeout: 30_000 });
  await expect.poll(() => outcomesOf(`operation ${opid}`), { timeout: 30_000 }).toEqual(["requested", "done"]);
});

test("an index is created from its fields and dropped again; odd names are refused before anything is done", async ({
  superadmin: page,
}) => {
  test.setTimeout(240_000);
  const names = async () => (await things().indexes()).map(({ name }) => name);
  await page.goto(PATH);
  await page.getByRole("button", { name: "Create index…" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Collection").fill(COLLECTION);
  await dialog.getByLabel("Fields").fill("$where");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog.getByText(/not valid/).first()).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByRole("button", { name: "Create index" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Back to the fields" }).click();
  await dialog.getByLabel("Fields").fill("kind, -n");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog.getByText("documents read to build it")).toBeVisible({ timeout: 30_000 });
  expect(await names()).toEqual(["_id_"]);
  await dialog.getByLabel(/^Reason/).fill("The weekly report reads by it");
  await dialog.getByRole("button", { name: "Create index" }).click();
  await expect.poll(names, { timeout: 60_000 }).toEqual(["_id_", "kind_1_n_-1"]);
  await expect(page.getByRole("row", { name: `kind_1_n_-1 ${COLLECTION}` })).toBeVisible({ timeout: 60_000 });

  await page.getByRole("button", { name: `Drop the index ${COLLECTION}.kind_1_n_-1…` }).click();
  await dialog.getByLabel(/^Reason/).fill("The report is gone");
  await dialog.getByRole("button", { name: "Drop index" }).click();
  await expect.poll(names, { timeout: 60_000 }).toEqual(["_id_"]);
});

test("those who may only look see no button", async ({ as }) => {
  const page = await as("auditor");
  await page.goto(PATH);
  await expect(page.getByRole("heading", { name: "Running now" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: /Create index|^Kill|^Drop/ })).toHaveCount(0);
});

test("when MongoDB is stopped the page still answers and says so within a minute, and again when it is back", async ({
  superadmin: page,
}) => {
  test.setTimeout(480_000);
  const title = page.getByRole("main");
  await page.goto(PATH);
  await expect(title.getByText("Healthy").first()).toBeVisible({ timeout: 120_000 });
  await without("mongodb", async () => {
    await expect(title.getByText("Down").first()).toBeVisible({ timeout: 60_000 });
    const answer = await page.goto(PATH);
    expect(answer?.status()).toBe(200);
    await expect(page.getByText(/MongoDB did not answer/).first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText("Something went wrong")).toHaveCount(0);
  });
  await expect(title.getByText("Healthy").first()).toBeVisible({ timeout: 120_000 });
  await expect(async () => {
    await page.goto(PATH);
    await expect(page.getByRole("table", { name: /collections, the largest first/ })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
});
