// Gives each test file a database, a document database and names in Redis and Elasticsearch of its own.
import { randomBytes } from "node:crypto";
import "../../stack/test-env.mjs";
import { TEST_PREFIX } from "./template";

const name = `${TEST_PREFIX}${process.pid}_${randomBytes(4).toString("hex")}`;

for (const [key, value] of Object.entries(process.env)) {
  if (/^(\w+_)?DATABASE_URL$|^MONGODB_URI$/.test(key) && key !== "ADMIN_DATABASE_URL" && value) {
    process.env[key] = onDatabase(value, name);
  }
}
process.env.QUADRANT_NAMESPACE = `${name.replaceAll("_", "-")}-`;
process.env.QUADRANT_LOG = "silent";

function onDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}
