-- Doors of the audit: nobody writes it but through these.

SET ROLE quadrant_audit_owner;

-- Creates the partition of a month when it is missing; answers its name.
CREATE FUNCTION system.audit_partition(p_month date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  first_day date := date_trunc('month', p_month::timestamp)::date;
  next_month date := (date_trunc('month', p_month::timestamp) + interval '1 month')::date;
  partition_name text := 'audit_events_' || to_char(p_month, 'YYYYMM');
BEGIN
  PERFORM pg_advisory_xact_lock(7301, 2);
  IF to_regclass('system.' || partition_name) IS NULL THEN
    EXECUTE format(
      'CREATE TABLE system.%I PARTITION OF system.audit_events FOR VALUES FROM (%L) TO (%L)',
      partition_name, first_day || ' 00:00+00', next_month || ' 00:00+00'
    );
    EXECUTE format(
      'CREATE TRIGGER audit_events_kept BEFORE TRUNCATE ON system.%I '
      'FOR EACH STATEMENT EXECUTE FUNCTION system.audit_frozen()', partition_name
    );
    EXECUTE format('ALTER TABLE system.%I ENABLE ALWAYS TRIGGER audit_events_kept', partition_name);
  END IF;
  RETURN partition_name;
END
$$;

-- Appends one event per body and answers their ids. Who, what and whom are read from the body, so that the
-- columns cannot disagree with what was signed. It holds a chain until the transaction ends: call it last.
CREATE FUNCTION system.append_audit(p_bodies text[], p_macs bytea[], p_key smallint, p_sealed bytea[] DEFAULT NULL)
RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  chain smallint;
  position_in_chain bigint;
  previous bytea;
  current bytea;
  event_at timestamptz;
  event_id uuid;
  event jsonb;
  ids uuid[] := '{}';
BEGIN
  FOR attempt IN 1..60 LOOP
    SELECT h.shard, h.seq, h.hash INTO chain, position_in_chain, previous
    FROM system.audit_heads h
    ORDER BY h.shard
    LIMIT 1
    FOR UPDATE SKIP LOCKED;
    EXIT WHEN chain IS NOT NULL;
    PERFORM pg_sleep(0.005);
  END LOOP;
  IF chain IS NULL THEN
    RAISE EXCEPTION 'the audit is busy' USING ERRCODE = '55P03';
  END IF;

  FOR i IN 1..cardinality(p_bodies) LOOP
    event := p_bodies[i]::jsonb;
    position_in_chain := position_in_chain + 1;
    event_at := clock_timestamp();
    event_id := uuidv7();
    current := sha256(
      '\x00'::bytea
      || previous
      || int2send(chain)
      || int8send(position_in_chain)
      || convert_to(to_char(event_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS'), 'UTF8')
      || uuid_send(event_id)
      || p_macs[i]
      || sha256(coalesce(p_sealed[i], ''::bytea))
      || convert_to(p_bodies[i], 'UTF8')
    );
    INSERT INTO system.audit_events (
      id, at, shard, seq, kind, action, actor_id, target_type, target_id, subject_id, request_id, parent_id,
      body, sealed, key_id, mac, prev, hash
    ) VALUES (
      event_id, event_at, chain, position_in_chain, event ->> 'kind', event ->> 'action',
      (event ->> 'actor_id')::uuid, event ->> 'target_type', event ->> 'target_id', (event ->> 'subject_id')::uuid,
      event ->> 'request_id', (event ->> 'parent_id')::uuid,
      p_bodies[i], p_sealed[i], p_key, p_macs[i], previous, current
    );
    previous := current;
    ids := ids || event_id;
  END LOOP;

  UPDATE system.audit_heads SET seq = position_in_chain, hash = previous WHERE shard = chain;
  RETURN ids;
END
$$;

-- Stores a signed checkpoint; false when one over the same number of events is there already.
CREATE FUNCTION system.add_checkpoint(p_n bigint, p_heads jsonb, p_note text, p_key smallint, p_signature bytea)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO system.audit_checkpoints (n, heads, note, key_id, signature)
  VALUES (p_n, p_heads, p_note, p_key, p_signature)
  ON CONFLICT (n) DO NOTHING;
  RETURN FOUND;
END
$$;

GRANT EXECUTE ON FUNCTION system.append_audit(text[], bytea[], smallint, bytea[]) TO quadrant_app, quadrant_system;
GRANT EXECUTE ON FUNCTION
  system.audit_partition(date), system.add_checkpoint(bigint, jsonb, text, smallint, bytea)
TO quadrant_system;

-- Last month to three months ahead; the worker goes on from there.
SELECT system.audit_partition((date_trunc('month', now() AT TIME ZONE 'UTC') + ahead * interval '1 month')::date)
FROM generate_series(-1, 3) AS ahead;

RESET ROLE;
