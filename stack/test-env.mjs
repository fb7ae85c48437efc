// Importing this gives the process the environment of the held test stack; set-up files of the tests do.
import path from "node:path";
import { readJson } from "./folder.mjs";

export const TEST_DIR = process.env.QUADRANT_DIR ?? ".quadrant/test";

const environment = readJson(path.join(TEST_DIR, "env.json"), null);
if (!environment) {
  throw new Error(`No stack is held in ${TEST_DIR}. Run npm test, or: node stack/main.mjs --dir ${TEST_DIR} --hold`);
}
Object.assign(process.env, environment);
