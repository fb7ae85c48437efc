-- People. Statuses change along named edges only, whoever writes.

CREATE FUNCTION app.status_edge() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- TG_ARGV[0] is 'from>to,from>to,…'.
  IF NEW.status IS DISTINCT FROM OLD.status
    AND NOT (OLD.status || '>' || NEW.status = ANY (string_to_array(TG_ARGV[0], ',')))
  THEN
    RAISE EXCEPTION 'status % cannot become %', OLD.status, NEW.status
      USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_status_edge';
  END IF;
  RETURN NEW;
END
$$;

CREATE TABLE app.users (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  email text COLLATE "C" NOT NULL
    CONSTRAINT users_email_form CHECK (
      email = lower(email) AND email IS NFC NORMALIZED AND length(email) BETWEEN 3 AND 254
    ),
  display_name text NOT NULL DEFAULT ''
    CONSTRAINT users_display_name_length CHECK (length(display_name) <= 200),
  sort_name text COLLATE "C" GENERATED ALWAYS AS (lower(display_name) COLLATE "C") STORED,
  status text COLLATE "C" NOT NULL DEFAULT 'unverified'
    CONSTRAINT users_status_known CHECK (status IN ('invited', 'unverified', 'active', 'suspended', 'archived')),
  suspended_reason text,
  suspended_until timestamptz,
  suspended_by uuid,
  invited_by uuid,
  email_verified_at timestamptz,
  locale text NOT NULL DEFAULT 'en',
  time_zone text NOT NULL DEFAULT 'UTC',
  country char(2),
  -- Never NULL, because it is sorted by; the epoch means "never".
  last_seen_at timestamptz NOT NULL DEFAULT 'epoch',
  -- Raised when status, roles or credentials change; sessions made before it are over.
  epoch integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  erased_at timestamptz,
  CONSTRAINT users_suspended_reason CHECK (status <> 'suspended' OR suspended_reason IS NOT NULL),
  CONSTRAINT users_erased_deleted CHECK (erased_at IS NULL OR deleted_at IS NOT NULL)
);

CREATE UNIQUE INDEX users_email_live ON app.users (email) WHERE deleted_at IS NULL;
CREATE INDEX users_name ON app.users (sort_name, id) WHERE deleted_at IS NULL;
CREATE INDEX users_seen ON app.users (last_seen_at, id) WHERE deleted_at IS NULL;
CREATE INDEX users_status_new ON app.users (status, id) WHERE deleted_at IS NULL;
CREATE INDEX users_status_seen ON app.users (status, last_seen_at, id) WHERE deleted_at IS NULL;
CREATE INDEX users_trash ON app.users (deleted_at, id) WHERE deleted_at IS NOT NULL AND erased_at IS NULL;
CREATE INDEX users_ban_end ON app.users (suspended_until)
  WHERE status = 'suspended' AND suspended_until IS NOT NULL;
-- Part of a name or address, while Elasticsearch is away.
CREATE INDEX users_trgm ON app.users USING gin ((email || ' ' || sort_name) public.gin_trgm_ops)
  WHERE deleted_at IS NULL;

CREATE TRIGGER users_status_edge
  BEFORE UPDATE OF status ON app.users
  FOR EACH ROW
  EXECUTE FUNCTION app.status_edge(
    'invited>unverified,invited>active,invited>archived,unverified>active,unverified>suspended,unverified>archived,active>suspended,active>archived,suspended>active,suspended>archived,archived>active'
  );

-- Nobody may delete a person: the trash is a date, erasure an update.
GRANT SELECT, INSERT, UPDATE ON app.users TO quadrant_app;
