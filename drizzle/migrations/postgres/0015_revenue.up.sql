-- What each month brought, rolled up from the ledger and the movements; may be computed anew at any time.

CREATE TABLE app.revenue_months (
  month date NOT NULL CONSTRAINT revenue_months_first_day CHECK (extract(day FROM month) = 1),
  currency char(3) NOT NULL REFERENCES app.currencies,
  -- Of the ledger: + what the column is called.
  charged numeric(14, 2) NOT NULL,
  collected numeric(14, 2) NOT NULL,
  refunded numeric(14, 2) NOT NULL,
  credited numeric(14, 2) NOT NULL,
  written_off numeric(14, 2) NOT NULL,
  -- Of the movements: signed; what the last month ended with and these make what this one ends with.
  mrr_new numeric(14, 2) NOT NULL,
  mrr_expansion numeric(14, 2) NOT NULL,
  mrr_contraction numeric(14, 2) NOT NULL,
  mrr_churn numeric(14, 2) NOT NULL,
  mrr_reactivation numeric(14, 2) NOT NULL,
  mrr_end numeric(14, 2) NOT NULL,
  computed_at timestamptz NOT NULL,
  PRIMARY KEY (month, currency)
);

GRANT SELECT, INSERT, UPDATE ON app.revenue_months TO quadrant_app;
