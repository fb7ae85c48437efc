SET ROLE quadrant_audit_owner;

DROP FUNCTION system.add_checkpoint(bigint, jsonb, text, smallint, bytea);
DROP FUNCTION system.append_audit(text[], bytea[], smallint, bytea[]);
DROP FUNCTION system.audit_partition(date);

-- Empty partitions only: one with events stops the step.
DO $$
DECLARE
  partition regclass;
BEGIN
  IF EXISTS (SELECT 1 FROM system.audit_events) THEN
    RAISE EXCEPTION 'the audit holds events: it is kept' USING ERRCODE = '55000';
  END IF;
  FOR partition IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'system.audit_events'::regclass LOOP
    EXECUTE format('DROP TABLE %s', partition);
  END LOOP;
END
$$;

RESET ROLE;
