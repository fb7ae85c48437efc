DROP FUNCTION system.subject_key(uuid, bytea, smallint);
DROP FUNCTION system.take_undo(uuid, uuid);
DROP FUNCTION system.record_undo(uuid, text, text, jsonb, text, text, bigint);
DROP FUNCTION system.idem_finish(text, text, text, smallint, jsonb);
DROP FUNCTION system.idem_begin(text, text, text, bytea);
DROP FUNCTION app.touch_seen(uuid);
DROP FUNCTION system.mark_dirty(text, text[], bigint[], text, text);
