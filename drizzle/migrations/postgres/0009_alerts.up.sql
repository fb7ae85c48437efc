-- Alerts: what to watch for, what fired, who is told, and how each message fared.

-- `builtin` names a rule of the catalogue; such a rule is made once and afterwards belongs to the admins.
CREATE TABLE system.alert_rules (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  builtin text COLLATE "C" UNIQUE,
  name text NOT NULL CONSTRAINT alert_rules_name_length CHECK (length(name) BETWEEN 1 AND 120),
  signal text COLLATE "C" NOT NULL CONSTRAINT alert_rules_signal_form CHECK (signal ~ '^[a-z]+\.[a-z0-9_]{1,60}$'),
  comparison text NOT NULL CONSTRAINT alert_rules_comparison_known CHECK (comparison IN ('over', 'under', 'absent')),
  threshold double precision,
  critical_threshold double precision,
  clear double precision,
  for_seconds integer NOT NULL CONSTRAINT alert_rules_for_bounded CHECK (for_seconds BETWEEN 0 AND 86400),
  severity text NOT NULL CONSTRAINT alert_rules_severity_known CHECK (severity IN ('warn', 'critical')),
  enabled boolean NOT NULL DEFAULT true,
  next_step text CONSTRAINT alert_rules_next_step_length CHECK (length(next_step) <= 500),
  -- Null: every channel.
  channels uuid[],
  muted_until timestamptz,
  mute_reason text CONSTRAINT alert_rules_mute_reason_length CHECK (length(mute_reason) BETWEEN 1 AND 500),
  muted_by uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid,
  deleted_at timestamptz,
  CONSTRAINT alert_rules_threshold_given CHECK ((comparison = 'absent') = (threshold IS NULL)),
  CONSTRAINT alert_rules_marks_numbers CHECK (
    threshold NOT IN ('NaN', 'Infinity', '-Infinity')
    AND critical_threshold NOT IN ('NaN', 'Infinity', '-Infinity')
    AND clear NOT IN ('NaN', 'Infinity', '-Infinity')
  ),
  CONSTRAINT alert_rules_marks_ordered CHECK (
    (comparison = 'over' AND critical_threshold >= threshold AND clear <= threshold)
    OR (comparison = 'under' AND critical_threshold <= threshold AND clear >= threshold)
    OR (comparison = 'absent' AND critical_threshold IS NULL AND clear IS NULL)
  ),
  CONSTRAINT alert_rules_mute_complete CHECK ((muted_until IS NULL) = (mute_reason IS NULL))
);

-- One open alert per rule, whoever evaluates: two samplers at the moment of a failover cannot open it twice.
CREATE TABLE system.alerts (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  rule_id uuid NOT NULL REFERENCES system.alert_rules (id),
  signal text COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'firing'
    CONSTRAINT alerts_state_known CHECK (state IN ('firing', 'acknowledged', 'resolved')),
  severity text NOT NULL CONSTRAINT alerts_severity_known CHECK (severity IN ('warn', 'critical')),
  text text NOT NULL,
  value double precision,
  peak double precision,
  threshold double precision,
  started_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  -- When messages about it were first made; null while its rule is muted or its engine in maintenance.
  told_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledge_note text,
  resolved_at timestamptz,
  -- Why it ended: the value came back, or its rule was changed, switched off or deleted.
  resolved_why text CONSTRAINT alerts_resolved_why_known CHECK (resolved_why IN ('cleared', 'rule')),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT alerts_resolved_complete CHECK ((state = 'resolved') = (resolved_at IS NOT NULL)),
  CONSTRAINT alerts_end_after_start CHECK (resolved_at >= started_at)
) WITH (fillfactor = 70);

CREATE UNIQUE INDEX alerts_one_open ON system.alerts (rule_id) WHERE resolved_at IS NULL;
CREATE INDEX alerts_resolved ON system.alerts (resolved_at, id) WHERE resolved_at IS NOT NULL;
CREATE INDEX alerts_rule ON system.alerts (rule_id, started_at);

-- `secret` signs the messages of a webhook; sealed under a key of the installation.
CREATE TABLE system.alert_channels (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  kind text NOT NULL CONSTRAINT alert_channels_kind_known CHECK (kind IN ('webhook', 'email')),
  name text NOT NULL CONSTRAINT alert_channels_name_length CHECK (length(name) BETWEEN 1 AND 60),
  address text NOT NULL CONSTRAINT alert_channels_address_length CHECK (length(address) BETWEEN 3 AND 2000),
  secret bytea,
  enabled boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid,
  deleted_at timestamptz,
  CONSTRAINT alert_channels_secret_given CHECK ((kind = 'webhook') = (secret IS NOT NULL))
);

CREATE UNIQUE INDEX alert_channels_name_live ON system.alert_channels (lower(name)) WHERE deleted_at IS NULL;

-- One message about one event to one channel. `body` stays as it was, so that a repeated one says the same.
CREATE TABLE system.alert_deliveries (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  alert_id uuid REFERENCES system.alerts (id),
  channel_id uuid NOT NULL REFERENCES system.alert_channels (id),
  event text NOT NULL CONSTRAINT alert_deliveries_event_known CHECK (event IN ('firing', 'worse', 'resolved', 'test')),
  body jsonb NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CONSTRAINT alert_deliveries_state_known CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts smallint NOT NULL DEFAULT 0,
  give_up_after smallint NOT NULL DEFAULT 8,
  next_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz,
  lease_by text,
  created_at timestamptz NOT NULL DEFAULT now(),
  delivered_at timestamptz,
  dead_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT alert_deliveries_test_alone CHECK ((event = 'test') = (alert_id IS NULL))
) WITH (fillfactor = 70);

CREATE UNIQUE INDEX alert_deliveries_once ON system.alert_deliveries (alert_id, channel_id, event);
CREATE INDEX alert_deliveries_ready ON system.alert_deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX alert_deliveries_made ON system.alert_deliveries (created_at, id);
CREATE INDEX alert_deliveries_channel ON system.alert_deliveries (channel_id, created_at);

CREATE TABLE system.alert_attempts (
  delivery_id uuid NOT NULL REFERENCES system.alert_deliveries (id) ON DELETE CASCADE,
  n smallint NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  -- What the other side answered: an HTTP status, or the code of a mail server.
  status smallint,
  ms integer NOT NULL,
  error text,
  PRIMARY KEY (delivery_id, n)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON
  system.alert_rules, system.alerts, system.alert_channels, system.alert_deliveries, system.alert_attempts
TO quadrant_system;
