// The launcher as its user meets it: each test starts the real one in a folder of its own, with PostgreSQL alone.
import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startEngine, stopEngine } from "./control.mjs";
import { startTime } from "./process.mjs";

const SLOW_MS = 180_000;
const launchers: ChildProcess[] = [];
let dir = "";

type Outcome = { output: string; code: number | null };

/** Runs the launcher until it holds the engines or ends; `outcome` tells how it ended. */
function start(extraEnv: Record<string, string> = {}, args = ["--hold", "--only=postgres"]) {
  // nothing of the stack these tests themselves run on
  const { PATH, HOME, QUADRANT_CACHE } = process.env;
  const env: NodeJS.ProcessEnv = { NODE_ENV: "test", PATH, HOME };
  if (QUADRANT_CACHE) env.QUADRANT_CACHE = QUADRANT_CACHE;
  Object.assign(env, extraEnv);
  const launcher: ChildProcess = spawn(process.execPath, ["stack/main.mjs", "--dir", dir, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  launchers.push(launcher);
  let output = "";
  launcher.stdout?.on("data", (data: Buffer) => (output += data.toString()));
  launcher.stderr?.on("data", (data: Buffer) => (output += data.toString()));
  const outcome = new Promise<Outcome>((done) => launcher.on("close", (code) => done({ output, code })));
  const ready = new Promise<void>((done, fail) => {
    launcher.on("message", () => done());
    void outcome.then((ended) => fail(new Error(`ended with ${ended.code}: ${ended.output}`)));
  });
  ready.catch(() => {});
  return { launcher, ready, outcome };
}

/** What the launcher wrote for others; its shape is the launcher's promise. */
const read = <T>(name: string): T => JSON.parse(fs.readFileSync(path.join(dir, name), "utf8"));
const databaseUrl = () => read<{ DATABASE_URL: string }>("env.json").DATABASE_URL;

async function answers(): Promise<number> {
  const sql = postgres(databaseUrl(), { max: 1, connect_timeout: 30 });
  try {
    return Number((await sql`select 1 as one`)[0]?.one);
  } finally {
    await sql.end();
  }
}

function enginePid(): number {
  return read<{ engines: { postgres: { pid: number } } }>("runtime.json").engines.postgres.pid;
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  return address.port;
}

// a zombie nobody has reaped yet is dead
const isAlive = (pid: number) => startTime(pid) !== null;

beforeAll(() => {
  // short and open to the user the engine runs as
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "quadrant-stack-"));
  fs.chmodSync(dir, 0o755);
});

afterEach(async () => {
  const ended = launchers.map(
    (each) => new Promise((done) => ((each.exitCode ?? each.signalCode) !== null ? done(0) : each.on("close", done))),
  );
  for (const each of launchers) each.kill("SIGTERM");
  await Promise.all(ended);
  launchers.length = 0;
}, SLOW_MS);

afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

describe("the launcher", () => {
  test("says so when it runs already in this folder", { timeout: SLOW_MS }, async () => {
    const first = start();
    await first.ready;
    const second = await start().outcome;
    expect(second.code).toBe(3);
    expect(second.output).toContain(`Quadrant already runs in this folder (pid ${first.launcher.pid})`);
    expect(await answers()).toBe(1);
  });

  test("stops within five seconds and leaves no process, lock or environment", { timeout: SLOW_MS }, async () => {
    const { launcher, ready, outcome } = start();
    await ready;
    const pid = enginePid();
    const begun = performance.now();
    launcher.kill("SIGINT");
    expect((await outcome).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(isAlive(pid)).toBe(false);
    for (const name of ["lock", "env.json", "runtime.json"]) expect(fs.existsSync(path.join(dir, name))).toBe(false);
  });

  test("reaps what a killed launcher left, on the same port", { timeout: SLOW_MS }, async () => {
    const killed = start();
    await killed.ready;
    const orphan = enginePid();
    const url = databaseUrl();
    killed.launcher.kill("SIGKILL");
    await killed.outcome;
    expect(isAlive(orphan)).toBe(true);

    await start().ready;
    expect(isAlive(orphan)).toBe(false);
    expect(databaseUrl()).toBe(url);
    expect(await answers()).toBe(1);
  });

  test("reports a port taken by another program and uses another", { timeout: SLOW_MS }, async () => {
    const { ports } = read<{ ports: { postgres: number } }>("state.json");
    const other = net.createServer().listen(ports.postgres, "127.0.0.1");
    try {
      const { launcher, ready, outcome } = start();
      await ready;
      expect(await answers()).toBe(1);
      expect(databaseUrl()).not.toContain(`:${ports.postgres}/`);
      launcher.kill("SIGTERM");
      expect((await outcome).output).toContain(`postgres: port ${ports.postgres} is taken by another program, using`);
    } finally {
      other.close();
    }
  });

  test("stops and starts one engine on the same port", { timeout: SLOW_MS }, async () => {
    await start().ready;
    await stopEngine(dir, "postgres");
    await expect(answers()).rejects.toThrow();
    await startEngine(dir, "postgres");
    expect(await answers()).toBe(1);
  });

  test("names the URLs that are missing beside those given", { timeout: SLOW_MS }, async () => {
    const { code, output } = await start({ DATABASE_URL: "postgres://quadrant_app@127.0.0.1/quadrant" }).outcome;
    expect(code).toBe(1);
    expect(output).toContain("SYSTEM_DATABASE_URL, AUDIT_DATABASE_URL");
  });

  test("refuses production without every URL and secret", { timeout: SLOW_MS }, async () => {
    const { code, output } = await start({ NODE_ENV: "production" }, []).outcome;
    expect(code).toBe(1);
    expect(output).toContain("missing: DATABASE_URL,");
    expect(output).toContain("QUADRANT_SECRET");
  });

  test("says which port of the pages is taken when PORT was given", { timeout: SLOW_MS }, async () => {
    const other = net.createServer();
    const port = await new Promise<number>((done) => {
      other.listen(0, "127.0.0.1", () => done(portOf(other)));
    });
    const { code, output } = await start({ PORT: String(port) }, []).outcome;
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`PORT ${port} is taken by another program`);
  });
});
