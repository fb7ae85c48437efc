-- Doors of sign-in and sessions: the only way from one schema into the other.

-- What sign-in may know of an address: no name, no roles.
CREATE FUNCTION app.login_identity(p_email text)
RETURNS TABLE (id uuid, status text, epoch integer, suspended_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT u.id, u.status, u.epoch, u.suspended_until
  FROM app.users u
  WHERE u.email = lower(p_email) AND u.deleted_at IS NULL
$$;

-- Who a session belongs to, with the permissions of every role that has not expired.
CREATE FUNCTION app.identity(p_id uuid)
RETURNS TABLE (
  email text, display_name text, status text, epoch integer, roles text[], permissions text[]
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    u.email,
    u.display_name,
    u.status,
    u.epoch,
    ARRAY (
      SELECT r.role_code
      FROM app.user_roles r
      WHERE r.user_id = u.id AND (r.expires_at IS NULL OR r.expires_at > now())
      ORDER BY r.role_code
    ),
    ARRAY (
      SELECT DISTINCT p.permission
      FROM app.user_roles r
      JOIN app.role_permissions p ON p.role_code = r.role_code
      WHERE r.user_id = u.id AND (r.expires_at IS NULL OR r.expires_at > now())
      ORDER BY p.permission
    )
  FROM app.users u
  WHERE u.id = p_id AND u.deleted_at IS NULL
$$;

CREATE FUNCTION app.bump_epoch(p_id uuid) RETURNS integer
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE app.users SET epoch = epoch + 1 WHERE id = p_id RETURNING epoch
$$;

GRANT EXECUTE ON FUNCTION app.login_identity(text), app.identity(uuid), app.bump_epoch(uuid) TO quadrant_system;

-- Both answer the hashes of what they ended: the caller deletes the cached copies after its commit.
CREATE FUNCTION system.end_sessions(p_user uuid, p_reason text) RETURNS SETOF bytea
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE system.sessions
  SET revoked_at = now(), revoked_reason = p_reason, version = version + 1
  WHERE user_id = p_user AND revoked_at IS NULL
  RETURNING id_hash
$$;

CREATE FUNCTION system.end_session(p_id_hash bytea, p_reason text) RETURNS SETOF bytea
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE system.sessions
  SET revoked_at = now(), revoked_reason = p_reason, version = version + 1
  WHERE id_hash = p_id_hash AND revoked_at IS NULL
  RETURNING id_hash
$$;

-- Is the actor still who the snapshot says? Answers the transaction id, which resolves a commit whose answer
-- was lost. The nil id without a session is scheduled work of the platform itself.
CREATE FUNCTION system.guard_actor(p_session bytea, p_user uuid, p_epoch integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF p_user = '00000000-0000-0000-0000-000000000000' AND p_session IS NULL THEN
    RETURN pg_current_xact_id()::text;
  END IF;
  IF NOT EXISTS (
    SELECT 1
    FROM app.users u
    WHERE u.id = p_user AND u.epoch = p_epoch AND u.status = 'active' AND u.deleted_at IS NULL
  ) OR (
    p_session IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM system.sessions s
      WHERE s.id_hash = p_session AND s.user_id = p_user AND s.revoked_at IS NULL AND s.absolute_end > now()
    )
  ) THEN
    RAISE EXCEPTION 'the session is no longer valid' USING ERRCODE = '28000';
  END IF;
  RETURN pg_current_xact_id()::text;
END
$$;

GRANT EXECUTE ON FUNCTION
  system.end_sessions(uuid, text), system.end_session(bytea, text), system.guard_actor(bytea, uuid, integer)
TO quadrant_app, quadrant_system;
