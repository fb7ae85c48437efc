import { expect, it } from "vitest";
import { shortStatement } from "./short-statement";

it.each([
  [
    'select "id", "version", "status", "plan_id" from "app"."subscriptions" where "id" = $1',
    "select … from app.subscriptions where id = $1",
  ],
  ["SELECT id FROM app.users WHERE email = $1", "SELECT id FROM app.users WHERE email = $1"],
  [
    "select (select count(*) from app.sessions s where s.user_id = u.id), u.name from app.users u",
    "select … from app.users u",
  ],
  ['update "app"."users" set "Odd" = $1', 'update app.users set "Odd" = $1'],
  ["select pg_advisory_unlock_all()", "select pg_advisory_unlock_all()"],
])("%s", (query, short) => expect(shortStatement(query)).toBe(short));
