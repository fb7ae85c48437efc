// npm run bench: the console against the same SQL without it, at a million people, as ratios of one run.
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { env } from "@/lib/env";
import { benchHealth } from "./health";
import { pageWeight } from "./page-weight";
import { interleave, send, type Target, type Times, verdict } from "./measure";
import { signIn } from "../sign-in";
import { readsToMeasure } from "./statements";

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "300" },
    port: { type: "string", default: "31100" },
    /** `people` or `health`; both when not said. */
    only: { type: "string" },
  },
});
const ROUNDS = Number(flags.rounds);
const BASE = `http://localhost:${flags.port}`;
const TOKEN = "a-token-for-one-bench-run";
const ADMIN = { email: "bench@quadrant.local", password: "a password for one bench run" };

function web(): ChildProcess {
  const args = ["node_modules/next/dist/bin/next", "start", "-p", flags.port, "-H", "127.0.0.1"];
  // without an address for Elasticsearch a search is answered by PostgreSQL, which is what is compared here
  const { ELASTICSEARCH_URL: _search, ...rest } = process.env;
  return spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...rest,
      NODE_ENV: "production",
      QUADRANT_URL: BASE,
      PORT: flags.port,
      QUADRANT_LOG: "warn",
      QUADRANT_METRICS_TOKEN: TOKEN,
    },
  });
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (
      await fetch(`${BASE}/api/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error("The console did not become ready in two minutes.");
}

function report(name: string, [raw, floor, ours]: readonly Times[], wanted: number): void {
  if (!raw || !floor || !ours) return;
  const ratio = ours.p50_ms / (raw.p50_ms + floor.p50_ms);
  const figures = [raw, floor, ours].map(({ p50_ms, p95_ms }) => `${p50_ms.toFixed(2)} / ${p95_ms.toFixed(2)}`);
  console.log(
    [
      name.padEnd(40),
      ...figures.map((text) => text.padStart(15)),
      ratio.toFixed(2).padStart(7),
      verdict(ratio, wanted),
    ].join(" "),
  );
}

const server = web();
try {
  await untilReady();
  const cookie = await signIn(BASE, ADMIN);
  if (flags.only !== "health") await comparePeople(cookie);
  if (flags.only !== "people") await benchHealth(BASE, cookie, TOKEN);
} finally {
  server.kill("SIGTERM");
}

/** The console against its own statements without it. */
async function comparePeople(cookie: string): Promise<void> {
  const { reads, people } = await readsToMeasure();
  const raw = fork(new URL("./raw-server.ts", import.meta.url), { execArgv: process.execArgv });
  try {
    raw.send(reads);
    const [rawPort] = (await once(raw, "message")) as [number];
    const headers = { cookie };
    const floor = (): Target => ({ url: `${BASE}/api/health/live`, headers });
    console.log(`${people.toLocaleString("en")} people, ${ROUNDS} rounds, p50 / p95 in ms\n`);
    console.log(
      `${"".padEnd(40)} ${["raw", "floor", "Quadrant"].map((text) => text.padStart(15)).join(" ")}   ratio  wanted`,
    );
    for (const [index, read] of reads.entries()) {
      const rawTarget = () => ({ url: `http://127.0.0.1:${rawPort}/?read=${index}` });
      const ours = () => ({ url: BASE + read.path, headers });
      report(read.name, await interleave([rawTarget, floor, ours], ROUNDS), 1.3);
    }
    await suspending(cookie, rawPort);
    console.log(`\nclient JavaScript of /users: ${await pageWeight(BASE, cookie, "/users")}\n`);
  } finally {
    raw.kill("SIGTERM");
  }
}

/** Every round suspends two people nobody suspended before: one by bare statements, one through the console. */
async function suspending(cookie: string, rawPort: number): Promise<void> {
  const rounds = Math.min(ROUNDS, 200);
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });
  const victims = await sql<{ id: string; version: number }[]>`
    select u.id, u.version from app.users u where u.status = 'active' and u.deleted_at is null
      and not exists (select 1 from app.user_roles r where r.user_id = u.id)
    order by u.id offset 100000 limit ${2 * (rounds + 30)}`;
  await sql.end();
  const victim = (index: number) => victims[index] ?? { id: "", version: 0 };
  const headers = (version: number) => ({
    cookie,
    origin: BASE,
    "sec-fetch-site": "same-origin",
    "content-type": "application/json",
    "if-match": `"${version}"`,
  });
  const rawTarget = (round: number): Target => {
    const { id, version } = victim(2 * round);
    return { url: `http://127.0.0.1:${rawPort}/?id=${id}&version=${version}` };
  };
  const ours = (round: number): Target => {
    const { id, version } = victim(2 * round + 1);
    const url = `${BASE}/api/v1/users/${id}/suspend`;
    return { url, method: "POST", headers: headers(version), body: JSON.stringify({ reason: "Measured" }) };
  };
  const floor = (): Target => ({ url: `${BASE}/api/health/live`, headers: { cookie } });
  report("suspend with audit", await interleave([rawTarget, floor, ours], rounds), 2);
  await send(floor());
}
