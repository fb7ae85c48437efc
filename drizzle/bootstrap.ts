// Makes the first superadmin of a new platform; does nothing where somebody can sign in as one.
import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { hashPassword } from "@/lib/auth/password";
import { appendSecurityEvent } from "@/lib/core/audit";
import { systemContext } from "@/lib/core/context";
import { deriveKeys } from "@/lib/core/keys";
import { env, requireEnv } from "@/lib/env";
import { runAsScript, say } from "./script";

const DEFAULT_EMAIL = "admin@quadrant.local";

/** The password comes from QUADRANT_ADMIN_PASSWORD, or is generated and shown this one time. */
export async function bootstrap(): Promise<void> {
  const sql = postgres(requireEnv("MIGRATION_DATABASE_URL"), { max: 1, onnotice: () => {} });
  try {
    if (await somebodyCanSignIn(sql)) return;
    const email = (env().QUADRANT_ADMIN_EMAIL ?? DEFAULT_EMAIL).trim().normalize("NFC").toLowerCase();
    const given = env().QUADRANT_ADMIN_PASSWORD;
    const password = given ?? randomBytes(15).toString("base64url");
    const hash = await hashPassword(password);
    const created = await sql.begin((tx) => createSuperadmin(tx, email, hash));
    if (created && !given) show(email, password);
    else if (created) say(`first superadmin: ${email}, password as given`);
  } finally {
    await sql.end();
  }
}

async function somebodyCanSignIn(sql: postgres.ISql): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT 1
      FROM app.user_roles r
      JOIN app.users u ON u.id = r.user_id
      JOIN system.credentials c ON c.user_id = u.id
      WHERE r.role_code = 'superadmin' AND u.status = 'active' AND u.deleted_at IS NULL AND c.password_hash IS NOT NULL
    ) AS found`;
  return row?.found === true;
}

/** False when another process was first. Throws when the address belongs to somebody already. */
async function createSuperadmin(tx: postgres.TransactionSql, email: string, hash: string): Promise<boolean> {
  await tx`SELECT pg_advisory_xact_lock(7301, 4)`;
  if (await somebodyCanSignIn(tx)) return false;
  const [user] = await tx<{ id: string }[]>`
    INSERT INTO app.users (email, display_name, status, email_verified_at)
    VALUES (${email}, 'Administrator', 'active', now())
    ON CONFLICT (email) WHERE deleted_at IS NULL DO NOTHING
    RETURNING id`;
  if (!user) {
    throw new Error(`${email} belongs to somebody already: set QUADRANT_ADMIN_EMAIL to another address`);
  }
  await tx`INSERT INTO app.user_roles (user_id, role_code) VALUES (${user.id}, 'superadmin')`;
  await tx`
    INSERT INTO system.credentials (user_id, password_hash, password_changed_at) VALUES (${user.id}, ${hash}, now())`;
  await tx`SELECT system.mark_dirty('user', ARRAY[${user.id}::text], ARRAY[1::bigint], 'upsert', NULL)`;
  const action = "user.bootstrap";
  const { actor, requestId: request_id } = systemContext(action);
  // The migrator may write to the audit only so.
  await tx`SET LOCAL ROLE quadrant_audit_owner`;
  await appendSecurityEvent(
    { query: async (text, parameters = []) => tx.unsafe(text, parameters.map(asText)) },
    deriveKeys(env().QUADRANT_SECRET),
    {
      action,
      outcome: "done",
      origin: "job",
      actor: actor.id,
      subject: user.id,
      target_type: "user",
      target_id: user.id,
      request_id,
    },
  );
  return true;
}

function asText(value: unknown): string | string[] {
  return Array.isArray(value) ? value.map(String) : String(value);
}

function show(email: string, password: string): void {
  const lines = ["First superadmin, shown this once:", "", `  e-mail    ${email}`, `  password  ${password}`];
  const width = Math.max(...lines.map((line) => line.length));
  say(`┌${"─".repeat(width + 2)}┐`);
  for (const line of lines) say(`│ ${line.padEnd(width)} │`);
  say(`└${"─".repeat(width + 2)}┘`);
  say(`first superadmin: ${email} password: ${password}`);
}

await runAsScript(import.meta.url, bootstrap);
