// How large a relation is, without waiting for whoever holds it: the size functions of the server take a lock.
import "server-only";

const EXCLUSIVE = "mode = 'AccessExclusiveLock' and relation is not null";
const BY_PAGES = "c.relpages::float8 * current_setting('block_size')::float8";

/** Tables that are held or asked for exclusively, themselves or by an index or their overflow; read once a statement. */
const HELD_TABLES = `array(
  select coalesce(i.indrelid, t.oid, l.relation) from pg_locks l left join pg_index i on i.indexrelid = l.relation
  left join pg_class t on t.reltoastrelid = l.relation where ${EXCLUSIVE})`;
const HELD = `array(select relation from pg_locks where ${EXCLUSIVE})`;

/** Bytes of the table `c` (of pg_class) with indexes and overflow; while it is held, by its pages at the last vacuum. */
export const TABLE_BYTES = `(case when c.oid = any (${HELD_TABLES}) then ${BY_PAGES}
  else pg_total_relation_size(c.oid)::float8 end)`;

/** Bytes of the index `c` (of pg_class); while it is held, by its pages at the last vacuum. */
export const INDEX_BYTES = `(case when c.oid = any (${HELD}) then ${BY_PAGES} else pg_relation_size(c.oid)::float8 end)`;
