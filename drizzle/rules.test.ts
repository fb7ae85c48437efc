// Rules the tables keep by themselves, whoever writes.
import postgres from "postgres";
import { expect, it } from "vitest";
import { ROLE_DEFAULTS, ROLE_LABELS } from "@/lib/auth/permissions";
import { requireEnv } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { person } from "@/lib/testing/factories";
import { sqlstate } from "./testing";

const STATUSES = ["invited", "unverified", "active", "suspended", "archived"] as const;
const EDGES = new Set([
  "invited>unverified",
  "invited>active",
  "invited>archived",
  "unverified>active",
  "unverified>suspended",
  "unverified>archived",
  "active>suspended",
  "active>archived",
  "suspended>active",
  "suspended>archived",
  "archived>active",
]);

it("roles of a new platform are those of the code", async () => {
  const sql = await database();
  const rows = await sql<{ code: string; name: string; permissions: string[] }[]>`
    SELECT r.code, r.name, array_agg(p.permission) AS permissions
    FROM app.roles r JOIN app.role_permissions p ON p.role_code = r.code
    GROUP BY r.code`;
  const sorted = (permissions: readonly string[]) => [...permissions].sort();
  expect(Object.fromEntries(rows.map(({ code, permissions }) => [code, sorted(permissions)]))).toEqual(
    Object.fromEntries(Object.entries(ROLE_DEFAULTS).map(([code, permissions]) => [code, sorted(permissions)])),
  );
  expect(Object.fromEntries(rows.map(({ code, name }) => [code, name]))).toEqual(ROLE_LABELS);
});

it("a status changes along the named edges only", async () => {
  const sql = await database();
  for (const from of STATUSES) {
    for (const to of STATUSES) {
      const { id } = await person({ status: from });
      const code = await sqlstate(
        sql,
        `UPDATE app.users SET status = '${to}', suspended_reason = 'for a reason' WHERE id = '${id}'`,
      );
      expect(`${from}>${to} ${code}`).toBe(
        `${from}>${to} ${from === to || EDGES.has(`${from}>${to}`) ? "ok" : "23514"}`,
      );
    }
  }
});

it("the address of someone in the trash is free, and they cannot come back while it is taken", async () => {
  const sql = await database();
  const first = await person();
  await sql`UPDATE app.users SET deleted_at = now() WHERE id = ${first.id}`;
  await person({ email: first.email });
  expect(await sqlstate(sql, `UPDATE app.users SET deleted_at = NULL WHERE id = '${first.id}'`)).toBe("23505");
});

it.each([
  ["by role", (id: string) => `DELETE FROM app.user_roles WHERE user_id = '${id}'`],
  ["by status", (id: string) => `UPDATE app.users SET status = 'archived' WHERE id = '${id}'`],
  ["by trash", (id: string) => `UPDATE app.users SET deleted_at = now() WHERE id = '${id}'`],
])("of eight superadmins removed at once %s, one stays", async (_way, statement) => {
  const sql = await database();
  await sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await tx`DELETE FROM app.user_roles`;
  });
  const people = await Promise.all(Array.from({ length: 8 }, () => person()));
  for (const { id } of people) await sql`INSERT INTO app.user_roles (user_id, role_code) VALUES (${id}, 'superadmin')`;

  const racers = postgres(requireEnv("MIGRATION_DATABASE_URL"), { max: people.length, onnotice: () => {} });
  const answers = await Promise.all(people.map(({ id }) => sqlstate(racers, statement(id))));
  await racers.end();

  expect(answers.filter((code) => code === "23514")).toHaveLength(1);
  expect(answers.filter((code) => code === "ok")).toHaveLength(7);
  expect(await activeSuperadmins(sql)).toBe(1);
});

async function activeSuperadmins(sql: postgres.Sql): Promise<number | undefined> {
  const [row] = await sql<{ count: number }[]>`
    SELECT count(*)::integer AS count
    FROM app.user_roles r JOIN app.users u ON u.id = r.user_id
    WHERE r.role_code = 'superadmin' AND u.status = 'active' AND u.deleted_at IS NULL`;
  return row?.count;
}
