-- Four eyes: what one person asks for and another carries out.

-- `input` is what will be run and goes when the request is settled; `preview` is what whoever asked saw, afterwards
-- without the fields of the records.
CREATE TABLE system.approvals (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  action text COLLATE "C" NOT NULL CONSTRAINT approvals_action_form CHECK (action ~ '^[a-z][a-z0-9.-]*$'),
  -- What the action itself needs: whoever decides has to have it too.
  permission text COLLATE "C" NOT NULL,
  params_hash bytea NOT NULL CONSTRAINT approvals_hash_length CHECK (octet_length(params_hash) = 32),
  input jsonb CONSTRAINT approvals_input_bounded CHECK (octet_length(input::text) <= 65536),
  preview jsonb NOT NULL CONSTRAINT approvals_preview_bounded CHECK (octet_length(preview::text) <= 262144),
  target_type text NOT NULL,
  target_id text,
  -- Why a second person is needed.
  rule text NOT NULL,
  reason text NOT NULL CONSTRAINT approvals_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
  status text NOT NULL DEFAULT 'waiting'
    CONSTRAINT approvals_status_known CHECK (status IN ('waiting', 'approved', 'declined', 'withdrawn', 'expired')),
  requested_by uuid NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL DEFAULT now() + interval '24 hours',
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text CONSTRAINT approvals_decision_reason_length CHECK (length(decision_reason) BETWEEN 1 AND 500),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT approvals_day CHECK (expires_at > requested_at AND expires_at <= requested_at + interval '24 hours'),
  CONSTRAINT approvals_settled CHECK (
    (status = 'waiting') = (decided_at IS NULL) AND (status = 'waiting') = (input IS NOT NULL)
    AND (status IN ('waiting', 'expired')) = (decided_by IS NULL)
    AND (status <> 'declined' OR decision_reason IS NOT NULL)
  ),
  -- Nobody decides their own, and nobody takes back what another asked for.
  CONSTRAINT approvals_four_eyes CHECK (
    decided_by IS NULL OR (status = 'withdrawn') = (decided_by = requested_by)
  )
);

-- The same thing waits once.
CREATE UNIQUE INDEX approvals_once ON system.approvals (params_hash) WHERE status = 'waiting';
CREATE INDEX approvals_waiting ON system.approvals (requested_at, id) WHERE status = 'waiting';
CREATE INDEX approvals_settled_at ON system.approvals (decided_at, id) WHERE status <> 'waiting';

GRANT SELECT, INSERT, UPDATE, DELETE ON system.approvals TO quadrant_system;

-- Uses a waiting request up, in the transaction of what it asks for; answers who asked. Null when it was decided or is
-- too old, when it asks for something else or is one's own, and when whoever asked may not do it any more.
CREATE FUNCTION system.use_approval(p_id uuid, p_action text, p_hash bytea, p_by uuid) RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE system.approvals a
  SET status = 'approved', decided_by = p_by, decided_at = now(), input = NULL, preview = a.preview - 'diffs',
    version = a.version + 1
  WHERE a.id = p_id AND a.status = 'waiting' AND a.expires_at > now()
    AND a.action = p_action AND a.params_hash = p_hash AND a.requested_by <> p_by
    AND EXISTS (
      SELECT 1
      FROM app.identity(a.requested_by) AS asking
      WHERE asking.status = 'active' AND a.permission = ANY (asking.permissions)
    )
  RETURNING a.requested_by
$$;

GRANT EXECUTE ON FUNCTION system.use_approval(uuid, text, bytea, uuid) TO quadrant_app, quadrant_system;
