// Separate credentials without cross access: every role against every table, function and rule of both schemas.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/testing/database";
import { connectRoles, type RoleName, sqlstate } from "./testing";

const RUNTIME_ROLES = ["app", "system", "auditor", "monitor", "operator"] as const;
const EVERYTHING = "select insert update delete";

/** All that is allowed. What is not named here has to be refused. */
const ALLOWED: Record<string, Partial<Record<RoleName, string>>> = {
  "app.users": { app: "select insert update" },
  "app.roles": { app: "select" },
  "app.role_permissions": { app: "select" },
  "app.user_roles": { app: "select" },
  "app.currencies": { app: "select" },
  "app.plans": { app: "select insert update" },
  "app.prices": { app: "select insert update" },
  "app.subscriptions": { app: "select insert update" },
  "app.mrr_movements": { app: "select" },
  "app.subscription_transactions": { app: "select insert update" },
  "app.ledger_accounts": { app: "select" },
  "app.ledger_entries": { app: "select insert" },
  "app.credit_balances": { app: "select" },
  "app.revenue_months": { app: "select insert update" },
  "app.processor_events": { app: "select insert update" },
  "system.credentials": { system: EVERYTHING },
  "system.sessions": { system: EVERYTHING },
  "system.outbox": { system: EVERYTHING },
  "system.undo_records": { system: EVERYTHING },
  "system.idempotency_keys": { system: EVERYTHING },
  "system.system_config": { system: EVERYTHING },
  "system.workers": { system: EVERYTHING },
  "system.subject_keys": { system: EVERYTHING },
  "system.erasure_list": { system: "select insert" },
  "system.audit_events": { auditor: "select" },
  "system.audit_view": { auditor: "select" },
  "system.audit_heads": { auditor: "select", system: "select" },
  "system.audit_checkpoints": { auditor: "select", system: "select" },
  "system.audit_verifications": { auditor: "select", system: "select insert" },
  "system.metric_samples": { system: EVERYTHING },
  "system.engine_reports": { system: EVERYTHING },
  "system.incidents": { system: EVERYTHING },
  "system.maintenance_windows": { system: EVERYTHING },
  "system.alert_rules": { system: EVERYTHING },
  "system.alerts": { system: EVERYTHING },
  "system.alert_channels": { system: EVERYTHING },
  "system.alert_deliveries": { system: EVERYTHING },
  "system.alert_attempts": { system: EVERYTHING },
  "system.approvals": { system: EVERYTHING },
  "system.schema_migrations": {},
};

const BOTH = ["app", "system"];
/** Who may call which door. */
const DOORS: Record<string, readonly string[]> = {
  "app.login_identity": ["system"],
  "app.identity": ["system"],
  "app.bump_epoch": ["system"],
  "app.touch_seen": ["system"],
  "system.guard_actor": BOTH,
  "system.end_sessions": BOTH,
  "system.end_session": BOTH,
  "system.append_audit": BOTH,
  "system.audit_partition": ["system"],
  "system.add_checkpoint": ["system"],
  "system.mark_dirty": BOTH,
  "system.idem_begin": BOTH,
  "system.idem_finish": BOTH,
  "system.record_undo": BOTH,
  "system.take_undo": BOTH,
  "system.subject_key": BOTH,
  "system.use_approval": BOTH,
  "app.status_edge": [],
  "app.superadmin_lock": [],
  "app.superadmin_left": [],
  "app.price_frozen": [],
  "app.append_only": [],
  "app.subscription_value": [],
  "app.mrr_moved": [],
  "app.transaction_guard": [],
  "app.transaction_provider": [],
  "app.ledger_balanced": [],
  "app.balances_follow": [],
  "system.audit_frozen": [],
};

let roles: ReturnType<typeof connectRoles>;
let relations: { name: string; partition: boolean; column: string }[];

beforeAll(async () => {
  const admin = await database();
  roles = connectRoles();
  relations = await admin`
    SELECT n.nspname || '.' || c.relname AS name, c.relispartition AS partition,
      (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = 1) AS column
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('app', 'system') AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    ORDER BY 1`;
});

afterAll(async () => {
  await Promise.all(Object.values(roles).map((sql) => sql.end()));
});

describe("tables", () => {
  it("are all named here", () => {
    const named = relations.filter(({ partition }) => !partition).map(({ name }) => name);
    expect(named).toEqual(Object.keys(ALLOWED).sort());
    expect(relations.filter(({ partition }) => partition).length).toBeGreaterThanOrEqual(5);
  });

  it.each(RUNTIME_ROLES)("let %s do what is granted and nothing else", async (role) => {
    const wrong: string[] = [];
    for (const { name, column } of relations) {
      const statements = {
        select: `SELECT ${column} FROM ${name} LIMIT 0`,
        insert: `INSERT INTO ${name} DEFAULT VALUES`,
        update: `UPDATE ${name} SET ${column} = ${column} WHERE false`,
        delete: `DELETE FROM ${name} WHERE false`,
        truncate: `TRUNCATE ${name}`,
        trigger: `ALTER TABLE ${name} DISABLE TRIGGER ALL`,
        drop: `DROP TABLE ${name}`,
      };
      const allowed = ALLOWED[name]?.[role]?.split(" ") ?? [];
      for (const [verb, statement] of Object.entries(statements)) {
        const code = await sqlstate(roles[role], statement);
        // What is allowed may still fail for what it would write; what is not fails for lack of the right.
        if (allowed.includes(verb) !== (code !== "42501" && code !== "42809")) wrong.push(`${statement}: ${code}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("doors", () => {
  it("are all named here, and open to whom they are meant for", async () => {
    const admin = await database();
    const found = await admin<{ name: string; callers: string[]; safe: boolean }[]>`
      SELECT p.pronamespace::regnamespace || '.' || p.proname AS name,
        ARRAY (
          SELECT role FROM unnest(ARRAY['app', 'system', 'auditor', 'monitor', 'operator']) AS role
          WHERE has_function_privilege('quadrant_' || role, p.oid, 'EXECUTE')
        ) AS callers,
        p.proconfig = ARRAY['search_path=pg_catalog, pg_temp']
          AND NOT has_function_privilege('public', p.oid, 'EXECUTE') AS safe
      FROM pg_proc p
      WHERE p.pronamespace IN ('app'::regnamespace, 'system'::regnamespace)`;
    expect(Object.fromEntries(found.map(({ name, callers }) => [name, callers]))).toEqual(DOORS);
    expect(found.filter(({ safe }) => !safe)).toEqual([]);
  });
});

describe("roles", () => {
  it.each<[RoleName, string, string]>([
    ["system", "SELECT FROM users", "42P01"],
    ["app", "SELECT FROM credentials", "42P01"],
    ["monitor", "SELECT FROM users", "42P01"],
    ["app", "CREATE TEMP TABLE t ()", "42501"],
    ["app", "CREATE TABLE app.t ()", "42501"],
    ["app", "CREATE TABLE public.t ()", "42501"],
    ["system", "CREATE TABLE system.t ()", "42501"],
    ["system", "CREATE FUNCTION system.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "42501"],
    ["app", "SET ROLE quadrant_system", "42501"],
    ["system", "SET ROLE quadrant_migrator", "42501"],
    ["auditor", "SET ROLE quadrant_audit_owner", "42501"],
    ["app", "SET session_replication_role = replica", "42501"],
    ["app", "SELECT system.audit_partition('2031-01-01')", "42501"],
    ["app", "SELECT * FROM app.login_identity('a@example.com')", "42501"],
    ["auditor", "SELECT system.append_audit('{}', '{}', 1::smallint)", "42501"],
    ["operator", "SELECT public.pg_stat_statements_reset()", "ok"],
    ["monitor", "SELECT public.pg_stat_statements_reset()", "42501"],
    ["monitor", "SELECT count(*) FROM pg_stat_activity WHERE query IS NOT NULL", "ok"],
    ["migrator", "DROP SCHEMA app", "42501"],
    ["migrator", "DROP TABLE system.audit_events", "42501"],
    ["migrator", "SELECT FROM system.audit_events", "42501"],
  ])("%s: %s answers %s", async (role, statement, code) => {
    expect(await sqlstate(roles[role], statement)).toBe(code);
  });

  it.each(["app", "system"] as const)("%s runs under limits", async (role) => {
    const [limits] = await roles[role]`
      SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
        current_setting('idle_in_transaction_session_timeout') AS idle,
        current_setting('transaction_timeout') AS transaction`;
    expect(limits).toEqual({ statement: "5s", lock: "1s", idle: "10s", transaction: "8s" });
  });
});

describe("the audit", () => {
  const APPEND = `SELECT system.append_audit(
    ARRAY['{"kind":"change","action":"user.edit","target_type":"user"}'], ARRAY['\\x00'::bytea], 1::smallint)`;

  it.each(["app", "system"] as const)("takes events from %s through the door", async (role) => {
    expect(await sqlstate(roles[role], APPEND)).toBe("ok");
  });

  it.each([
    "UPDATE system.audit_events SET action = 'user.read'",
    "DELETE FROM system.audit_events",
    "TRUNCATE system.audit_events",
    "UPDATE system.audit_checkpoints SET note = ''",
    "DELETE FROM system.audit_checkpoints",
    "TRUNCATE system.audit_checkpoints",
    "DELETE FROM system.audit_heads",
    "TRUNCATE system.audit_heads",
  ])("stays as it is, even for its owner and the administrator: %s", async (statement) => {
    await sqlstate(roles.app, APPEND);
    const admin = await database();
    expect(await sqlstate(roles.migrator, `SET ROLE quadrant_audit_owner; ${statement}`)).toBe("42501");
    const unguarded = `SET LOCAL session_replication_role = replica; ${statement}`;
    expect(await sqlstate(admin, unguarded)).toBe("42501");
  });

  it("keeps every partition from being emptied", async () => {
    const admin = await database();
    const partitions = relations.filter(({ name, partition }) => partition && name.startsWith("system.audit_events"));
    const answers = await Promise.all(
      partitions.map(({ name }) => sqlstate(admin, `SET LOCAL session_replication_role = replica; TRUNCATE ${name}`)),
    );
    expect(new Set(answers)).toEqual(new Set(["42501"]));
  });
});
