// npm run bench: the console against the same SQL without it, at a million people, as ratios of one run.
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { env } from "@/lib/env";
import { compare, type Console, floorOf, report } from "./compare";
import { benchHealth } from "./health";
import { interleave, send, type Target } from "./measure";
import { benchMoney } from "./money";
import { pageWeight } from "./page-weight";
import { signIn } from "../sign-in";
import { readsToMeasure } from "./statements";
import { serve } from "../../stack/serve.mjs";

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "300" },
    port: { type: "string", default: "31100" },
    /** `people`, `money` or `health`; all when not said. */
    only: { type: "string" },
  },
});
const ROUNDS = Number(flags.rounds);
const BASE = `http://localhost:${flags.port}`;
const TOKEN = "a-token-for-one-bench-run";
const ADMIN = { email: "bench@quadrant.local", password: "a password for one bench run" };

function web(): ChildProcess {
  // without an address for Elasticsearch a search is answered by PostgreSQL, which is what is compared here
  const { ELASTICSEARCH_URL: _search, ...rest } = process.env;
  return spawn(process.execPath, serve(flags.port), {
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

const wants = (part: string) => flags.only === undefined || flags.only === part;

const server = web();
try {
  await untilReady();
  const cookie = await signIn(BASE, ADMIN);
  const of = { base: BASE, cookie, rounds: ROUNDS };
  if (wants("people")) await comparePeople(of);
  if (wants("money")) await benchMoney(of, server.pid);
  if (wants("health")) await benchHealth(BASE, cookie, TOKEN);
} finally {
  server.kill("SIGTERM");
}

/** The console against its own statements without it. */
async function comparePeople(of: Console): Promise<void> {
  const { reads, people } = await readsToMeasure();
  const title = `${people.toLocaleString("en")} people`;
  await compare(of, title, reads, (rawPort) => suspending(of, rawPort));
  console.log(`\nclient JavaScript of /users: ${await pageWeight(BASE, of.cookie, "/users")}\n`);
}

/** Every round suspends two people nobody suspended before: one by bare statements, one through the console. */
async function suspending(of: Console, rawPort: number): Promise<void> {
  const rounds = Math.min(ROUNDS, 200);
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });
  const victims = await sql<{ id: string; version: number }[]>`
    select u.id, u.version from app.users u where u.status = 'active' and u.deleted_at is null
      and not exists (select 1 from app.user_roles r where r.user_id = u.id)
    order by u.id offset 100000 limit ${2 * (rounds + 30)}`;
  await sql.end();
  const victim = (index: number) => victims[index] ?? { id: "", version: 0 };
  const headers = (version: number) => ({
    cookie: of.cookie,
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
  const floor = floorOf(of);
  report("suspend with audit", await interleave([rawTarget, floor, ours], rounds), 2);
  await send(floor());
}
