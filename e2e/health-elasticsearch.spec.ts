import { Client } from "@elastic/elasticsearch";
import type { Locator, Page } from "@playwright/test";
import { forgetChanges, without } from "./engines";
import { expect, expectAccessible, test } from "./fixtures";
import { database } from "./people";
import { platformEnv } from "./platform";

const PATH = "/health/elasticsearch";
const INDEX = "e2e-things";
const SAID_WITHIN = { timeout: 60_000 };

const client = new Client({ node: platformEnv().ELASTICSEARCH_URL ?? "", requestTimeout: 30_000 });

test.afterAll(() => client.close());

/** Makes an index of the test's own, runs `work`, and removes it whatever happened. */
async function withIndex(settings: Record<string, string | number>, work: () => Promise<void>): Promise<void> {
  await client.indices.delete({ index: INDEX }, { ignore: [404] });
  await client.indices.create({ index: INDEX, settings, wait_for_active_shards: 0 });
  try {
    await work();
  } finally {
    await client.indices.delete({ index: INDEX });
  }
}

async function setBlock(index: string, value: boolean | null): Promise<void> {
  await client.indices.putSettings({ index, settings: { "index.blocks.read_only_allow_delete": value } });
}

/** Marks that any disk is over, or those of the server again; looked at every 10 s in place of 30. */
async function setWatermarks(full: boolean): Promise<void> {
  const disk = "cluster.routing.allocation.disk";
  const value = (text: string | boolean) => (full ? text : null);
  await client.cluster.putSettings({
    persistent: {
      "cluster.info.update.interval": value("10s"),
      [`${disk}.threshold_enabled`]: value(true),
      [`${disk}.watermark.low`]: value("900tb"),
      [`${disk}.watermark.high`]: value("800tb"),
      [`${disk}.watermark.flood_stage`]: value("700tb"),
    },
  });
}

/** Live, the page says it by itself; a reload now and then makes the wait independent of that. */
async function says(page: Page, what: Locator, options = SAID_WITHIN): Promise<void> {
  await expect(async () => {
    await page.goto(PATH);
    await expect(what).toBeVisible({ timeout: 8_000 });
  }).toPass(options);
}

async function nolonger(page: Page, what: Locator): Promise<void> {
  await expect(async () => {
    await page.goto(PATH);
    await expect(page.getByRole("heading", { level: 1, name: "Elasticsearch" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Health report" }).getByText("Cluster health")).toBeVisible();
    await expect(what).toHaveCount(0, { timeout: 4_000 });
  }).toPass({ timeout: 180_000 });
}

/** What the audit says of the newest act on a target, oldest first. */
async function outcomesOf(target: string): Promise<string[]> {
  const rows = await database<{ outcome: string }[]>`
    select body::jsonb ->> 'outcome' as outcome from system.audit_events
    where target_id = ${target} order by at desc, id desc limit 2`;
  return rows.map(({ outcome }) => outcome).reverse();
}

// A red index and a block change the status often enough to count as flapping in the specs that follow.
test.afterAll(async () => {
  test.setTimeout(480_000);
  await forgetChanges("elasticsearch");
});

test("the page tells of shards, queues, tasks and what this server does not report", async ({ superadmin: page }) => {
  test.setTimeout(240_000);
  await says(page, page.getByText("not reported by this server").first(), { timeout: 120_000 });
  for (const name of ["Where the shards are", "Disk and memory", "Queues", "Tasks", "Health report", "Indices"]) {
    await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("heading", { name: /^Why has users-v\d+, 0 no home\?$/ })).toBeVisible();
  await expect(page.getByText("holds a copy of this shard already")).toBeVisible();
  await expect(page.getByText(/A retry changes nothing/)).toBeVisible();
  await expectAccessible(page);
});

test("stopped, the page says so, nothing else of it fails, and it comes back", async ({ superadmin: page }) => {
  test.setTimeout(480_000);
  const down = page.getByText(/^Down/).first();
  await without("elasticsearch", async () => {
    await says(page, down);
    await expect(
      page
        .getByRole("alert")
        .filter({ hasText: /Elasticsearch did not answer/ })
        .first(),
    ).toBeVisible();
    await expect(page.getByText("Something went wrong")).toHaveCount(0);
  });
  await nolonger(page, page.getByRole("alert").filter({ hasText: /Elasticsearch did not answer/ }));
});

test("a red index is said with its reason, a retry that cannot help is refused, and it ends", async ({
  superadmin: page,
}) => {
  test.setTimeout(480_000);
  const red = page
    .getByRole("status")
    .filter({ hasText: /primary shard has no home: the cluster is red/ })
    .first();
  await withIndex({ number_of_replicas: 0, "index.routing.allocation.require.place": "nowhere" }, async () => {
    await says(page, red);
    await expect(page.getByRole("heading", { name: `Why has ${INDEX}, 0 no home?` })).toBeVisible();
    await expect(page.getByText("a setting of the index or the cluster keeps it off this node")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Retry allocation…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(/A retry changes nothing, for no attempt was given up/)).toBeVisible({
      timeout: 30_000,
    });
    await dialog.getByLabel(/^Reason/).fill("To see what happens");
    await expect(dialog.getByRole("button", { name: "Retry allocation" })).toBeDisabled();
    expect(await outcomesOf("cluster")).toEqual([]);
  });
  await nolonger(page, red);
});

test("a flood-stage block: not cleared while the disk is full, cleared afterwards, and the reason ends", async ({
  superadmin: page,
}) => {
  test.setTimeout(600_000);
  const blocked = page
    .getByRole("status")
    .filter({ hasText: /takes? no writes: flood-stage block/ })
    .first();
  const clear = page.getByRole("button", { name: `Clear the block of ${INDEX}…` });
  const dialog = page.getByRole("dialog");
  await withIndex({ number_of_replicas: 0 }, async () => {
    const blocks = async () => JSON.stringify(await client.cluster.state({ metric: "blocks" }));
    try {
      await setWatermarks(true);
      await expect.poll(blocks, { timeout: 90_000 }).toContain(INDEX);
      await says(page, blocked);
      await says(
        page,
        page
          .getByRole("status")
          .filter({ hasText: /a disk is over its flood stage: \d+ % used/ })
          .first(),
        { timeout: 120_000 },
      );
      await clear.click();
      await expect(dialog.getByText(/is over its flood stage .* free disk first/)).toBeVisible({ timeout: 30_000 });
      await expect(dialog.getByRole("button", { name: "Clear block" })).toBeDisabled();
      await dialog.getByRole("button", { name: "Cancel" }).click();
    } finally {
      await setWatermarks(false);
    }
    // The server lifts its own block once the marks are far away.
    await expect.poll(blocks, { timeout: 90_000 }).not.toContain(INDEX);
    try {
      await setBlock(INDEX, true);
      await says(page, clear);
      await clear.click();
      await expect(dialog.getByText("index takes writes again")).toBeVisible({ timeout: 30_000 });
      await dialog.getByLabel(/^Reason/).fill("The disk has room again");
      await dialog.getByRole("button", { name: "Clear block" }).click();
      await expect(page.getByText(`${INDEX} takes writes again.`)).toBeVisible({ timeout: 30_000 });
      await client.index({ index: INDEX, document: { written: true } });
      await expect.poll(() => outcomesOf(`index ${INDEX}`), { timeout: 30_000 }).toEqual(["requested", "done"]);
    } finally {
      await setBlock("users-write", null);
    }
    await nolonger(page, blocked);
  });
});
