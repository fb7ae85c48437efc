import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { type Proxy, startProxy } from "@/lib/testing/proxy";
import { createLocks } from "./lock";

let systemProxy: Proxy;
const children: ChildProcess[] = [];

beforeAll(async () => {
  await database();
  systemProxy = await startProxy(env().SYSTEM_DATABASE_URL);
});
afterAll(() => children.forEach((child) => child.kill("SIGKILL")));

/** A process that leads in `name` as a worker does; back when it leads. */
async function leader(name: string): Promise<ChildProcess> {
  const script = `import { createLocks } from "./lib/worker/lock.ts";
    const locks = createLocks(process.env.SYSTEM_DATABASE_URL);
    const ask = async () => process.stdout.write(String(await locks.leads(${JSON.stringify(name)})));
    setInterval(ask, 1_000);`;
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", script],
    { env: process.env, stdio: ["ignore", "pipe", "inherit"] },
  );
  children.push(child);
  let said = "";
  child.stdout.on("data", (data: Buffer) => (said = String(data)));
  await expect.poll(() => said, { timeout: 60_000 }).toContain("true");
  return child;
}

describe("the election", () => {
  it("lets one worker lead, and another one as soon as it is gone", async () => {
    const [first, second] = [createLocks(env().SYSTEM_DATABASE_URL), createLocks(env().SYSTEM_DATABASE_URL)];
    expect([await first.leads("a"), await second.leads("a"), await first.leads("a")]).toEqual([true, false, true]);
    expect(await second.leads("b")).toBe(true);
    await first.close();
    await expect.poll(() => second.leads("a"), { timeout: 10_000 }).toBe(true);
    await second.close();
  });

  it("leaves the leader in place while PostgreSQL is away, and nobody else", async () => {
    const [first, second] = [createLocks(systemProxy.url), createLocks(systemProxy.url)];
    expect([await first.leads("c"), await second.leads("c")]).toEqual([true, false]);
    await systemProxy.stop();
    await sleep(100);
    expect([await first.leads("c"), await second.leads("c")]).toEqual([true, false]);
    await systemProxy.resume();
    await expect.poll(async () => [await first.leads("c"), await second.leads("c")].filter(Boolean)).toHaveLength(1);
    await Promise.all([first.close(), second.close()]);
  });

  it("replaces a leader that hangs within 30 s, though its connection stays open", async () => {
    const child = await leader("d");
    const other = createLocks(env().SYSTEM_DATABASE_URL);
    expect(await other.leads("d")).toBe(false);
    child.kill("SIGSTOP");
    const began = performance.now();
    await expect.poll(() => other.leads("d"), { timeout: 30_000, interval: 1_000 }).toBe(true);
    expect(performance.now() - began).toBeLessThan(20_000);
    await other.close();
  });

  it("keeps a leader that has nothing to do", async () => {
    const [first, second] = [createLocks(env().SYSTEM_DATABASE_URL), createLocks(env().SYSTEM_DATABASE_URL)];
    expect(await first.leads("e")).toBe(true);
    await sleep(15_000);
    expect([await second.leads("e"), await first.leads("e")]).toEqual([false, true]);
    await Promise.all([first.close(), second.close()]);
  });

  it("is not held up by a PostgreSQL that is frozen: who led goes on", async () => {
    const locks = createLocks(systemProxy.url);
    expect(await locks.leads("f")).toBe(true);
    systemProxy.freeze();
    for (const end = Date.now() + 10_000; Date.now() < end; await sleep(500)) {
      const began = performance.now();
      expect(await locks.leads("f")).toBe(true);
      expect(performance.now() - began).toBeLessThan(4_000);
    }
    systemProxy.thaw();
    await locks.close();
  });
});
