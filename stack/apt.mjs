// Packages of one newer Debian release, unpacked and never installed, run through their own dynamic loader.
import fs from "node:fs";
import path from "node:path";
import { run } from "./process.mjs";

const TRIPLET = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch];
const LOADER = { x64: "ld-linux-x86-64.so.2", arm64: "ld-linux-aarch64.so.1" }[process.arch];
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const SUITE = "trixie";

export function findProgram(name) {
  for (const dir of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(dir, name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      if (fs.statSync(file).isFile()) return file;
    } catch {
      // not here
    }
  }
  return null;
}

/** The mirror this machine is configured for, or null. */
function findMirror() {
  const extra = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list"];
  if (fs.existsSync(extra)) files.push(...fs.readdirSync(extra).map((name) => path.join(extra, name)));
  for (const file of files) {
    if (!fs.existsSync(file)) continue;
    const lines = fs.readFileSync(file, "utf8").replace(/^\s*#.*$/gm, "");
    const found = /https?:\/\/\S+\/debian\/?(?=\s|$)/m.exec(lines);
    if (found) return found[0];
  }
  return null;
}

/** What keeps this machine from using Debian's packages, or null. */
export function bundleObstacle() {
  if (!TRIPLET) return `there are no packages for ${process.platform} ${process.arch}`;
  for (const program of ["apt-get", "dpkg"]) if (!findProgram(program)) return `${program} is missing`;
  if (!fs.existsSync(KEYRING)) return "Debian's archive keyring is missing";
  return findMirror() ? null : "no Debian mirror is configured";
}

/** Command prefix that runs a program with the libraries of the unpacked folders and none of the host's. */
export function throughLoader(folders, extra = []) {
  const libraries = folders.map((dir) => `${dir}/usr/lib/${TRIPLET}`);
  const loader = `${libraries[0]}/${LOADER}`;
  return [loader, "--inhibit-cache", "--library-path", [...libraries, ...extra].join(":")];
}

/** The release this machine runs, for libraries its own programs shall load. */
export function hostSuite() {
  const release = fs.existsSync("/etc/os-release") ? fs.readFileSync("/etc/os-release", "utf8") : "";
  return /^VERSION_CODENAME=(\w+)/m.exec(release)?.[1] ?? SUITE;
}

/** Returns the bundle: `get(name, note, sizes, packages)` → unpacked folder, `libc()` → the newer C library. */
export function createBundle(folder, cached) {
  const base = path.join(folder.cache, `.apt-${process.pid}`);
  const log = folder.log("download");
  const lists = new Map();

  async function unpack(dir, packages, suite) {
    const own = path.join(base, suite);
    if (!lists.has(suite)) lists.set(suite, updateLists(own, suite, log));
    await lists.get(suite);
    const debs = path.join(dir, "debs");
    fs.mkdirSync(debs);
    await run("apt-get", [...options(own), "download", ...packages], { log, cwd: debs });
    for (const file of fs.readdirSync(debs)) await run("dpkg", ["-x", path.join(debs, file), dir], { log });
    fs.rmSync(debs, { recursive: true });
  }

  const get = async (name, note, sizes, packages, suite = SUITE) => {
    const obstacle = bundleObstacle();
    if (obstacle) throw new Error(obstacle);
    return cached(name, note, sizes, (dir) => unpack(dir, packages, suite));
  };
  return {
    get,
    libc: () => get("trixie-libc", "glibc 2.41", { downloadMb: 4, diskMb: 50 }, ["libc6", "libgcc-s1", "libstdc++6"]),
    close: () => fs.rmSync(base, { recursive: true, force: true }),
  };
}

async function updateLists(base, suite, log) {
  fs.mkdirSync(`${base}/lists/partial`, { recursive: true });
  fs.mkdirSync(`${base}/cache/archives/partial`, { recursive: true });
  fs.writeFileSync(`${base}/status`, "");
  fs.writeFileSync(`${base}/src.list`, `deb [signed-by=${KEYRING}] ${findMirror()} ${suite} main\n`);
  await run("apt-get", [...options(base), "update"], { log });
}

/** Lists, cache and status of our own: the system's stay as they are, and no right to change them is needed. */
function options(base) {
  const settings = [
    `Dir::Etc::sourcelist=${base}/src.list`,
    "Dir::Etc::sourceparts=-",
    `Dir::State::lists=${base}/lists`,
    `Dir::State::status=${base}/status`,
    `Dir::Cache=${base}/cache`,
    "APT::Sandbox::User=",
    "APT::Update::Post-Invoke-Success=",
    "DPkg::Post-Invoke=",
    "Acquire::Languages=none",
    "Acquire::Retries=3",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
  ];
  return ["-q", ...settings.flatMap((setting) => ["-o", setting])];
}
