// Uses the stack that runs in a folder, or holds one for as long as it is needed.
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readJson } from "./folder.mjs";
import { holder } from "./lock.mjs";

const MAIN = fileURLToPath(new URL("./main.mjs", import.meta.url));

/** `{ env, stop }`: the environment of the console there; `stop` ends only what this call has started. */
export async function useStack(dir) {
  const file = path.join(path.resolve(dir), "env.json");
  const running = holder(dir) && readJson(file, null);
  if (running) return { env: running, stop: async () => {} };

  const launcher = spawn(process.execPath, [MAIN, "--dir", dir, "--hold"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  const ended = new Promise((done) => launcher.on("exit", done));
  const ready = await Promise.race([new Promise((done) => launcher.on("message", done)), ended]);
  if (ready !== "ready") throw new Error("The engines could not be started.");
  launcher.disconnect();
  const stop = async () => {
    launcher.kill("SIGTERM");
    await ended;
  };
  return { env: readJson(file, {}), stop };
}
