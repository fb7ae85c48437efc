// The database and its login roles, made by the administrator of the local PostgreSQL.
import fs from "node:fs";

/** Which role each URL signs in as: separate credentials without cross access. */
export const URL_ROLES = {
  DATABASE_URL: "quadrant_app",
  SYSTEM_DATABASE_URL: "quadrant_system",
  AUDIT_DATABASE_URL: "quadrant_auditor",
  MONITOR_DATABASE_URL: "quadrant_monitor",
  OPERATOR_DATABASE_URL: "quadrant_operator",
  MIGRATION_DATABASE_URL: "quadrant_migrator",
};

/** Creates the database when missing, runs the roles script and sets the passwords. Repeating it changes nothing. */
export async function prepareDatabase(adminUrl, passwordOf) {
  const { default: connect } = await import("postgres");
  const rolesFile = new URL("../../drizzle/roles.sql", import.meta.url);
  // the monitor may read statement statistics, and a password is part of the statement that sets it
  const connection = { "pg_stat_statements.track": "none" };
  const options = { max: 1, onnotice: () => {}, connection };

  const server = connect(adminUrl, { ...options, database: "postgres" });
  try {
    const found = await server`select 1 from pg_database where datname = 'quadrant'`;
    if (found.length === 0) await server.unsafe("create database quadrant");
  } catch (error) {
    if (error.code !== "28P01") throw error;
    throw new Error("its password is not the one in state.json: remove the folder postgres-18 to begin anew");
  } finally {
    await server.end();
  }

  const database = connect(adminUrl, options);
  try {
    await database.unsafe(fs.readFileSync(rolesFile, "utf8"));
    const passwords = Object.values(URL_ROLES).map((role) => `alter role ${role} password '${passwordOf(role)}'`);
    await database.unsafe(passwords.join(";"));
  } finally {
    await database.end();
  }
}
