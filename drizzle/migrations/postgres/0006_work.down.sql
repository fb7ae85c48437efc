DROP TABLE system.erasure_list;
DROP TABLE system.subject_keys;
DROP TABLE system.workers;
DROP TABLE system.system_config;
DROP TABLE system.idempotency_keys;
DROP TABLE system.undo_records;
DROP TABLE system.outbox;
