// Finds a Java runtime for Elasticsearch: the machine's own, else one from Debian's packages.
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findProgram, throughLoader } from "./apt.mjs";
import { asNobody } from "./folder.mjs";

const WANTED = 21;
const OLDEST = 17;

/** The first Java of 21 or newer, else one from packages, else an old one of 17: `{ home, major, source }`. */
export async function findJava(bundle) {
  const found = [];
  const seen = new Set();
  for (const { home, source } of places()) {
    if (!fs.existsSync(path.join(home, "bin/java"))) continue;
    const real = fs.realpathSync(home);
    if (seen.has(real)) continue;
    seen.add(real);
    const java = { home: real, source, major: await majorVersion(real) };
    if (java.major >= WANTED || (source === "ES_JAVA_HOME" && java.major >= OLDEST)) return java;
    if (java.major >= OLDEST) found.push(java);
  }
  try {
    return { home: await fromPackages(bundle), major: WANTED, source: "apt" };
  } catch (error) {
    if (found[0]) return found[0];
    throw new Error(`there is no Java ${WANTED} or newer and none could be fetched (${error.message.split("\n")[0]})`);
  }
}

/** PATH often holds an old one while a newer lies beside it, so every usual place is looked at. */
function places() {
  const onPath = findProgram("java");
  const list = [
    { source: "ES_JAVA_HOME", home: process.env.ES_JAVA_HOME },
    { source: "JAVA_HOME", home: process.env.JAVA_HOME },
    { source: "PATH", home: onPath && path.dirname(path.dirname(fs.realpathSync(onPath))) },
  ];
  const parents = ["/usr/lib/jvm", "/opt", "~/.sdkman/candidates/java", "~/.jdks", "/Library/Java/JavaVirtualMachines"];
  for (const parent of parents) {
    const dir = parent.replace("~", os.homedir());
    const inner = parent.startsWith("/Library") ? "Contents/Home" : "";
    const names = fs.existsSync(dir) ? fs.readdirSync(dir) : [];
    for (const name of names) list.push({ source: "found on disk", home: path.join(dir, name, inner) });
  }
  return list.filter((place) => place.home);
}

/** Asked as the user who will run it: a runtime he cannot read is none. The release file saves asking old ones. */
async function majorVersion(home) {
  const release = path.join(home, "release");
  const noted = fs.existsSync(release) ? fs.readFileSync(release, "utf8") : "";
  const major = Number(/^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(noted)?.[1] ?? 0);
  if (major > 0 && major < WANTED) return major;
  const options = { ...asNobody, timeout: 60_000, env: { PATH: process.env.PATH } };
  try {
    const args = ["-XshowSettings:properties", "-version"];
    const { stderr } = await promisify(execFile)(path.join(home, "bin/java"), args, options);
    return Number(/java\.specification\.version = (?:1\.)?(\d+)/.exec(stderr)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function fromPackages(bundle) {
  const libc = await bundle.libc();
  const sizes = { downloadMb: 42, diskMb: 300 };
  const jre = await bundle.get("trixie-jre-21", "a Java 21 runtime", sizes, ["openjdk-21-jre-headless", "zlib1g"]);
  const home = `${jre}/usr/lib/jvm/java-21-openjdk-${process.arch === "x64" ? "amd64" : "arm64"}`;
  if (!fs.existsSync(`${home}/bin/java.real`)) relocate(home, jre, libc);
  return home;
}

/** Debian's runtime links into /etc by absolute paths, and its program needs the newer C library. */
function relocate(home, jre, libc) {
  for (const entry of fs.readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue;
    const link = path.join(entry.parentPath ?? entry.path, entry.name);
    const target = fs.readlinkSync(link);
    if (!target.startsWith("/etc/") || !fs.existsSync(jre + target)) continue;
    fs.rmSync(link);
    fs.symlinkSync(jre + target, link);
  }
  const command = throughLoader([libc, jre], [`${home}/lib`, `${home}/lib/server`]).join(" ");
  const script = `#!/bin/sh\nexec ${command} ${home}/bin/java.real "$@"\n`;
  fs.writeFileSync(`${home}/bin/java.script`, script, { mode: 0o755 });
  fs.renameSync(`${home}/bin/java`, `${home}/bin/java.real`);
  fs.renameSync(`${home}/bin/java.script`, `${home}/bin/java`);
}
