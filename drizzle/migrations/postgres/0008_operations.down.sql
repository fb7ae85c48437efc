DROP TABLE system.maintenance_windows, system.incidents, system.engine_reports, system.metric_samples;
DELETE FROM app.role_permissions WHERE permission ~ '^(health\.(?!read$)|alerts\.)';
