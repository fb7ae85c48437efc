-- What processors said, each event once. Only what we understand of it is kept, never the whole message.

CREATE TABLE app.processor_events (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  provider text COLLATE "C" NOT NULL CONSTRAINT processor_events_provider_known CHECK (provider IN ('manual', 'test')),
  event_id text COLLATE "C" NOT NULL
    CONSTRAINT processor_events_event_id_length CHECK (length(event_id) BETWEEN 1 AND 100),
  kind text COLLATE "C" NOT NULL CONSTRAINT processor_events_kind_known
    CHECK (kind IN ('payment.succeeded', 'payment.failed', 'refund.succeeded', 'refund.failed', 'subscription.status')),
  -- Our transaction, or the processor's name of the subscription.
  transaction uuid,
  provider_ref text COLLATE "C" CONSTRAINT processor_events_provider_ref_length CHECK (length(provider_ref) <= 100),
  reference text CONSTRAINT processor_events_reference_length CHECK (length(reference) <= 100),
  detail text CONSTRAINT processor_events_detail_length CHECK (length(detail) <= 200),
  -- NULL until the worker has acted on it.
  outcome text COLLATE "C" CONSTRAINT processor_events_outcome_known
    CHECK (outcome IN ('applied', 'settled_before', 'unmatched')),
  version integer NOT NULL DEFAULT 1,
  received_at timestamptz NOT NULL DEFAULT now(),
  concluded_at timestamptz,
  CONSTRAINT processor_events_once UNIQUE (provider, event_id),
  CONSTRAINT processor_events_about_something CHECK (transaction IS NOT NULL OR provider_ref IS NOT NULL),
  CONSTRAINT processor_events_concluded CHECK ((outcome IS NULL) = (concluded_at IS NULL))
);

CREATE INDEX processor_events_waiting ON app.processor_events (id) WHERE outcome IS NULL;

GRANT SELECT, INSERT, UPDATE ON app.processor_events TO quadrant_app;
