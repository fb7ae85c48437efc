DROP INDEX app.processor_events_outcome;
ALTER TABLE app.processor_events DROP COLUMN problem;
