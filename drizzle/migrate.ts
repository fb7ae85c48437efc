// Brings PostgreSQL, MongoDB and Elasticsearch to the newest migration: npm run db:migrate
import { errors } from "@elastic/elasticsearch";
import postgres from "postgres";
import { env, requireEnv } from "@/lib/env";
import { runAsScript, say } from "./script";
import { requestSearchRebuild } from "./search-rebuild";
import { migrateElasticsearch } from "./stores/elasticsearch";
import { migrateMongodb } from "./stores/mongodb";
import { migratePostgres } from "./stores/postgres";

export { migrateElasticsearch, migrateMongodb, migratePostgres };

/** Everything the environment names; Elasticsearch may be away, then the worker does it when it is back. */
export async function migrateAll(): Promise<void> {
  const migrationUrl = requireEnv("MIGRATION_DATABASE_URL");
  report("PostgreSQL", await migratePostgres(migrationUrl));
  report("MongoDB", await migrateMongodb(env().MONGODB_URI));

  const searchUrl = env().ELASTICSEARCH_URL;
  if (!searchUrl) {
    say("Elasticsearch: not configured");
    return;
  }
  try {
    const applied = await migrateElasticsearch(searchUrl, env().QUADRANT_NAMESPACE);
    report("Elasticsearch", applied);
    if (applied.length > 0) await askForRebuild(migrationUrl);
  } catch (error) {
    if (!(error instanceof errors.ConnectionError || error instanceof errors.TimeoutError)) throw error;
    say("Elasticsearch: does not answer; the worker migrates it as soon as it does");
  }
}

async function askForRebuild(migrationUrl: string): Promise<void> {
  const sql = postgres(migrationUrl, { max: 1 });
  try {
    await requestSearchRebuild(sql);
  } finally {
    await sql.end();
  }
}

function report(store: string, names: readonly string[]): void {
  say(names.length > 0 ? `${store}: applied ${names.join(", ")}` : `${store}: up to date`);
}

await runAsScript(import.meta.url, migrateAll);
