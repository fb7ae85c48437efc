ALTER TABLE system.alert_rules DROP COLUMN critical_for_seconds;
