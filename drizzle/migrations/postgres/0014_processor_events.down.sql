DROP TABLE app.processor_events;
