// Gets the Elasticsearch core: by Maven, once, checked by its SHA-512.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { findProgram } from "../apt.mjs";
import { run } from "../process.mjs";
import { unzip } from "../zip.mjs";

const GROUP = "org.elasticsearch.distribution.integ-test-zip";
const SHA512 = {
  "9.2.0":
    "2c624e913bb8712fb1698fc1ab3a241c868228183f089ff3cde17ad7bc7b5a9663454c2af939c65e075663826371e3d4344dca43a55a8aab9594f9a64b01d2c7",
  "8.19.7":
    "80469a18f7cbc5c73f81815f30235edb7a89f56d7ead20048bf07b6a1469b1f33ee67619a3fb49d85cb0b3e866fca8b63f04ff07daab4790240e1c0abb30fdf4",
};

/** 9.2.0 needs Java 21; 8.19.7 runs on 17. */
export const versionFor = (javaMajor) => (javaMajor >= 21 ? "9.2.0" : "8.19.7");

/** The unpacked tree of that version, from the cache or fetched once. */
export function fetchElasticsearch(version, { cached, log, javaHome }) {
  const sizes = { downloadMb: 99, diskMb: 400 };
  return cached(`elasticsearch-${version}`, `Elasticsearch ${version}`, sizes, async (dir) => {
    const zip = path.join(dir, `elasticsearch-${version}.zip`);
    if (!findProgram("mvn")) throw new Error("it is fetched by Maven (mvn), which is not here");
    await byMaven(version, dir, { log, javaHome });
    await check(zip, version);
    unzip(zip, dir);
    fs.rmSync(zip);
    const inner = path.join(dir, `elasticsearch-${version}`);
    for (const name of fs.readdirSync(inner)) fs.renameSync(path.join(inner, name), path.join(dir, name));
    fs.rmdirSync(inner);
    for (const name of fs.readdirSync(path.join(dir, "bin"))) fs.chmodSync(path.join(dir, "bin", name), 0o755);
  });
}

async function byMaven(version, dir, { log, javaHome }) {
  const repository = path.join(dir, "m2");
  const settings = [
    `-Dartifact=${GROUP}:elasticsearch:${version}:zip`,
    `-DoutputDirectory=${dir}`,
    `-Dmaven.repo.local=${repository}`,
  ];
  const env = { ...process.env, JAVA_HOME: process.env.JAVA_HOME ?? javaHome };
  try {
    await run("mvn", ["-B", "-q", "dependency:copy", ...settings], { log, env, cwd: dir });
  } finally {
    fs.rmSync(repository, { recursive: true, force: true });
  }
}

async function check(zip, version) {
  const hash = createHash("sha512");
  await pipeline(fs.createReadStream(zip), hash);
  if (hash.digest("hex") !== SHA512[version]) throw new Error(`the download of Elasticsearch ${version} is damaged`);
}
