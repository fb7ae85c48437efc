// PostgreSQL in trouble, one trouble at a time: the page says which within a minute of its beginning, and when it is over.
import postgres from "postgres";
import type { Page } from "@playwright/test";
import { stray, type Stray, until } from "../lib/testing/sessions";
import { without } from "./engines";
import { expect, expectAccessible, test } from "./fixtures";
import { person } from "./people";
import { platformEnv } from "./platform";

/** The page reads itself again at most every 10 s; a reload in between does no harm. */
const SAYS = { timeout: 60_000 };
/** What is left of the minute in which the page says what was provoked. */
const within60s = (began: number) => ({ timeout: began + 60_000 - Date.now() });
const RECOVERS = { timeout: 120_000 };

const PAGE = "/health/postgres";
const panel = (page: Page, id: string) => page.locator(`section#${id}`);

test.describe.configure({ timeout: 480_000 });

async function application(name: string): Promise<Stray> {
  return stray(name, platformEnv().DATABASE_URL);
}

async function asAdministrator<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(platformEnv().ADMIN_DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function outcomesOf(pid: number): Promise<string[]> {
  const rows = await asAdministrator(
    (sql) => sql<{ outcome: string }[]>`
      select body::jsonb ->> 'outcome' as outcome from system.audit_events
      where target_id = ${`session ${pid}`} order by at, id`,
  );
  return rows.map(({ outcome }) => outcome);
}

/** Within the time, reloading: what the page says, wherever on it. */
async function says(page: Page, text: RegExp, { timeout } = SAYS): Promise<void> {
  await expect(async () => {
    await page.goto(PAGE);
    await expect(page.locator("main").getByText(text).first()).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout });
}

async function saysNoMore(page: Page, text: RegExp): Promise<void> {
  await expect(async () => {
    await page.goto(PAGE);
    await expect(panel(page, "checks").getByText(/^Checks$/)).toBeVisible({ timeout: 4_000 });
    // What happened stays in the history below; neither the banner nor the checks say it any more.
    await expect(page.getByRole("status").filter({ hasText: text })).toHaveCount(0, { timeout: 4_000 });
    await expect(panel(page, "checks").getByText(text)).toHaveCount(0, { timeout: 4_000 });
  }).toPass(RECOVERS);
}

test("a calm server: every panel has its figures, and nothing is inaccessible", async ({ superadmin: page }) => {
  await says(page, /^\d+ of \d+$/);
  for (const id of [
    "queries",
    "locks",
    "running",
    "sessions",
    "tables",
    "indexes",
    "replication",
    "vacuum",
    "settings",
  ]) {
    await expect(panel(page, id), id).toBeVisible();
    await expect(panel(page, id).getByRole("alert"), id).toHaveCount(0);
  }
  await expect(panel(page, "tables").getByText("app.users", { exact: true })).toBeVisible();
  await panel(page, "queries")
    .getByRole("link", { name: /^Explain/ })
    .first()
    .click();
  await expect(panel(page, "plan")).toBeVisible(SAYS);
  await panel(page, "tables").getByRole("link", { name: "Bloat of app.users", exact: true }).click();
  const bloat = panel(page, "bloat");
  await expect(bloat.getByRole("row").filter({ hasText: /table, .*dead rows/ })).toBeVisible(SAYS);
  await expect(bloat.getByRole("row").filter({ hasText: "users_pkey" })).toContainText(/pages .*% full/);
  await expectAccessible(page);
  await bloat.getByRole("link", { name: "Close" }).click();
  await expect(bloat).toHaveCount(0, SAYS);
});

test("an idle transaction is named, cannot be cancelled, and is ended through the browser", async ({
  superadmin: page,
}) => {
  const idle = await application("spec-idle");
  try {
    const began = Date.now();
    await idle.sql.unsafe("begin");
    await idle.sql.unsafe("select count(*) from app.users");
    const row = panel(page, "running")
      .getByRole("row")
      .filter({ hasText: String(idle.pid) });
    await expect(async () => {
      await page.goto(PAGE);
      await expect(row.getByText("idle in transaction")).toBeVisible({ timeout: 4_000 });
    }).toPass(SAYS);
    await says(page, /A session has been idle in transaction for/, within60s(began));
    await expect(row.getByRole("button", { name: /^Cancel/ })).toHaveCount(0);
    await row.getByRole("button", { name: `End session ${idle.pid}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/^Reason/).fill("It keeps vacuum from its work");
    await dialog.getByRole("button", { name: "End session", exact: true }).click();
    await expect(page.getByText(`Session ${idle.pid} was ended`)).toBeVisible(SAYS);
    await expect(row).toHaveCount(0, SAYS);
    expect(await outcomesOf(idle.pid)).toEqual(["requested", "done"]);
    await saysNoMore(page, /A session has been idle in transaction/);
  } finally {
    await idle.end();
  }
});

test("a lock chain is drawn as a tree, and cancelling a waiting statement frees its place", async ({
  superadmin: page,
}) => {
  const { id } = await person();
  const chain = await Promise.all(["spec-root", "spec-middle", "spec-third", "spec-last"].map(application));
  const [root, ...waiting] = chain;
  try {
    if (!root) throw new Error("There is no root.");
    const touch = (on: Stray) => on.sql`update app.users set display_name = 'Zoe' where id = ${id}`;
    await root.sql.unsafe("begin");
    await touch(root);
    const waits = waiting.map((each) =>
      touch(each).then(
        () => "done",
        (error: { code: string }) => error.code,
      ),
    );
    const tree = panel(page, "locks");
    await expect(async () => {
      await page.goto(PAGE);
      await expect(tree.getByText("3 blocked")).toBeVisible({ timeout: 4_000 });
      await expect(tree.getByRole("listitem").first()).toContainText(String(root.pid), { timeout: 4_000 });
    }).toPass(SAYS);
    await says(page, /3 sessions wait for a lock, the longest for/);
    const last = waiting.at(-1);
    await tree.getByRole("button", { name: `Cancel the statement of ${last?.pid}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/^Reason/).fill("It has waited long enough");
    await dialog.getByRole("button", { name: "Cancel statement" }).click();
    await expect(page.getByText(`The statement of session ${last?.pid} was cancelled`)).toBeVisible(SAYS);
    expect(await waits.at(-1)).toBe("57014");
    await root.sql.unsafe("rollback");
    expect(await Promise.all(waits.slice(0, -1))).toEqual(["done", "done"]);
    await expect(async () => {
      await page.goto(PAGE);
      await expect(tree.getByText("Nobody waits for a lock.")).toBeVisible({ timeout: 4_000 });
    }).toPass(RECOVERS);
  } finally {
    await Promise.all(chain.map((each) => each.end()));
  }
});

test("a long query is shown at once, counts as long after half a minute, and is cancelled", async ({
  superadmin: page,
}) => {
  const long = await application("spec-long");
  try {
    const began = Date.now();
    const work = long.sql`select pg_sleep(600)`.then(
      () => "ended",
      (error: { code: string }) => error.code,
    );
    const row = panel(page, "running")
      .getByRole("row")
      .filter({ hasText: String(long.pid) });
    await expect(async () => {
      await page.goto(PAGE);
      await expect(row.getByText("select pg_sleep(?)")).toBeVisible({ timeout: 4_000 });
    }).toPass(SAYS);
    await says(page, /A statement has been running for/, within60s(began));
    await row.getByRole("button", { name: `Cancel the statement of ${long.pid}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/^Reason/).fill("Nobody waits for it");
    await dialog.getByRole("button", { name: "Cancel statement" }).click();
    expect(await work).toBe("57014");
    await saysNoMore(page, /A statement has been running for/);
  } finally {
    await long.end();
  }
});

test("when every connection is taken the page still answers and says so", async ({ superadmin: page }) => {
  // Twice, so that the console holds the connections it needs for a page.
  await page.goto(PAGE);
  await page.reload();
  const taken: postgres.Sql[] = [];
  try {
    for (;;) {
      const sql = postgres(platformEnv().DATABASE_URL ?? "", { max: 1, idle_timeout: 0, onnotice: () => {} });
      taken.push(sql);
      const code = await sql`select 1`.then(
        () => null,
        (error: { code: string }) => error.code,
      );
      if (code !== null) {
        expect(code).toBe("53300");
        break;
      }
    }
    await says(page, /\d+ of \d+ connections are in use/);
    await expect(panel(page, "sessions").getByText(/all are taken|\d free/)).toBeVisible();
  } finally {
    await Promise.all(taken.map((sql) => sql.end({ timeout: 1 })));
  }
  await saysNoMore(page, /\d+ of \d+ connections are in use \(/);
});

test("a monitor without its rights is unknown, with the statement that gives them back", async ({
  superadmin: page,
}) => {
  const grant = "GRANT pg_monitor TO quadrant_monitor;";
  try {
    await asAdministrator((sql) => sql.unsafe("revoke pg_monitor from quadrant_monitor"));
    await says(page, /no session but its own/);
    await expect(page.getByText(grant).first()).toBeVisible();
    await expect(panel(page, "locks").getByText("Unknown")).toBeVisible();
    await expect(panel(page, "locks").getByText("Nobody waits for a lock.")).toHaveCount(0);
    await page.goto("/health");
    const card = page.locator("#postgres");
    await expect(card.getByText("Unknown", { exact: true })).toHaveCount(3, SAYS);
    await expect(card.getByTitle("Copy the grant for Sessions and locks")).toBeVisible();
  } finally {
    await asAdministrator((sql) => sql.unsafe(grant));
  }
  await saysNoMore(page, /no session but its own/);
});

test("a stopped server: the page that is open says so, and comes back with it", async ({ superadmin: page }) => {
  await page.goto("/health");
  await without("postgres", async () => {
    await expect(page.locator("#postgres").getByText("Down").first()).toBeVisible(RECOVERS);
    const ready = await page.request.get("/api/health");
    expect(ready.status()).toBe(503);
  });
  await expect(page.locator("#postgres").getByText("Healthy").first()).toBeVisible({ timeout: 180_000 });
  await expect(async () => {
    await page.goto(PAGE);
    await expect(panel(page, "sessions").getByRole("table")).toBeVisible({ timeout: 4_000 });
  }).toPass(RECOVERS);
});

test("nonsense is refused by the API with what is wrong about it", async ({ superadmin: page }) => {
  await page.goto(PAGE);
  const headers = { origin: new URL(page.url()).origin, "sec-fetch-site": "same-origin" };
  const post = async (verb: string, data: object) =>
    (await page.request.post(`/api/v1/health/postgres/${verb}`, { headers, data })).status();
  const reason = "test";
  expect(await post("cancel-query", { pid: 2_147_483_646, reason })).toBe(404);
  expect(await post("terminate", { pid: "1 or true", reason })).toBe(422);
  expect(await post("terminate", { pid: 4711 })).toBe(422);
  expect(await post("vacuum", { schema: "app", table: 'users"; drop table app.users; --', reason })).toBe(422);
  expect(await post("reindex", { schema: "app", index: "of_somebody_else", reason })).toBe(404);
  const own = await asAdministrator((sql) => sql<{ pid: number }[]>`select pg_backend_pid() as pid`);
  await until(
    () => post("terminate", { pid: own[0]?.pid ?? 0, reason }),
    (status) => status === 404,
  );
});
