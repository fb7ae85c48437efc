// The platform under test: the test stack's engines with a migrated and seeded demo platform, one worker, one web server.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "../stack/serve.mjs";

export const STACK_DIR = path.resolve(process.env.QUADRANT_DIR ?? ".quadrant/test");
const PORT = 31_000;
export const BASE_URL = `http://localhost:${PORT}`;
export const ADMIN = { email: "admin@quadrant.local", password: "correct horse battery staple 42" };
const START_LIMIT_MS = 300_000;
const STOP_LIMIT_MS = 8_000;

/** The environment of the platform's processes: the held test stack's, with an address and an administrator. */
export function platformEnv(): Record<string, string> {
  const stack: Record<string, string> = JSON.parse(readFileSync(path.join(STACK_DIR, "env.json"), "utf8"));
  return {
    ...stack,
    QUADRANT_URL: BASE_URL,
    PORT: String(PORT),
    QUADRANT_ADMIN_EMAIL: ADMIN.email,
    QUADRANT_ADMIN_PASSWORD: ADMIN.password,
  };
}

const children: ChildProcess[] = [];

function run(name: string, args: readonly string[], nodeEnv: string): ChildProcess {
  mkdirSync(path.join(STACK_DIR, "logs"), { recursive: true });
  const log = openSync(path.join(STACK_DIR, "logs", `${name}.log`), "w");
  const env = { ...process.env, ...platformEnv(), NODE_ENV: nodeEnv as "production" };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", log, log] });
  children.push(child);
  return child;
}

function prepare(script: string): void {
  const done = spawnSync(process.execPath, ["--conditions=react-server", "--import", "tsx", script], {
    env: { ...process.env, ...platformEnv() },
    encoding: "utf8",
    timeout: 600_000,
  });
  if (done.status !== 0) throw new Error(`${script} failed:\n${done.stdout}\n${done.stderr}`);
}

async function answered(url: string, accept: (body: string) => boolean): Promise<void> {
  for (const end = Date.now() + START_LIMIT_MS; ; await sleep(200)) {
    const body = await fetch(url).then(
      (answer) => answer.text(),
      () => "",
    );
    if (accept(body)) return;
    if (Date.now() > end) throw new Error(`${url} did not answer as hoped: ${body.slice(0, 300)}`);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await Promise.race([gone, sleep(STOP_LIMIT_MS)]);
  child.kill("SIGKILL");
}

/** Migrates and seeds (both safe to repeat), starts worker and web, waits until nearly all of the 2,000 can be found (some are in the trash); returns the teardown. */
export default async function platform(): Promise<() => Promise<void>> {
  prepare("drizzle/migrate.ts");
  prepare("drizzle/bootstrap.ts");
  prepare("drizzle/seed/main.ts");
  run("worker", ["--conditions=react-server", "--import", "tsx", "lib/worker/main.ts"], "production");
  run("web", serve(PORT), "production");
  await answered(`${BASE_URL}/api/health/ready`, (body) => body.includes("status"));
  const elasticsearch = platformEnv().ELASTICSEARCH_URL;
  await answered(`${elasticsearch}/users/_count`, (body) => Number(/"count":(\d+)/.exec(body)?.[1] ?? 0) >= 1_900);
  return async () => {
    await Promise.all(children.map(stop));
  };
}
