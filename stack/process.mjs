// Processes known by pid and start time, so that a reused pid is never mistaken for one of ours.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Start time of a live process (field 22 of /proc/PID/stat), or null when it is gone or a zombie. */
export function startTime(pid) {
  try {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop().split(" ");
    return fields[0] === "Z" ? null : fields[19];
  } catch {
    if (process.platform === "linux") return null;
  }
  try {
    process.kill(pid, 0);
    return "alive";
  } catch {
    return null;
  }
}

export const identify = (pid) => ({ pid, start: startTime(pid) });

export const isAlive = (id) => Boolean(id?.pid) && id.start !== null && startTime(id.pid) === id.start;

export function commandLine(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Signals a process, or its whole group when it leads one; a process already gone is fine. */
export function kill(pid, signal) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // no such group: try the process itself
    }
  }
}

/** Ends a process: the signal first, SIGKILL after `graceMs`. */
export async function end(id, signal, { graceMs = 3000, send = (pid, name) => process.kill(pid, name) } = {}) {
  if (!isAlive(id)) return;
  try {
    send(id.pid, signal);
  } catch {
    return;
  }
  const begun = performance.now();
  let isKilled = false;
  while (isAlive(id)) {
    if (!isKilled && performance.now() - begun > graceMs) {
      kill(id.pid, "SIGKILL");
      isKilled = true;
    }
    await sleep(20);
  }
}

/** Opens a log for appending; above 5 MB the old one is moved aside first. */
export function openLog(file) {
  if (fs.statSync(file, { throwIfNoEntry: false })?.size > 5e6) fs.renameSync(file, `${file}.1`);
  return fs.openSync(file, "a");
}

export function tail(file, lines = 6) {
  try {
    return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "";
  }
}

/**
 * Starts a child in a group of its own, so that a terminal's Ctrl-C reaches the launcher alone and we choose the
 * order of leaving. `dead` holds the reason once it has ended.
 */
export function launch(command, args, { log, stdin = "ignore", ...options }) {
  const output = log === undefined ? "inherit" : openLog(log);
  const child = spawn(command, args, { stdio: [stdin, output, output], detached: true, ...options });
  if (log !== undefined) fs.closeSync(output);
  const launched = { process: child, id: child.pid ? identify(child.pid) : null, dead: null };
  launched.ended = new Promise((done) => {
    child.on("error", (error) => done((launched.dead = error.message)));
    child.on("exit", (code, signal) => done((launched.dead = `exit ${code ?? signal}`)));
  });
  return launched;
}

/** Runs a command to its end; its output goes to the log, and the log's end into the error. */
export async function run(command, args, { log, ...options } = {}) {
  const child = launch(command, args, { log, ...options });
  running.add(child);
  const reason = await child.ended;
  running.delete(child);
  if (reason === "exit 0") return;
  throw new Error(`${command} ${args[0]} ended with ${reason}${log ? `\n${tail(log)}` : ""}`);
}

const running = new Set();

/** Ends the commands that are under way (a download, a build), when the launcher leaves. */
export function endRunning() {
  for (const child of running) if (child.id) kill(child.id.pid, "SIGKILL");
}

/** Sends bytes to a local port and judges the first answer; false when there is none within a second. */
export function ask(port, message, accepts) {
  return new Promise((done) => {
    const socket = net.connect(port, "127.0.0.1");
    const finish = (answer) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(1000, () => finish(false));
    socket.on("connect", () => socket.write(message));
    socket.on("data", (data) => finish(accepts(data)));
    socket.on("error", () => finish(false));
    socket.on("close", () => finish(false));
  });
}
