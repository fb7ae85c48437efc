-- Who pays for what, and every movement of what they pay a month.

CREATE TABLE app.subscriptions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  user_id uuid NOT NULL REFERENCES app.users ON DELETE RESTRICT,
  plan_id uuid NOT NULL REFERENCES app.plans ON DELETE RESTRICT,
  price_id uuid NOT NULL REFERENCES app.prices ON DELETE RESTRICT,
  quantity integer NOT NULL DEFAULT 1 CONSTRAINT subscriptions_quantity_bound CHECK (quantity BETWEEN 1 AND 10000),
  status text COLLATE "C" NOT NULL
    CONSTRAINT subscriptions_status_known
    CHECK (status IN ('incomplete', 'trialing', 'active', 'past_due', 'paused', 'canceled')),
  -- Renewals count whole periods from here, so that the 31st stays the last day of every month.
  anchor timestamptz NOT NULL,
  period_start timestamptz NOT NULL,
  period_end timestamptz NOT NULL,
  trial_end timestamptz,
  comped boolean NOT NULL DEFAULT false,
  discount_percent numeric(5, 2) NOT NULL DEFAULT 0
    CONSTRAINT subscriptions_discount_bound CHECK (discount_percent BETWEEN 0 AND 100),
  discount_until timestamptz,
  -- The service stops: the status is paused. `paused_from` is the status it goes back to.
  paused_at timestamptz,
  paused_from text COLLATE "C" CONSTRAINT subscriptions_paused_from_known
    CHECK (paused_from IN ('trialing', 'active', 'past_due')),
  resume_at timestamptz,
  -- Only charging stops: the status stays.
  collection_paused_at timestamptz,
  collection_behavior text COLLATE "C" CONSTRAINT subscriptions_collection_behavior_known
    CHECK (collection_behavior IN ('keep', 'void', 'uncollectible')),
  collection_resume_at timestamptz,
  cancel_at timestamptz,
  canceled_at timestamptz,
  cancel_reason text CONSTRAINT subscriptions_cancel_reason_length CHECK (length(cancel_reason) <= 500),
  -- A change of plan, quantity or both that is still to come.
  next_price_id uuid REFERENCES app.prices ON DELETE RESTRICT,
  next_quantity integer CONSTRAINT subscriptions_next_quantity_bound CHECK (next_quantity BETWEEN 1 AND 10000),
  next_price_at timestamptz,
  -- What the customer pays with, and the processor's own view: where it differs, one of the two is wrong.
  payment_method text CONSTRAINT subscriptions_payment_method_length CHECK (length(payment_method) <= 50),
  provider text COLLATE "C" NOT NULL DEFAULT 'manual'
    CONSTRAINT subscriptions_provider_known CHECK (provider IN ('manual', 'test')),
  provider_ref text COLLATE "C",
  provider_status text COLLATE "C",
  provider_seen_at timestamptz,
  -- Tries to collect what is due after the first one failed.
  retries smallint NOT NULL DEFAULT 0 CONSTRAINT subscriptions_retries_bound CHECK (retries BETWEEN 0 AND 10),
  retry_at timestamptz,
  -- Of the price, kept here to filter and add up by; set by the database.
  currency char(3) NOT NULL,
  -- What it brings in a month; 0 unless active or past due. Set by the database.
  monthly numeric(12, 2) NOT NULL DEFAULT 0,
  -- What is charged and not paid. Set by the database from the ledger.
  balance_due numeric(12, 2) NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT subscriptions_period_order CHECK (period_end > period_start),
  CONSTRAINT subscriptions_paused_since CHECK ((status = 'paused') = (paused_at IS NOT NULL)),
  CONSTRAINT subscriptions_paused_status CHECK ((paused_at IS NULL) = (paused_from IS NULL)),
  CONSTRAINT subscriptions_canceled_since CHECK ((status = 'canceled') = (canceled_at IS NOT NULL)),
  CONSTRAINT subscriptions_trial_ends CHECK (status <> 'trialing' OR trial_end IS NOT NULL),
  CONSTRAINT subscriptions_next_has_date
    CHECK ((next_price_id IS NULL AND next_quantity IS NULL) = (next_price_at IS NULL)),
  CONSTRAINT subscriptions_collection_has_behavior
    CHECK ((collection_paused_at IS NULL) = (collection_behavior IS NULL)),
  CONSTRAINT subscriptions_provider_ref_unique UNIQUE (provider, provider_ref)
);

CREATE UNIQUE INDEX subscriptions_one_live ON app.subscriptions (user_id, plan_id) WHERE status <> 'canceled';
CREATE INDEX subscriptions_user ON app.subscriptions (user_id, id);
CREATE INDEX subscriptions_status_new ON app.subscriptions (status, id);
CREATE INDEX subscriptions_plan_status ON app.subscriptions (plan_id, status, id);
CREATE INDEX subscriptions_period_end ON app.subscriptions (period_end, id);
CREATE INDEX subscriptions_monthly ON app.subscriptions (monthly, id);
CREATE INDEX subscriptions_currency ON app.subscriptions (currency, status, id) INCLUDE (monthly, balance_due);
CREATE INDEX subscriptions_trial_end ON app.subscriptions (trial_end, id) WHERE status = 'trialing';
CREATE INDEX subscriptions_owing ON app.subscriptions (currency, id) INCLUDE (balance_due) WHERE balance_due <> 0;
-- What the billing job has to do, by the moment it has to.
CREATE INDEX subscriptions_renewal ON app.subscriptions (period_end, id)
  WHERE status IN ('trialing', 'active', 'past_due');
CREATE INDEX subscriptions_due ON app.subscriptions (
  least(cancel_at, next_price_at, resume_at, collection_resume_at, retry_at)
) WHERE status <> 'canceled'
  AND coalesce(cancel_at, next_price_at, resume_at, collection_resume_at, retry_at) IS NOT NULL;

CREATE TRIGGER subscriptions_status_edge
  BEFORE UPDATE OF status ON app.subscriptions
  FOR EACH ROW
  EXECUTE FUNCTION app.status_edge(
    'incomplete>trialing,incomplete>active,incomplete>canceled,trialing>active,trialing>past_due,trialing>paused,trialing>canceled,active>past_due,active>paused,active>canceled,past_due>active,past_due>paused,past_due>canceled,paused>active,paused>trialing,paused>past_due,paused>canceled'
  );

-- Currency and monthly value follow from price, quantity, discount and status, whoever writes.
CREATE FUNCTION app.subscription_value() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  price app.prices;
  exponent smallint;
BEGIN
  SELECT * INTO price FROM app.prices p WHERE p.id = NEW.price_id;
  IF price.plan_id IS DISTINCT FROM NEW.plan_id THEN
    RAISE EXCEPTION 'the price belongs to another plan'
      USING ERRCODE = '23514', CONSTRAINT = 'subscriptions_price_of_plan';
  END IF;
  IF TG_OP = 'UPDATE' AND price.currency <> OLD.currency THEN
    RAISE EXCEPTION 'a subscription keeps its currency'
      USING ERRCODE = '23514', CONSTRAINT = 'subscriptions_currency_kept';
  END IF;
  NEW.currency := price.currency;
  IF NEW.comped OR NEW.status NOT IN ('active', 'past_due') THEN
    NEW.monthly := 0;
  ELSE
    SELECT c.exponent INTO exponent FROM app.currencies c WHERE c.code = price.currency;
    NEW.monthly := round(
      price.amount * NEW.quantity * (100 - NEW.discount_percent) / 100
        / (price.period_count * CASE price.period WHEN 'year' THEN 12 ELSE 1 END),
      exponent);
  END IF;
  RETURN NEW;
END
$$;

-- After the edge trigger in the order of names.
CREATE TRIGGER subscriptions_value
  BEFORE INSERT OR UPDATE OF price_id, plan_id, quantity, status, comped, discount_percent, currency, monthly
  ON app.subscriptions
  FOR EACH ROW
  EXECUTE FUNCTION app.subscription_value();

-- Every change of what a subscription brings in a month: what MRR, expansion and churn are added up from.
CREATE TABLE app.mrr_movements (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  subscription_id uuid NOT NULL REFERENCES app.subscriptions ON DELETE RESTRICT,
  plan_id uuid NOT NULL,
  at timestamptz NOT NULL,
  kind text COLLATE "C" NOT NULL CONSTRAINT mrr_movements_kind_known
    CHECK (kind IN ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
  currency char(3) NOT NULL,
  -- Signed: what was added to the monthly recurring revenue.
  amount numeric(12, 2) NOT NULL CONSTRAINT mrr_movements_moves CHECK (amount <> 0)
);

CREATE INDEX mrr_movements_at ON app.mrr_movements (at, currency) INCLUDE (kind, amount);
CREATE INDEX mrr_movements_subscription ON app.mrr_movements (subscription_id, at);

CREATE FUNCTION app.mrr_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  before numeric := CASE TG_OP WHEN 'UPDATE' THEN OLD.monthly ELSE 0 END;
BEGIN
  IF NEW.monthly = before THEN
    RETURN NULL;
  END IF;
  INSERT INTO app.mrr_movements (subscription_id, plan_id, at, kind, currency, amount)
  VALUES (
    NEW.id, NEW.plan_id, NEW.updated_at,
    CASE
      WHEN NEW.monthly = 0 THEN 'churn'
      WHEN before > 0 AND NEW.monthly > before THEN 'expansion'
      WHEN before > 0 THEN 'contraction'
      WHEN EXISTS (SELECT 1 FROM app.mrr_movements m WHERE m.subscription_id = NEW.id) THEN 'reactivation'
      ELSE 'new'
    END,
    NEW.currency, NEW.monthly - before);
  RETURN NULL;
END
$$;

CREATE TRIGGER mrr_moved
  AFTER INSERT OR UPDATE ON app.subscriptions
  FOR EACH ROW
  EXECUTE FUNCTION app.mrr_moved();

CREATE TRIGGER mrr_movements_append_only
  BEFORE UPDATE OR DELETE ON app.mrr_movements
  FOR EACH ROW
  EXECUTE FUNCTION app.append_only();
CREATE TRIGGER mrr_movements_kept
  BEFORE TRUNCATE ON app.mrr_movements
  FOR EACH STATEMENT
  EXECUTE FUNCTION app.append_only();
ALTER TABLE app.mrr_movements ENABLE ALWAYS TRIGGER mrr_movements_append_only;
ALTER TABLE app.mrr_movements ENABLE ALWAYS TRIGGER mrr_movements_kept;

GRANT SELECT, INSERT, UPDATE ON app.subscriptions TO quadrant_app;
GRANT SELECT ON app.mrr_movements TO quadrant_app;
