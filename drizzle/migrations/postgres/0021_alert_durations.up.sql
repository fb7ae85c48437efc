-- A critical mark with a time of its own; null: that of the rule.
ALTER TABLE system.alert_rules
  ADD COLUMN critical_for_seconds integer
    CONSTRAINT alert_rules_critical_for_bounded CHECK (critical_for_seconds BETWEEN 0 AND 86400);
