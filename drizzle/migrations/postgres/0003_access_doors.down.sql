DROP FUNCTION system.guard_actor(bytea, uuid, integer);
DROP FUNCTION system.end_session(bytea, text);
DROP FUNCTION system.end_sessions(uuid, text);
DROP FUNCTION app.bump_epoch(uuid);
DROP FUNCTION app.identity(uuid);
DROP FUNCTION app.login_identity(text);
