-- A step back must not take the evidence with it.
SET ROLE quadrant_audit_owner;

DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM system.audit_events) THEN
    RAISE EXCEPTION 'the audit holds events: it is kept' USING ERRCODE = '55000';
  END IF;
END
$$;

DROP VIEW system.audit_view;
DROP TABLE system.audit_checkpoints;
DROP TABLE system.audit_events;
DROP TABLE system.audit_heads;
DROP FUNCTION system.audit_frozen();

RESET ROLE;

DROP TABLE system.audit_verifications;
