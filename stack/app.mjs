// The console's own processes: data scripts before it, then web and worker.
import { end, isAlive, kill, launch, run, sleep, tail } from "./process.mjs";
import { isFree } from "./ports.mjs";
import { develop, serve } from "./serve.mjs";

const TYPESCRIPT = ["--conditions=react-server", "--import", "tsx"];
const MOST_RESTARTS = 5;

/** Runs a TypeScript file of the project to its end, its output on the terminal. */
export const runScript = (file, args, env) => run(process.execPath, [...TYPESCRIPT, file, ...args], { env });

/** Migrations, the first superadmin, and on the first run of a local platform its people. */
export async function prepareData(folder, env, { isLocal, say }) {
  await runScript("drizzle/prepare.ts", [], env);
  if (!isLocal || folder.state.seeded) return;
  say("first run: filling the demo platform …");
  await runScript("drizzle/seed/main.ts", [], env);
  folder.state.seeded = true;
  folder.save();
}

/** The port of the pages: PORT as given or not at all, else 3000 or the next free one. */
export async function choosePort(say) {
  const wanted = Number(process.env.PORT ?? 3000);
  if (await isFree(wanted)) return wanted;
  if (process.env.PORT) throw new Error(`PORT ${wanted} is taken by another program; free it or give another PORT.`);
  let port = wanted + 1;
  while (!(await isFree(port))) port++;
  say(`port ${wanted} is taken by another program, using ${port}`);
  return port;
}

/** Starts and keeps web and worker. `onGone` is called when one has died too often to be started again. */
export function createApp(folder, { isDev, say, onChange, onGone }) {
  const parts = new Map();
  let isStopping = false;

  async function keep(name, args, env) {
    for (let restarts = 0; !isStopping; restarts++) {
      const begun = performance.now();
      const child = launch(process.execPath, args, { env, log: isDev ? undefined : folder.log(name) });
      parts.set(name, child);
      folder.remember(name, child.id);
      onChange();
      const reason = await child.ended;
      if (isStopping) return;
      say(`${name} died (${reason})${isDev ? "" : `:\n${tail(folder.log(name))}`}`);
      if (performance.now() - begun > 60_000) restarts = 0;
      if (restarts === MOST_RESTARTS) return onGone(name);
      await sleep(500 * 2 ** restarts);
    }
  }

  return {
    /** Ends what a killed launcher left, before its port is looked at and the data migrated. */
    reap: () => Promise.all(["web", "worker"].map((name) => endGroup(folder.state.pids[name]))),
    startWeb(port, env) {
      const args = isDev ? develop(port) : serve(port);
      void keep("web", args, { ...env, NODE_ENV: isDev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
      return untilAnswering(port);
    },
    startWorker(env) {
      const args = [...TYPESCRIPT, "lib/worker/main.ts"];
      void keep("worker", args, { ...env, NODE_ENV: isDev ? "development" : "production" });
    },
    pidOf: (name) => parts.get(name)?.id?.pid ?? null,
    async stop() {
      isStopping = true;
      await Promise.all([...parts].map(([name, child]) => endGroup(child.id).then(() => folder.remember(name, null))));
    },
    kill() {
      isStopping = true;
      for (const child of parts.values()) if (isAlive(child.id)) kill(child.id.pid, "SIGKILL");
    },
  };
}

/** Next and the worker may have children of their own, which get the signal with them. */
const endGroup = (id) => end(id, "SIGTERM", { graceMs: 1500, send: kill });

async function untilAnswering(port) {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/api/health/live`, { signal: AbortSignal.timeout(5000) });
      return;
    } catch {
      await sleep(100);
    }
  }
}
