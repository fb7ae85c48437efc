// Takes back the last migrations of one store: npm run db:rollback -- --store=postgres --steps=1
import { parseArgs } from "node:util";
import { env, requireEnv } from "@/lib/env";
import { runAsScript, say } from "./script";
import { rollbackElasticsearch } from "./stores/elasticsearch";
import { rollbackMongodb } from "./stores/mongodb";
import { rollbackPostgres } from "./stores/postgres";

const ROLLBACKS: Record<string, (steps: number) => Promise<string[]>> = {
  postgres: (steps) => rollbackPostgres(requireEnv("MIGRATION_DATABASE_URL"), steps),
  mongodb: (steps) => rollbackMongodb(env().MONGODB_URI, steps),
  elasticsearch: (steps) => rollbackElasticsearch(requireEnv("ELASTICSEARCH_URL"), env().QUADRANT_NAMESPACE, steps),
};

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({
    options: { store: { type: "string" }, steps: { type: "string", default: "1" } },
  });
  const rollback = ROLLBACKS[values.store ?? ""];
  const steps = Number(values.steps);
  if (!rollback || !Number.isInteger(steps) || steps < 1) {
    throw new Error("Usage: npm run db:rollback -- --store=postgres|mongodb|elasticsearch [--steps=1]");
  }
  const names = await rollback(steps);
  say(names.length > 0 ? `${values.store}: took back ${names.join(", ")}` : `${values.store}: nothing to take back`);
});
