-- Roles, sign-in and sessions. Password hashes live in the schema the application role cannot read.

CREATE TABLE app.roles (
  code text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  builtin boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE app.role_permissions (
  role_code text COLLATE "C" NOT NULL REFERENCES app.roles ON DELETE RESTRICT,
  permission text COLLATE "C" NOT NULL,
  PRIMARY KEY (role_code, permission)
);

CREATE TABLE app.user_roles (
  user_id uuid NOT NULL REFERENCES app.users ON DELETE RESTRICT,
  role_code text COLLATE "C" NOT NULL REFERENCES app.roles ON DELETE RESTRICT,
  granted_by uuid,
  granted_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  PRIMARY KEY (user_id, role_code),
  CONSTRAINT user_roles_superadmin_stays CHECK (role_code <> 'superadmin' OR expires_at IS NULL)
);

CREATE INDEX user_roles_role ON app.user_roles (role_code, user_id);

INSERT INTO app.roles (code, name, builtin) VALUES
  ('superadmin', 'Superadmin', true),
  ('admin', 'Admin', true),
  ('support', 'Support', true),
  ('ops', 'Ops', true),
  ('auditor', 'Auditor', true);

INSERT INTO app.role_permissions (role_code, permission)
SELECT role_code, unnest(string_to_array(permissions, ' '))
FROM (VALUES
  ('superadmin', 'users.read users.count users.edit users.suspend users.sign-out sessions.read sessions.revoke '
    'profiles.read audit.read audit.verify health.read'),
  ('admin', 'users.read users.count users.edit users.suspend users.sign-out sessions.read sessions.revoke '
    'profiles.read'),
  ('support', 'users.read users.count users.sign-out sessions.read sessions.revoke profiles.read'),
  ('ops', 'users.count health.read'),
  ('auditor', 'users.read users.count sessions.read profiles.read audit.read audit.verify health.read')
) AS defaults (role_code, permissions);

-- The last superadmin cannot be removed: whoever takes one away queues here …
CREATE FUNCTION app.superadmin_lock() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_TABLE_NAME = 'user_roles' THEN
    IF OLD.role_code = 'superadmin' THEN
      PERFORM pg_advisory_xact_lock(7301, 1);
    END IF;
  ELSIF (NEW.status, NEW.deleted_at IS NULL) IS DISTINCT FROM (OLD.status, OLD.deleted_at IS NULL)
    AND EXISTS (SELECT 1 FROM app.user_roles r WHERE r.user_id = OLD.id AND r.role_code = 'superadmin')
  THEN
    PERFORM pg_advisory_xact_lock(7301, 1);
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

-- … and at commit, with a fresh look at the tables, one has to be left.
CREATE FUNCTION app.superadmin_left() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_TABLE_NAME = 'user_roles' THEN
    IF OLD.role_code <> 'superadmin' THEN
      RETURN NULL;
    END IF;
  ELSIF (NEW.status = 'active' AND NEW.deleted_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM app.user_roles r WHERE r.user_id = NEW.id AND r.role_code = 'superadmin')
  THEN
    -- Only someone who was a superadmin counts, else nobody could be archived before the first one exists.
    RETURN NULL;
  END IF;
  IF NOT EXISTS (
    SELECT 1
    FROM app.user_roles r
    JOIN app.users u ON u.id = r.user_id
    WHERE r.role_code = 'superadmin' AND u.status = 'active' AND u.deleted_at IS NULL
  ) THEN
    RAISE EXCEPTION 'the last superadmin cannot be removed'
      USING ERRCODE = '23514', CONSTRAINT = 'last_superadmin';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER user_roles_superadmin_lock
  BEFORE UPDATE OR DELETE ON app.user_roles
  FOR EACH ROW EXECUTE FUNCTION app.superadmin_lock();
CREATE TRIGGER users_superadmin_lock
  BEFORE UPDATE OF status, deleted_at ON app.users
  FOR EACH ROW EXECUTE FUNCTION app.superadmin_lock();
CREATE CONSTRAINT TRIGGER user_roles_superadmin_left
  AFTER UPDATE OR DELETE ON app.user_roles
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.superadmin_left();
CREATE CONSTRAINT TRIGGER users_superadmin_left
  AFTER UPDATE OF status, deleted_at ON app.users
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.status = 'active' AND OLD.deleted_at IS NULL)
  EXECUTE FUNCTION app.superadmin_left();

GRANT SELECT ON app.roles, app.role_permissions, app.user_roles TO quadrant_app;

CREATE TABLE system.credentials (
  user_id uuid PRIMARY KEY,
  password_hash text,
  password_changed_at timestamptz,
  failed_count integer NOT NULL DEFAULT 0
    CONSTRAINT credentials_hard_stop CHECK (failed_count BETWEEN 0 AND 100),
  locked_until timestamptz,
  version integer NOT NULL DEFAULT 1
);

-- An allow list: a session that has no row here does not exist.
CREATE TABLE system.sessions (
  id_hash bytea PRIMARY KEY CONSTRAINT sessions_id_hash_length CHECK (length(id_hash) = 32),
  user_id uuid NOT NULL,
  user_epoch integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  absolute_end timestamptz NOT NULL DEFAULT now() + interval '12 hours',
  ip_prefix cidr,
  ua_label text,
  revoked_at timestamptz,
  revoked_reason text,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT sessions_absolute_limit CHECK (absolute_end <= created_at + interval '12 hours')
);

CREATE INDEX sessions_user ON system.sessions (user_id, created_at DESC);
CREATE INDEX sessions_sweep ON system.sessions (absolute_end);

GRANT SELECT, INSERT, UPDATE, DELETE ON system.credentials, system.sessions TO quadrant_system;
