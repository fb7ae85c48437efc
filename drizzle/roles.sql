-- Roles, schemas and limits of Quadrant. Run by a database administrator, connected to the database concerned:
-- once before the first migration, and again after the database was cloned or restored, because a copy loses
-- the grants on the database itself. Repeating it changes nothing. Passwords are set elsewhere.

-- Roles and extensions belong to the whole server or need an administrator; everything else is a migration.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY[
    'quadrant_app', 'quadrant_system', 'quadrant_auditor', 'quadrant_monitor', 'quadrant_operator', 'quadrant_migrator'
  ] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role_name);
    END IF;
  END LOOP;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'quadrant_audit_owner') THEN
    CREATE ROLE quadrant_audit_owner NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
  END IF;
END
$$;

-- Memberships are granted only where they are missing: two databases prepared at the same moment would
-- otherwise update the same row of the server's catalogue and one of them would fail.
DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('pg_monitor', 'quadrant_monitor', ''),
      -- Whoever watches and helps must come in when every other slot is taken.
      ('pg_use_reserved_connections', 'quadrant_monitor', ''),
      ('pg_use_reserved_connections', 'quadrant_operator', ''),
      -- Without it the start of other sessions is hidden, and no session could be named beyond doubt.
      ('pg_read_all_stats', 'quadrant_operator', ''),
      ('pg_signal_backend', 'quadrant_operator', ''),
      ('pg_maintain', 'quadrant_operator', ''),
      -- The migrator acts as the owner of the audit only by an explicit SET ROLE.
      ('quadrant_audit_owner', 'quadrant_migrator', ' WITH INHERIT FALSE, SET TRUE')
    ) AS memberships (granted, member, options)
  LOOP
    IF NOT EXISTS (
      SELECT 1 FROM pg_auth_members
      WHERE roleid = wanted.granted::regrole AND member = wanted.member::regrole
    ) THEN
      EXECUTE format('GRANT %I TO %I%s', wanted.granted, wanted.member, wanted.options);
    END IF;
  END LOOP;
END
$$;

-- Limits and search paths per role, set only where they differ, for the same reason.
DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('quadrant_app', 'search_path', 'app, public'),
      ('quadrant_app', 'statement_timeout', '5s'),
      ('quadrant_app', 'lock_timeout', '1s'),
      ('quadrant_app', 'idle_in_transaction_session_timeout', '10s'),
      ('quadrant_app', 'transaction_timeout', '8s'),
      ('quadrant_system', 'search_path', 'system'),
      ('quadrant_system', 'statement_timeout', '5s'),
      ('quadrant_system', 'lock_timeout', '1s'),
      ('quadrant_system', 'idle_in_transaction_session_timeout', '10s'),
      ('quadrant_system', 'transaction_timeout', '8s'),
      ('quadrant_auditor', 'search_path', 'system'),
      ('quadrant_auditor', 'default_transaction_read_only', 'on'),
      ('quadrant_auditor', 'statement_timeout', '5s'),
      ('quadrant_auditor', 'lock_timeout', '1s'),
      ('quadrant_auditor', 'idle_in_transaction_session_timeout', '10s'),
      ('quadrant_monitor', 'search_path', 'public'),
      ('quadrant_monitor', 'default_transaction_read_only', 'on'),
      ('quadrant_monitor', 'statement_timeout', '5s'),
      ('quadrant_monitor', 'lock_timeout', '1s'),
      ('quadrant_monitor', 'idle_in_transaction_session_timeout', '10s'),
      ('quadrant_operator', 'search_path', 'public'),
      ('quadrant_operator', 'statement_timeout', '5s'),
      ('quadrant_operator', 'lock_timeout', '1s'),
      ('quadrant_operator', 'idle_in_transaction_session_timeout', '10s')
    ) AS settings (role_name, setting, value)
  LOOP
    IF NOT EXISTS (
      SELECT 1 FROM pg_db_role_setting
      WHERE setdatabase = 0
        AND setrole = wanted.role_name::regrole
        AND wanted.setting || '=' || wanted.value = ANY (setconfig)
    ) THEN
      -- A search path is a list of names, not one quoted string.
      IF wanted.setting = 'search_path' THEN
        EXECUTE format('ALTER ROLE %I SET search_path = %s', wanted.role_name, wanted.value);
      ELSE
        EXECUTE format('ALTER ROLE %I SET %I = %L', wanted.role_name, wanted.setting, wanted.value);
      END IF;
    END IF;
  END LOOP;
END
$$;

-- The database itself: nobody connects or makes temporary tables unless named here.
DO $$
DECLARE
  this_database text := current_database();
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', this_database);
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO quadrant_app, quadrant_system, quadrant_auditor, quadrant_monitor, '
    'quadrant_operator, quadrant_migrator', this_database
  );
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO quadrant_migrator', this_database);
END
$$;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;

-- Not every server comes with it; without it the console does not know how much of a table is empty. Only members
-- of pg_stat_scan_tables, which pg_monitor is, may call its functions.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pgstattuple') THEN
    CREATE EXTENSION IF NOT EXISTS pgstattuple WITH SCHEMA public;
  END IF;
END
$$;

-- USAGE on public serves the operators of pg_trgm and the functions of the two others, nothing else.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO quadrant_app, quadrant_migrator, quadrant_monitor, quadrant_operator;
REVOKE ALL ON FUNCTION public.pg_stat_statements_reset(oid, oid, bigint, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.pg_stat_statements_reset(oid, oid, bigint, boolean) TO quadrant_operator;

-- The administrator owns both schemas: the owner of a schema may drop what others own in it, and then the
-- migrator could drop the audit.
CREATE SCHEMA IF NOT EXISTS app;
CREATE SCHEMA IF NOT EXISTS system;
REVOKE ALL ON SCHEMA app, system FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA app, system TO quadrant_migrator;
GRANT USAGE, CREATE ON SCHEMA system TO quadrant_audit_owner;
-- The other schema is visible only so that its doors can be called.
GRANT USAGE ON SCHEMA app TO quadrant_app, quadrant_system;
GRANT USAGE ON SCHEMA system TO quadrant_system, quadrant_app, quadrant_auditor;
-- To vacuum and rebuild by name; pg_maintain reads nothing.
GRANT USAGE ON SCHEMA app, system TO quadrant_operator;

-- A function nobody was granted is a function nobody can call.
ALTER DEFAULT PRIVILEGES FOR ROLE quadrant_migrator, quadrant_audit_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
