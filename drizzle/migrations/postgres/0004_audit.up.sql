-- The audit: append-only, chained, owned by a role nobody logs in as.

SET ROLE quadrant_audit_owner;

-- Sixteen chains; a writer takes the first free one, so nobody queues behind a stuck transaction.
CREATE TABLE system.audit_heads (
  shard smallint PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
) WITH (fillfactor = 20);

INSERT INTO system.audit_heads (shard, seq, hash)
SELECT shard, 0, decode(repeat('00', 32), 'hex') FROM generate_series(0, 15) AS shard;

CREATE TABLE system.audit_events (
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  shard smallint NOT NULL,
  seq bigint NOT NULL,
  kind text COLLATE "C" NOT NULL
    CONSTRAINT audit_events_kind_known CHECK (kind IN ('change', 'security', 'access', 'job')),
  action text COLLATE "C" NOT NULL,
  noun text COLLATE "C" GENERATED ALWAYS AS (split_part(action, '.', 1)) STORED,
  actor_id uuid,
  target_type text COLLATE "C",
  target_id text COLLATE "C",
  subject_id uuid,
  request_id text COLLATE "C",
  parent_id uuid,
  body text NOT NULL,
  sealed bytea,
  key_id smallint NOT NULL,
  mac bytea NOT NULL,
  prev bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (at, id),
  UNIQUE (shard, seq, at)
) PARTITION BY RANGE (at);

CREATE INDEX audit_actor ON system.audit_events (actor_id, at, id);
CREATE INDEX audit_target ON system.audit_events (target_type, target_id, at, id);
CREATE INDEX audit_subject ON system.audit_events (subject_id, at, id) WHERE subject_id IS NOT NULL;
CREATE INDEX audit_action ON system.audit_events (action, at, id);
CREATE INDEX audit_noun ON system.audit_events (noun, at, id);
CREATE INDEX audit_kind ON system.audit_events (kind, at, id) WHERE kind <> 'change';
CREATE INDEX audit_request ON system.audit_events (request_id) WHERE request_id IS NOT NULL;

-- Signed statements over all heads, `n` events in all; `note` is the exact text that was signed.
CREATE TABLE system.audit_checkpoints (
  n bigint PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  heads jsonb NOT NULL,
  note text NOT NULL,
  key_id smallint NOT NULL,
  signature bytea NOT NULL
);

CREATE FUNCTION system.audit_frozen() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = '42501';
END
$$;

-- ENABLE ALWAYS holds under session_replication_role too. Partitions inherit row triggers, but not the one
-- against TRUNCATE: audit_partition adds it.
CREATE TRIGGER audit_events_frozen
  BEFORE UPDATE OR DELETE ON system.audit_events
  FOR EACH ROW EXECUTE FUNCTION system.audit_frozen();
CREATE TRIGGER audit_events_kept
  BEFORE TRUNCATE ON system.audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION system.audit_frozen();
CREATE TRIGGER audit_checkpoints_frozen
  BEFORE UPDATE OR DELETE OR TRUNCATE ON system.audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION system.audit_frozen();
CREATE TRIGGER audit_heads_kept
  BEFORE INSERT OR DELETE OR TRUNCATE ON system.audit_heads
  FOR EACH STATEMENT EXECUTE FUNCTION system.audit_frozen();
ALTER TABLE system.audit_events ENABLE ALWAYS TRIGGER audit_events_frozen;
ALTER TABLE system.audit_events ENABLE ALWAYS TRIGGER audit_events_kept;
ALTER TABLE system.audit_checkpoints ENABLE ALWAYS TRIGGER audit_checkpoints_frozen;
ALTER TABLE system.audit_heads ENABLE ALWAYS TRIGGER audit_heads_kept;

-- For reading. Not a security barrier: that would stop the ordered scan of partitions.
CREATE VIEW system.audit_view AS
SELECT
  id, at, shard, seq, kind, action, noun, actor_id, target_type, target_id, subject_id, request_id, parent_id,
  body::jsonb AS body, sealed, key_id
FROM system.audit_events;

GRANT SELECT
  ON system.audit_events, system.audit_view, system.audit_heads, system.audit_checkpoints
  TO quadrant_auditor;
-- The worker signs the heads; events are none of its business.
GRANT SELECT ON system.audit_heads, system.audit_checkpoints TO quadrant_system;

RESET ROLE;

-- What each check of the chains found; the worker writes it.
CREATE TABLE system.audit_verifications (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  at timestamptz NOT NULL DEFAULT now(),
  mode text NOT NULL CONSTRAINT audit_verifications_mode_known CHECK (mode IN ('incremental', 'full')),
  upto_n bigint NOT NULL,
  ok boolean NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  duration_ms integer NOT NULL
);

GRANT SELECT, INSERT ON system.audit_verifications TO quadrant_system;
GRANT SELECT ON system.audit_verifications TO quadrant_auditor;
