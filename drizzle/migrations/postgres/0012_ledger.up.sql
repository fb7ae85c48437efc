-- What happened with the customer (transactions), and where the money went (a double-entry ledger).

CREATE TABLE app.subscription_transactions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  subscription_id uuid NOT NULL REFERENCES app.subscriptions ON DELETE RESTRICT,
  user_id uuid NOT NULL REFERENCES app.users ON DELETE RESTRICT,
  plan_id uuid NOT NULL REFERENCES app.plans ON DELETE RESTRICT,
  kind text COLLATE "C" NOT NULL
    CONSTRAINT transactions_kind_known
    CHECK (kind IN ('charge', 'payment', 'refund', 'credit', 'credit_use', 'write_off', 'reversal')),
  amount numeric(10, 2) NOT NULL CONSTRAINT transactions_amount_positive CHECK (amount > 0),
  currency char(3) NOT NULL CONSTRAINT transactions_currency_known REFERENCES app.currencies,
  status text COLLATE "C" NOT NULL DEFAULT 'pending'
    CONSTRAINT transactions_status_known CHECK (status IN ('pending', 'succeeded', 'failed')),
  payment_method text CONSTRAINT transactions_payment_method_length CHECK (length(payment_method) <= 50),
  -- The processor's number, or ours when there is no processor.
  transaction_id text COLLATE "C"
    CONSTRAINT transactions_transaction_id_unique UNIQUE
    CONSTRAINT transactions_transaction_id_length CHECK (length(transaction_id) BETWEEN 1 AND 100),
  parent_id uuid REFERENCES app.subscription_transactions ON DELETE RESTRICT,
  -- Of a charge for a whole period; there is one charge per period.
  period_start timestamptz,
  period_end timestamptz,
  description text NOT NULL DEFAULT '' CONSTRAINT transactions_description_length CHECK (length(description) <= 200),
  reason text CONSTRAINT transactions_reason_length CHECK (length(reason) <= 500),
  -- Why a payment failed, in the words of the processor.
  failure text CONSTRAINT transactions_failure_length CHECK (length(failure) <= 200),
  actor_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  CONSTRAINT transactions_parent_given
    CHECK ((kind IN ('payment', 'refund', 'credit_use', 'write_off', 'reversal')) = (parent_id IS NOT NULL)),
  CONSTRAINT transactions_pending_unsettled CHECK ((status = 'pending') = (settled_at IS NULL)),
  CONSTRAINT transactions_only_money_waits CHECK (status = 'succeeded' OR kind IN ('payment', 'refund')),
  CONSTRAINT transactions_period_of_charge
    CHECK ((period_start IS NULL) = (period_end IS NULL) AND (period_start IS NULL OR kind = 'charge')),
  CONSTRAINT transactions_failure_of_failed CHECK (failure IS NULL OR status = 'failed')
);

CREATE UNIQUE INDEX transactions_one_per_period ON app.subscription_transactions (subscription_id, period_start)
  WHERE period_start IS NOT NULL;
CREATE UNIQUE INDEX transactions_reversed_once ON app.subscription_transactions (parent_id) WHERE kind = 'reversal';
CREATE UNIQUE INDEX transactions_one_pending ON app.subscription_transactions (parent_id)
  WHERE status = 'pending' AND kind = 'payment';
CREATE INDEX transactions_user ON app.subscription_transactions (user_id, id);
CREATE INDEX transactions_subscription ON app.subscription_transactions (subscription_id, id);
CREATE INDEX transactions_parent ON app.subscription_transactions (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX transactions_unsettled ON app.subscription_transactions (status, id) WHERE status <> 'succeeded';
CREATE INDEX transactions_kind ON app.subscription_transactions (kind, id);

CREATE TABLE app.ledger_accounts (
  code text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL CONSTRAINT ledger_accounts_kind_known CHECK (kind IN ('asset', 'liability', 'income', 'expense')),
  name text NOT NULL
);

INSERT INTO app.ledger_accounts (code, kind, name) VALUES
  ('receivable', 'asset', 'Receivable'),
  ('processor', 'asset', 'Processor'),
  ('revenue', 'income', 'Revenue'),
  ('refunds', 'income', 'Refunds'),
  ('customer_credit', 'liability', 'Customer credit'),
  ('goodwill', 'expense', 'Goodwill'),
  ('bad_debt', 'expense', 'Bad debt');

-- Debit is positive, credit negative; the lines of a transaction add up to 0.
CREATE TABLE app.ledger_entries (
  transaction_id uuid NOT NULL REFERENCES app.subscription_transactions ON DELETE RESTRICT,
  line smallint NOT NULL,
  account text COLLATE "C" NOT NULL REFERENCES app.ledger_accounts,
  subscription_id uuid NOT NULL,
  user_id uuid NOT NULL,
  amount numeric(12, 2) NOT NULL CONSTRAINT ledger_entries_amount_moves CHECK (amount <> 0),
  currency char(3) NOT NULL,
  posted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (transaction_id, line)
);

CREATE INDEX ledger_account ON app.ledger_entries (account, currency, posted_at) INCLUDE (amount);
CREATE INDEX ledger_user ON app.ledger_entries (user_id, account, currency) INCLUDE (amount);

CREATE TABLE app.credit_balances (
  user_id uuid NOT NULL REFERENCES app.users ON DELETE RESTRICT,
  currency char(3) NOT NULL REFERENCES app.currencies,
  -- The row is the lock against spending the same credit twice.
  balance numeric(12, 2) NOT NULL CONSTRAINT credit_balances_not_overspent CHECK (balance >= 0),
  PRIMARY KEY (user_id, currency)
);

-- Parents bound their children: nothing is paid, written off or given back beyond what there was.
CREATE FUNCTION app.transaction_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  parent app.subscription_transactions;
  wanted text;
  used numeric;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.status <> 'pending'
      OR (to_jsonb(NEW) - ARRAY['status', 'settled_at', 'transaction_id', 'failure'])
        <> (to_jsonb(OLD) - ARRAY['status', 'settled_at', 'transaction_id', 'failure'])
    THEN
      RAISE EXCEPTION 'a settled transaction is never edited'
        USING ERRCODE = '23514', CONSTRAINT = 'transactions_settled_kept';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.parent_id IS NULL THEN
    RETURN NEW;
  END IF;
  -- Locked while what hangs on it is added up.
  SELECT * INTO parent FROM app.subscription_transactions t WHERE t.id = NEW.parent_id FOR UPDATE;
  wanted := CASE NEW.kind WHEN 'refund' THEN 'payment' WHEN 'reversal' THEN parent.kind ELSE 'charge' END;
  IF parent.kind <> wanted OR parent.kind IN ('refund', 'reversal') OR parent.status <> 'succeeded'
    OR parent.currency <> NEW.currency OR parent.subscription_id <> NEW.subscription_id
    OR parent.user_id <> NEW.user_id
    OR EXISTS (
      SELECT 1 FROM app.subscription_transactions r WHERE r.parent_id = parent.id AND r.kind = 'reversal')
  THEN
    RAISE EXCEPTION 'a % cannot follow this transaction', NEW.kind
      USING ERRCODE = '23514', CONSTRAINT = 'transactions_parent_fits';
  END IF;
  SELECT coalesce(sum(c.amount), 0) INTO used
  FROM app.subscription_transactions c
  WHERE c.parent_id = parent.id AND c.status <> 'failed'
    AND NOT EXISTS (
      SELECT 1 FROM app.subscription_transactions r WHERE r.parent_id = c.id AND r.kind = 'reversal');
  IF NEW.amount + used > parent.amount OR (NEW.kind = 'reversal' AND NEW.amount <> parent.amount) THEN
    RAISE EXCEPTION 'more than the % of % would be taken', parent.kind, parent.amount
      USING ERRCODE = '23514', CONSTRAINT = 'transactions_within_parent';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER transactions_guard
  BEFORE INSERT OR UPDATE ON app.subscription_transactions
  FOR EACH ROW
  EXECUTE FUNCTION app.transaction_guard();

-- A succeeded transaction owns exactly one balanced set of entries, no other owns any.
CREATE FUNCTION app.ledger_balanced() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  subject uuid := CASE TG_TABLE_NAME WHEN 'ledger_entries' THEN to_jsonb(NEW) ->> 'transaction_id' ELSE to_jsonb(NEW) ->> 'id' END;
  t app.subscription_transactions;
  total numeric;
  debits numeric;
  lines integer;
  strays integer;
BEGIN
  SELECT * INTO t FROM app.subscription_transactions x WHERE x.id = subject;
  SELECT
    coalesce(sum(e.amount), 0),
    coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0),
    count(*),
    count(*) FILTER (
      WHERE e.currency <> t.currency OR e.subscription_id <> t.subscription_id OR e.user_id <> t.user_id)
  INTO total, debits, lines, strays
  FROM app.ledger_entries e WHERE e.transaction_id = t.id;
  IF t.status <> 'succeeded' AND lines = 0 THEN
    RETURN NULL;
  END IF;
  IF t.status <> 'succeeded' OR total <> 0 OR debits <> t.amount OR lines < 2 OR strays > 0
    OR t.kind = 'reversal' AND EXISTS (
      SELECT e.account, -e.amount FROM app.ledger_entries e WHERE e.transaction_id = t.parent_id
      EXCEPT ALL
      SELECT e.account, e.amount FROM app.ledger_entries e WHERE e.transaction_id = t.id)
  THEN
    RAISE EXCEPTION 'the ledger of transaction % does not balance', t.id
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_balanced';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER ledger_balanced
  AFTER INSERT ON app.ledger_entries
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW
  EXECUTE FUNCTION app.ledger_balanced();
CREATE CONSTRAINT TRIGGER transaction_posted
  AFTER INSERT OR UPDATE OF status ON app.subscription_transactions
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW
  EXECUTE FUNCTION app.ledger_balanced();

-- Credit is a liability: granting it is a negative entry. What is receivable is the balance due of its subscription.
CREATE FUNCTION app.balances_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NEW.account = 'receivable' THEN
    UPDATE app.subscriptions SET balance_due = balance_due + NEW.amount WHERE id = NEW.subscription_id;
    RETURN NULL;
  END IF;
  UPDATE app.credit_balances SET balance = balance - NEW.amount
  WHERE user_id = NEW.user_id AND currency = NEW.currency;
  IF NOT FOUND THEN
    INSERT INTO app.credit_balances AS b (user_id, currency, balance)
    VALUES (NEW.user_id, NEW.currency, -NEW.amount)
    ON CONFLICT (user_id, currency) DO UPDATE SET balance = b.balance + excluded.balance;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER balances_follow
  AFTER INSERT ON app.ledger_entries
  FOR EACH ROW
  WHEN (NEW.account IN ('receivable', 'customer_credit'))
  EXECUTE FUNCTION app.balances_follow();

CREATE TRIGGER ledger_entries_append_only
  BEFORE UPDATE OR DELETE ON app.ledger_entries
  FOR EACH ROW
  EXECUTE FUNCTION app.append_only();
CREATE TRIGGER ledger_entries_kept
  BEFORE TRUNCATE ON app.ledger_entries
  FOR EACH STATEMENT
  EXECUTE FUNCTION app.append_only();
CREATE TRIGGER transactions_kept
  BEFORE DELETE ON app.subscription_transactions
  FOR EACH ROW
  EXECUTE FUNCTION app.append_only();
CREATE TRIGGER transactions_not_emptied
  BEFORE TRUNCATE ON app.subscription_transactions
  FOR EACH STATEMENT
  EXECUTE FUNCTION app.append_only();
ALTER TABLE app.ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_append_only;
ALTER TABLE app.ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_kept;
ALTER TABLE app.subscription_transactions ENABLE ALWAYS TRIGGER transactions_kept;
ALTER TABLE app.subscription_transactions ENABLE ALWAYS TRIGGER transactions_not_emptied;

GRANT SELECT ON app.ledger_accounts, app.ledger_entries, app.credit_balances TO quadrant_app;
GRANT SELECT, INSERT, UPDATE ON app.subscription_transactions TO quadrant_app;
GRANT INSERT ON app.ledger_entries TO quadrant_app;
