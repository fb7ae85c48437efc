DROP TABLE system.sessions;
DROP TABLE system.credentials;
DROP TRIGGER users_superadmin_left ON app.users;
DROP TRIGGER users_superadmin_lock ON app.users;
DROP TABLE app.user_roles;
DROP TABLE app.role_permissions;
DROP TABLE app.roles;
DROP FUNCTION app.superadmin_left();
DROP FUNCTION app.superadmin_lock();
