import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: {
      "@": root,
      // The tests run what the server runs; outside of Next this package would refuse.
      "server-only": path.join(root, "node_modules/server-only/empty.js"),
    },
  },
  test: {
    include: ["{app,components,drizzle,lib,stack}/**/*.test.{ts,tsx}"],
    globalSetup: ["lib/testing/global-setup.ts"],
    setupFiles: ["lib/testing/environment.ts"],
    pool: "forks",
    maxWorkers: 2,
    execArgv: ["--conditions=react-server"],
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
