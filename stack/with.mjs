// Runs a TypeScript file of the project with the console's environment. Arguments: file, then its own arguments.
import { spawn } from "node:child_process";
import { useStack } from "./hold.mjs";

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error("Which file? node stack/begin.mjs with FILE.ts [arguments]");
  process.exit(1);
}

let child;
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    stopped = true;
    // a terminal's Ctrl-C has reached the script already
    if (signal !== "SIGINT") child?.kill(signal);
  });
}
try {
  const stack = await useStack(process.env.QUADRANT_DIR ?? ".quadrant");
  const node = ["--conditions=react-server", "--import", "tsx", file, ...args];
  const code = await new Promise((done) => {
    if (stopped) return done(130);
    child = spawn(process.execPath, node, { stdio: "inherit", env: { ...stack.env, ...process.env } });
    child.on("exit", (status) => done(status ?? 1));
  });
  await stack.stop();
  process.exit(code);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
