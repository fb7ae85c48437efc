// What the tests of this folder share.
import postgres from "postgres";
import { env, requireEnv } from "@/lib/env";

export type RoleName = "app" | "system" | "auditor" | "monitor" | "operator" | "migrator";

/**
 * Connections of every login role to the database of this test file. They say themselves that they may write, as an
 * attacker would: what is left to refuse them are their rights.
 */
export function connectRoles(): Record<RoleName, postgres.Sql> {
  const connect = (url: string) =>
    postgres(url, { max: 1, onnotice: () => {}, connection: { options: "-c default_transaction_read_only=off" } });
  return {
    app: connect(env().DATABASE_URL),
    system: connect(env().SYSTEM_DATABASE_URL),
    auditor: connect(env().AUDIT_DATABASE_URL),
    monitor: connect(env().MONITOR_DATABASE_URL),
    operator: connect(requireEnv("OPERATOR_DATABASE_URL")),
    migrator: connect(requireEnv("MIGRATION_DATABASE_URL")),
  };
}

/** The SQLSTATE of a statement, or "ok". */
export async function sqlstate(sql: postgres.Sql, statement: string): Promise<string> {
  try {
    await sql.unsafe(statement);
    return "ok";
  } catch (error) {
    if (error instanceof postgres.PostgresError) return error.code;
    throw error;
  }
}
