-- Doors a command needs beside its own rows, in its own transaction.

-- The index has to learn these records; ids are sorted so that two callers cannot deadlock.
CREATE FUNCTION system.mark_dirty(p_type text, p_ids text[], p_versions bigint[], p_op text, p_request text)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  marked integer;
BEGIN
  INSERT INTO system.outbox AS o (entity_type, entity_id, version, op, request_id)
  SELECT p_type, dirty.id, dirty.version, p_op, p_request
  FROM unnest(p_ids, p_versions) AS dirty (id, version)
  ORDER BY dirty.id
  ON CONFLICT (entity_type, entity_id) DO UPDATE SET
    version = greatest(o.version, excluded.version),
    op = excluded.op,
    request_id = excluded.request_id,
    next_at = now(),
    attempts = 0,
    last_error = NULL,
    dead_at = NULL;
  GET DIAGNOSTICS marked = ROW_COUNT;
  RETURN marked;
END
$$;

-- At most once an hour; the index learns it too.
CREATE FUNCTION app.touch_seen(p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  current_version bigint;
BEGIN
  UPDATE app.users SET last_seen_at = now()
  WHERE id = p_id AND last_seen_at < now() - interval '1 hour'
  RETURNING version INTO current_version;
  IF FOUND THEN
    PERFORM system.mark_dirty('user', ARRAY[p_id::text], ARRAY[current_version], 'upsert', NULL);
  END IF;
END
$$;

-- `fresh`: go on. Otherwise the key was used: by the `same` body or another, with the answer when there is one.
CREATE FUNCTION system.idem_begin(p_actor text, p_route text, p_key text, p_hash bytea)
RETURNS TABLE (fresh boolean, same boolean, status smallint, response jsonb)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO system.idempotency_keys (actor, route, key, body_hash)
  VALUES (p_actor, p_route, p_key, p_hash)
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    RETURN QUERY SELECT true, true, NULL::smallint, NULL::jsonb;
  ELSE
    RETURN QUERY
    SELECT false, k.body_hash = p_hash, k.status, k.response
    FROM system.idempotency_keys k
    WHERE k.actor = p_actor AND k.route = p_route AND k.key = p_key;
  END IF;
END
$$;

-- Keeps the answer; 202 ("accepted, not done") may still become final.
CREATE FUNCTION system.idem_finish(p_actor text, p_route text, p_key text, p_status smallint, p_response jsonb)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE system.idempotency_keys
  SET status = p_status, response = p_response
  WHERE actor = p_actor AND route = p_route AND key = p_key AND (status IS NULL OR status = 202)
$$;

CREATE FUNCTION system.record_undo(
  p_audit uuid, p_action text, p_inverse_action text, p_inverse jsonb, p_type text, p_id text, p_version bigint
) RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO system.undo_records (
    audit_id, action, inverse_action, inverse, entity_type, entity_id, expected_version
  )
  VALUES (p_audit, p_action, p_inverse_action, p_inverse, p_type, p_id, p_version)
  RETURNING id
$$;

-- Takes a record once: of several at the same moment one gets the row, the others nothing.
CREATE FUNCTION system.take_undo(p_id uuid, p_by uuid)
RETURNS TABLE (
  audit_id uuid, action text, inverse_action text, inverse jsonb, entity_type text, entity_id text,
  expected_version bigint
)
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE system.undo_records u
  SET undone_at = now(), undone_by = p_by
  WHERE u.id = p_id AND u.undone_at IS NULL AND u.expires_at > now()
  RETURNING
    u.audit_id, u.action, u.inverse_action, u.inverse, u.entity_type, u.entity_id, u.expected_version
$$;

-- The key of a person: made at first use, never for someone who was erased.
CREATE FUNCTION system.subject_key(p_subject uuid, p_wrapped bytea, p_key smallint)
RETURNS TABLE (wrapped bytea, key_id smallint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN QUERY SELECT k.wrapped_key, k.key_id FROM system.subject_keys k WHERE k.subject_id = p_subject;
  IF FOUND OR EXISTS (SELECT 1 FROM system.erasure_list e WHERE e.subject_id = p_subject) THEN
    RETURN;
  END IF;
  INSERT INTO system.subject_keys (subject_id, wrapped_key, key_id)
  VALUES (p_subject, p_wrapped, p_key)
  ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT k.wrapped_key, k.key_id FROM system.subject_keys k WHERE k.subject_id = p_subject;
END
$$;

GRANT EXECUTE ON FUNCTION app.touch_seen(uuid) TO quadrant_system;
GRANT EXECUTE ON FUNCTION
  system.mark_dirty(text, text[], bigint[], text, text),
  system.idem_begin(text, text, text, bytea),
  system.idem_finish(text, text, text, smallint, jsonb),
  system.record_undo(uuid, text, text, jsonb, text, text, bigint),
  system.take_undo(uuid, uuid),
  system.subject_key(uuid, bytea, smallint)
TO quadrant_app, quadrant_system;
