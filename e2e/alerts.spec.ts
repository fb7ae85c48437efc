// A rule made in the browser fires on the running platform, is seen everywhere, told by a signed webhook, and clears.
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";
import { database } from "./people";

const SOON = { timeout: 90_000 };

type Heard = { body: string; signature: string; event: string };

/** A webhook on this machine that keeps what it is told. */
async function listener(): Promise<{ url: string; heard: Heard[]; close(): void }> {
  const heard: Heard[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const header = (name: string) => String(request.headers[name]);
      heard.push({ body, signature: header("quadrant-signature"), event: header("quadrant-event") });
      response.end("ok");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/with-a-token`;
  return { url, heard, close: () => void server.close() };
}

/** Opens a dialog by its button; the first click may come before the page listens. */
async function opened(page: Page, button: string | RegExp, title: string | RegExp): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: title });
  await expect(async () => {
    await page.getByRole("button", { name: button }).first().click({ timeout: 5_000 });
    await expect(dialog).toBeVisible({ timeout: 5_000 });
  }).toPass(SOON);
  return dialog;
}

async function confirmed(dialog: Locator, button: string, reason?: string): Promise<void> {
  await expect(dialog.getByText("What this touches")).toBeVisible(SOON);
  if (reason) await dialog.getByLabel(/^Reason/).fill(reason);
  await dialog.getByRole("button", { name: button }).click();
  await expect(dialog).toBeHidden(SOON);
}

function isSigned({ body, signature }: Heard, secret: string): boolean {
  const [, time, code] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(signature) ?? [];
  return createHmac("sha256", secret).update(`${time}.${body}`).digest("hex") === code;
}

test("a rule that is passed now fires, is told, acknowledged, and clears when its limit is raised", async ({
  superadmin: page,
}) => {
  test.setTimeout(600_000);
  const word = randomUUID().slice(0, 8);
  const [rule, channel] = [`Sessions ${word}`, `pager ${word}`];
  const hook = await listener();
  try {
    await page.goto("/alerts?tab=delivery");
    await expectAccessible(page);
    const making = await opened(page, "New channel", "New channel");
    await making.getByLabel("Name").fill(channel);
    await making.getByLabel("Address").fill(hook.url);
    await making.getByRole("button", { name: "Preview" }).click();
    const secret = (await page.locator("[data-secret]").textContent()) ?? "";
    await confirmed(page.getByRole("dialog"), "Save channel");
    await expect(page.getByText(/http:\/\/127\.0\.0\.1:\d+\/…/).first()).toBeVisible();
    await expect(page.getByText("with-a-token")).toHaveCount(0);

    await confirmed(await opened(page, `Send a test to ${channel}`, /^Send a test/), "Send test");
    await expect.poll(() => hook.heard.length, SOON).toBeGreaterThan(0);
    expect(hook.heard.map((heard) => isSigned(heard, secret))).not.toContain(false);

    await page.goto("/alerts?tab=rules");
    const writing = await opened(page, "New rule", "New rule");
    await writing.getByLabel("Name").fill(rule);
    await writing.getByLabel("Fires when").selectOption("postgres.connections_used");
    await writing.getByLabel("Limit, %").fill("1");
    await writing.getByLabel("For, s").fill("0");
    await expect(writing.getByText(/Would have fired|Nothing was measured/)).toBeVisible(SOON);
    await expectAccessible(page);
    await writing.getByRole("button", { name: "Preview rule" }).click();
    await confirmed(page.getByRole("dialog", { name: "New rule" }), "Save rule");

    await page.goto("/alerts");
    const card = page.getByRole("article", { name: rule });
    await expect(card).toBeVisible(SOON);
    await expect(card).toContainText("limit 1");
    await expect(page.getByRole("link", { name: /^Alerts: [1-9]\d* open$/ })).toBeVisible();
    await expectAccessible(page);
    const told = () => hook.heard.map(({ body }) => JSON.parse(body)).filter(({ alert }) => alert?.name === rule);
    await expect.poll(() => told().map(({ type }) => type), SOON).toEqual(["alert.firing"]);
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Needs attention" })).toBeVisible();
    await page.goto("/alerts");

    await confirmed(await opened(page, `Acknowledge ${rule}`, `Acknowledge ${rule}`), "Acknowledge alert", "On it");
    await expect(card).toContainText("acknowledged", SOON);

    await page.goto("/alerts?tab=rules");
    const raising = await opened(page, `Edit ${rule}`, `Edit rule: ${rule}`);
    await raising.getByLabel("Limit, %").fill("100");
    await raising.getByRole("button", { name: "Preview rule" }).click();
    await confirmed(page.getByRole("dialog", { name: `Edit rule: ${rule}` }), "Save rule");
    await page.goto("/alerts");
    await expect(card).toBeHidden(SOON);
    await expect.poll(() => told().map(({ type }) => type), SOON).toEqual(["alert.firing", "alert.resolved"]);
    expect(hook.heard.map((heard) => isSigned(heard, secret))).not.toContain(false);
    await page.goto("/alerts?tab=cleared");
    await expect(page.getByRole("row", { name: new RegExp(rule) })).toBeVisible(SOON);
    await page.goto("/alerts?tab=rules");
    await confirmed(await opened(page, `Delete ${rule}`, `Delete ${rule}`), "Delete rule");
    await page.goto("/alerts?tab=delivery");
    await confirmed(await opened(page, `Delete ${channel}`, `Delete ${channel}`), "Delete channel");
  } finally {
    hook.close();
    // What a failure left behind must not be told to the specs that follow.
    await database`update system.alert_rules set enabled = false where name = ${rule}`;
    await database`update system.alert_channels set enabled = false where name = ${channel}`;
  }
});

test("a rule is muted with a reason and unmuted, and both stand in the audit", async ({ superadmin: page }) => {
  test.setTimeout(300_000);
  await page.goto("/alerts?tab=rules");
  const name = "Redis is down or unknown";
  const muting = await opened(page, `Mute ${name}`, `Mute ${name}`);
  await muting.getByLabel("Mute for").selectOption("4");
  await muting.getByRole("button", { name: "Preview" }).click();
  await confirmed(page.getByRole("dialog", { name: `Mute ${name}` }), "Mute rule", "Planned restart");
  await expect(page.getByText(/Muted until/).first()).toBeVisible(SOON);
  await confirmed(await opened(page, `Unmute ${name}`, `Unmute ${name}`), "Unmute rule");
  await expect(page.getByRole("button", { name: `Mute ${name}`, exact: true })).toBeVisible(SOON);
  await page.goto("/audit?action=alert.rule-mute");
  const told = page.getByRole("row").filter({ hasText: "alert.rule-mute" }).first();
  await expect(told).toContainText("mute reason, muted until", SOON);
});

test("what does not fit is said at its field, and nothing is saved", async ({ superadmin: page }) => {
  test.setTimeout(300_000);
  await page.goto("/alerts?tab=delivery");
  const making = await opened(page, "New channel", "New channel");
  await making.getByLabel("Name").fill("metadata");
  await making.getByLabel("Address").fill("http://169.254.169.254/latest/meta-data");
  await making.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("dialog").getByText(/not allowed/)).toBeVisible(SOON);
  await expect(page.getByRole("button", { name: "Save channel" })).toBeDisabled();
});

test("those who may only look see no buttons, and those who may not look are told so", async ({ as }) => {
  test.setTimeout(300_000);
  const auditor = await as("auditor");
  for (const path of ["/alerts", "/alerts?tab=rules", "/alerts?tab=delivery", "/alerts?tab=maintenance"]) {
    await auditor.goto(path);
    await expect(auditor.getByRole("heading", { name: "Alerts", level: 1 })).toBeVisible();
    await expect(auditor.getByRole("button", { name: /^(Mute|Edit|New|Start|Acknowledge)/ })).toHaveCount(0);
  }
  const support = await as("support");
  await support.goto("/alerts");
  await expect(support.getByRole("heading", { name: "Your role may not open this" })).toBeVisible();
  await expect(support.getByRole("link", { name: /^Alerts/ })).toHaveCount(0);
});
