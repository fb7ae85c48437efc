DROP TABLE app.users;
DROP FUNCTION app.status_edge();
