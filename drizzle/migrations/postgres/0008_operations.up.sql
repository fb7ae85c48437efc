-- What the engines were like: samples and their roll-ups, the newest report of each engine, incidents, maintenance.

-- One wide row per store and pass. `step` 0 is raw (a number per signal), 1 a minute and 60 an hour ([min, avg, max]).
CREATE TABLE system.metric_samples (
  store text COLLATE "C" NOT NULL,
  instance text COLLATE "C" NOT NULL,
  step smallint NOT NULL,
  at timestamptz NOT NULL,
  v jsonb NOT NULL,
  PRIMARY KEY (step, store, instance, at)
) PARTITION BY LIST (step);

CREATE TABLE system.metric_samples_raw PARTITION OF system.metric_samples FOR VALUES IN (0);
CREATE TABLE system.metric_samples_minute PARTITION OF system.metric_samples FOR VALUES IN (1);
CREATE TABLE system.metric_samples_hour PARTITION OF system.metric_samples FOR VALUES IN (60);
CREATE INDEX metric_samples_age ON system.metric_samples USING brin (at);

-- What the sampler last said of an engine, and what it must remember to go on from there on another worker.
CREATE TABLE system.engine_reports (
  engine text COLLATE "C" PRIMARY KEY
    CONSTRAINT engine_reports_engine_known CHECK (engine IN ('postgres', 'mongodb', 'redis', 'elasticsearch')),
  at timestamptz NOT NULL,
  report jsonb NOT NULL,
  memory jsonb NOT NULL
) WITH (fillfactor = 50);

-- A time in which an engine was not healthy. One open incident per engine.
CREATE TABLE system.incidents (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  engine text COLLATE "C" NOT NULL,
  status text NOT NULL CONSTRAINT incidents_status_known CHECK (status IN ('degraded', 'down', 'unknown')),
  reasons jsonb NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz CONSTRAINT incidents_end_after_start CHECK (ended_at >= started_at)
);

CREATE UNIQUE INDEX incidents_one_open ON system.incidents (engine) WHERE ended_at IS NULL;
CREATE INDEX incidents_started ON system.incidents (started_at, id);

-- A time in which an engine may be unwell without anybody being told.
CREATE TABLE system.maintenance_windows (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  engine text COLLATE "C" NOT NULL
    CONSTRAINT maintenance_windows_engine_known CHECK (engine IN ('postgres', 'mongodb', 'redis', 'elasticsearch')),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  reason text NOT NULL CONSTRAINT maintenance_windows_reason_given CHECK (length(reason) BETWEEN 1 AND 500),
  created_by uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT maintenance_windows_end_after_start CHECK (ends_at > starts_at)
);

CREATE INDEX maintenance_windows_end ON system.maintenance_windows (ends_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON
  system.metric_samples, system.engine_reports, system.incidents, system.maintenance_windows
TO quadrant_system;

-- Those who run the engines may act on them; the auditor sees.
INSERT INTO app.role_permissions (role_code, permission)
SELECT role_code, unnest(string_to_array(
  'health.maintain health.postgres.explain health.postgres.cancel-query health.postgres.terminate '
  'health.postgres.vacuum health.postgres.reindex health.postgres.reset-statements '
  'health.mongodb.kill-operation health.mongodb.create-index health.mongodb.drop-index '
  'health.redis.kill-client health.redis.purge-memory health.redis.reset-slowlog health.redis.delete-keys '
  'health.elasticsearch.cancel-task health.elasticsearch.retry-allocation health.elasticsearch.clear-block '
  'health.elasticsearch.refresh health.elasticsearch.force-merge alerts.read alerts.acknowledge alerts.edit', ' '))
FROM unnest(ARRAY['superadmin', 'ops']) AS role_code
UNION ALL
SELECT 'auditor', 'alerts.read';
