// The environment of the console: the engines' URLs and this folder's secrets.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { ENGINES } from "./supervisor.mjs";

const REQUIRED = ENGINES.flatMap((engine) => engine.variables);
REQUIRED.push("QUADRANT_SECRET", "QUADRANT_CHECKPOINT_KEY", "QUADRANT_URL");

/** In production nothing is made up: throws naming what is missing. */
export function requireProduction() {
  if (process.env.NODE_ENV !== "production") return;
  const missing = REQUIRED.filter((variable) => !process.env[variable]);
  if (missing.length === 0) return;
  throw new Error(`NODE_ENV=production starts no local engine and makes no secret; missing: ${missing.join(", ")}.`);
}

function makeCheckpointKey() {
  return generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "der" }).toString("base64url");
}

function publicKeyOf(privateKey) {
  const key = createPrivateKey({ key: Buffer.from(privateKey, "base64url"), type: "pkcs8", format: "der" });
  return createPublicKey(key).export({ type: "spki", format: "der" }).toString("base64url");
}

/** Everything the console reads, from `urls` (the engines' variables) and the secrets; given values win. */
export function consoleEnvironment(folder, urls, { url, port } = {}) {
  const given = process.env;
  const checkpointKey = given.QUADRANT_CHECKPOINT_KEY ?? folder.secret("checkpoint", makeCheckpointKey);
  const environment = {
    ...urls,
    QUADRANT_SECRET: given.QUADRANT_SECRET ?? folder.secret("quadrant"),
    QUADRANT_CHECKPOINT_KEY: checkpointKey,
    QUADRANT_CHECKPOINT_PUBLIC_KEY: given.QUADRANT_CHECKPOINT_PUBLIC_KEY ?? publicKeyOf(checkpointKey),
  };
  if (given.NODE_ENV !== "production") {
    environment.QUADRANT_STACK = "local";
    environment.QUADRANT_METRICS_TOKEN = given.QUADRANT_METRICS_TOKEN ?? folder.secret("metrics");
    environment.QUADRANT_PROCESSOR_SECRET = given.QUADRANT_PROCESSOR_SECRET ?? folder.secret("processor");
  }
  if (url) environment.QUADRANT_URL = given.QUADRANT_URL ?? url;
  if (port) environment.PORT = String(port);
  return environment;
}
