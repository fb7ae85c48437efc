// Asks the worker to fill the search index again from PostgreSQL.
import type postgres from "postgres";

/** The worker deletes the row when it has done so; asking again meanwhile raises its version, and it goes on. */
export const SEARCH_REBUILD_KEY = "search.rebuild";

export async function requestSearchRebuild(sql: postgres.Sql): Promise<void> {
  const value = JSON.stringify({ requested_at: new Date().toISOString() });
  await sql`
    INSERT INTO system.system_config AS c (key, kind, value)
    VALUES (${SEARCH_REBUILD_KEY}, 'object', ${value}::text::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = c.version + 1, updated_at = now()`;
}
