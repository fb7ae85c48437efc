DROP FUNCTION system.use_approval(uuid, text, bytea, uuid);
DROP TABLE system.approvals;
