-- Why nothing could be done about an event, for the person who looks after it; and the events of one outcome, newest first.

ALTER TABLE app.processor_events ADD COLUMN problem text
  CONSTRAINT processor_events_problem_length CHECK (length(problem) <= 200)
  CONSTRAINT processor_events_problem_unmatched CHECK (problem IS NULL OR outcome = 'unmatched');

CREATE INDEX processor_events_outcome ON app.processor_events (outcome, id) WHERE outcome <> 'applied';
