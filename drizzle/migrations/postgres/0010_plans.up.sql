-- What is sold: plans, and prices that are never edited, only superseded.

CREATE TABLE app.currencies (
  code char(3) PRIMARY KEY CONSTRAINT currencies_code_form CHECK (code ~ '^[A-Z]{3}$'),
  -- Three-decimal currencies do not fit the columns of money.
  exponent smallint NOT NULL CONSTRAINT currencies_exponent_fits CHECK (exponent BETWEEN 0 AND 2)
);

INSERT INTO app.currencies (code, exponent) VALUES ('USD', 2), ('EUR', 2), ('GBP', 2), ('INR', 2), ('JPY', 0);

CREATE TABLE app.plans (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text COLLATE "C" NOT NULL
    CONSTRAINT plans_code_unique UNIQUE
    CONSTRAINT plans_code_form CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,49}$'),
  name text NOT NULL CONSTRAINT plans_name_length CHECK (length(name) BETWEEN 1 AND 100),
  description text NOT NULL DEFAULT '' CONSTRAINT plans_description_length CHECK (length(description) <= 1000),
  features jsonb NOT NULL DEFAULT '[]'
    CONSTRAINT plans_features_form CHECK (jsonb_typeof(features) = 'array' AND length(features::text) <= 8000),
  status text COLLATE "C" NOT NULL DEFAULT 'draft'
    CONSTRAINT plans_status_known CHECK (status IN ('draft', 'active', 'retired')),
  position integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TRIGGER plans_status_edge
  BEFORE UPDATE OF status ON app.plans
  FOR EACH ROW
  EXECUTE FUNCTION app.status_edge('draft>active,draft>retired,active>retired,retired>active');

CREATE TABLE app.prices (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  plan_id uuid NOT NULL REFERENCES app.plans ON DELETE RESTRICT,
  currency char(3) NOT NULL CONSTRAINT prices_currency_known REFERENCES app.currencies,
  amount numeric(10, 2) NOT NULL CONSTRAINT prices_amount_positive CHECK (amount >= 0),
  period text COLLATE "C" NOT NULL CONSTRAINT prices_period_known CHECK (period IN ('month', 'year')),
  period_count smallint NOT NULL DEFAULT 1 CONSTRAINT prices_period_count_bound CHECK (period_count BETWEEN 1 AND 36),
  trial_days smallint NOT NULL DEFAULT 0 CONSTRAINT prices_trial_days_bound CHECK (trial_days BETWEEN 0 AND 365),
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX prices_one_active ON app.prices (plan_id, currency, period, period_count) WHERE active;
CREATE INDEX prices_plan ON app.prices (plan_id, id);

-- A price that somebody pays must stay what it was: only whether it is still sold may change.
CREATE FUNCTION app.price_frozen() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'active' = to_jsonb(OLD) - 'active' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a price is never edited: add one and retire this'
    USING ERRCODE = '23514', CONSTRAINT = 'prices_frozen';
END
$$;

CREATE TRIGGER prices_frozen
  BEFORE UPDATE OR DELETE ON app.prices
  FOR EACH ROW
  EXECUTE FUNCTION app.price_frozen();

-- For tables of facts: what was written stays.
CREATE FUNCTION app.append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END
$$;

GRANT SELECT ON app.currencies TO quadrant_app;
GRANT SELECT, INSERT, UPDATE ON app.plans, app.prices TO quadrant_app;

-- Money is the business of superadmins and admins; support and the auditor see.
INSERT INTO app.role_permissions (role_code, permission)
SELECT role_code, unnest(string_to_array(
  'subscriptions.read subscriptions.figures subscriptions.create subscriptions.change subscriptions.pause '
  'subscriptions.cancel subscriptions.credit subscriptions.pay subscriptions.refund subscriptions.write-off '
  'subscriptions.bill plans.read plans.edit approvals.read approvals.decide', ' '))
FROM unnest(ARRAY['superadmin', 'admin']) AS role_code
UNION ALL
SELECT 'support', unnest(ARRAY['subscriptions.read', 'plans.read'])
UNION ALL
SELECT 'auditor', unnest(ARRAY['subscriptions.read', 'subscriptions.figures', 'plans.read', 'approvals.read']);
