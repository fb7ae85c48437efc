// The first account of a platform.
import { expect, it } from "vitest";
import { database } from "@/lib/testing/database";
import { bootstrap } from "./bootstrap";

it("makes one superadmin, once, and the audit tells so", async () => {
  const sql = await database();
  await Promise.all([bootstrap(), bootstrap()]);
  await bootstrap();
  const made = await sql<{ id: string }[]>`select user_id as id from app.user_roles where role_code = 'superadmin'`;
  expect(made).toHaveLength(1);
  const told = await sql`
    select target_id, subject_id::text, body::jsonb ->> 'origin' as origin, body::jsonb ->> 'outcome' as outcome
    from system.audit_events where action = 'user.bootstrap'`;
  const id = made[0]?.id;
  expect([...told]).toEqual([{ target_id: id, subject_id: id, origin: "job", outcome: "done" }]);
});
