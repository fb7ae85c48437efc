-- Work in flight: what the search index still has to learn, what may be taken back, what was answered already.

-- One row per record that changed; it goes when the newest version has arrived in the index.
CREATE TABLE system.outbox (
  entity_type text COLLATE "C" NOT NULL,
  entity_id text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  op text NOT NULL CONSTRAINT outbox_op_known CHECK (op IN ('upsert', 'delete')),
  request_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  next_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz,
  lease_by text,
  attempts smallint NOT NULL DEFAULT 0,
  last_error text,
  dead_at timestamptz,
  PRIMARY KEY (entity_type, entity_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, fillfactor = 70);

CREATE INDEX outbox_ready ON system.outbox (next_at) WHERE dead_at IS NULL;
CREATE INDEX outbox_dead ON system.outbox (dead_at) WHERE dead_at IS NOT NULL;

CREATE TABLE system.undo_records (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  audit_id uuid NOT NULL UNIQUE,
  action text NOT NULL,
  inverse_action text NOT NULL,
  inverse jsonb NOT NULL,
  entity_type text NOT NULL,
  entity_id text NOT NULL,
  expected_version bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL DEFAULT now() + interval '30 days',
  undone_at timestamptz,
  undone_by uuid
);

CREATE INDEX undo_entity ON system.undo_records (entity_type, entity_id, id);
CREATE INDEX undo_sweep ON system.undo_records (expires_at);

CREATE TABLE system.idempotency_keys (
  actor text NOT NULL,
  route text NOT NULL,
  key text COLLATE "C" NOT NULL CONSTRAINT idempotency_keys_key_length CHECK (length(key) BETWEEN 8 AND 255),
  body_hash bytea NOT NULL,
  status smallint,
  response jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor, route, key)
);

CREATE INDEX idempotency_sweep ON system.idempotency_keys (created_at);

CREATE TABLE system.system_config (
  key text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL
    CONSTRAINT system_config_kind_known CHECK (kind IN ('string', 'number', 'boolean', 'object', 'array')),
  value jsonb NOT NULL,
  schema_version smallint NOT NULL DEFAULT 1,
  version integer NOT NULL DEFAULT 1,
  updated_by uuid,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT system_config_kind_true CHECK (jsonb_typeof(value) = kind)
);

-- A heartbeat per process: "no worker runs" has to be visible.
CREATE TABLE system.workers (
  name text PRIMARY KEY,
  kind text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  heartbeat_at timestamptz NOT NULL DEFAULT now(),
  build text NOT NULL
);

-- The wrapped key of each person the audit speaks of: without it the sealed values are unreadable.
CREATE TABLE system.subject_keys (
  subject_id uuid PRIMARY KEY,
  wrapped_key bytea NOT NULL,
  key_id smallint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Erased people, for replay after a restore.
CREATE TABLE system.erasure_list (
  subject_id uuid PRIMARY KEY,
  erased_at timestamptz NOT NULL,
  request_id uuid NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON
  system.outbox, system.undo_records, system.idempotency_keys, system.system_config, system.workers,
  system.subject_keys
TO quadrant_system;
GRANT SELECT, INSERT ON system.erasure_list TO quadrant_system;
