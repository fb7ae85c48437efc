import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { BASE_URL } from "./platform";

/** The shell draws no window of its own, which costs half as much as the whole browser. */
const INSTALLED = [process.env.CHROMIUM_PATH, "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

async function chromium(): Promise<string> {
  const installed = INSTALLED.find((path) => path && existsSync(path));
  return installed ?? (await (await import("@sparticuz/chromium")).default.executablePath());
}

export default defineConfig({
  testDir: ".",
  outputDir: "../.quadrant/test/playwright",
  globalSetup: "./platform.ts",
  // one worker: some specs stop an engine that all others need
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI === "true",
  use: {
    baseURL: BASE_URL,
    locale: "en-GB",
    timezoneId: "Europe/Lisbon",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: { executablePath: await chromium() },
  },
});
