// How much of a table and of its indexes is dead or free: read from their pages, on demand and within a time limit.
import "server-only";
import { BLOAT_RIGHTS, CANNOT_MEASURE_BLOAT } from "./catalogue-sql";
import type { Connection } from "./connection";
import type { Bloat, BloatRow } from "./schema";
import type { PostgresWatch } from "./watch";

/** All of it; each table or index has the 2 s of the connection. */
const MAX_MS = 6_000;
const MAX_INDEXES = 30;

type Measured = Pick<BloatRow, "bytes" | "dead_share" | "density"> & { bloat_bytes: number };
type Relation = Pick<BloatRow, "kind" | "name" | "bytes"> & { oid: number; unfit: string | null };

/** Asking for the size would wait for whoever has locked it; as of the last vacuum or analyze it is near enough. */
const sizeOf = (relation: string) => `greatest(0, ${relation}.relpages) * current_setting('block_size')::float8`;

/** The table, then its indexes, the largest first. */
const RELATIONS = `with wanted as (select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = $1::text and c.relname = $2::text and c.relkind in ('r', 'm', 'p') and c.oid >= 16384)
  select 'table' as kind, t.relname::text as name, ${sizeOf("t")} as bytes, t.oid::int8::float8 as oid,
    case when t.relkind = 'p' then 'It is partitioned and holds no rows itself: ask its partitions.' end as unfit
  from wanted t
  union all (select 'index', c.relname::text, ${sizeOf("c")}, c.oid::int8::float8,
    case when a.amname <> 'btree' then 'Only a B-tree can be measured, and this is of the kind ' || a.amname || '.'
      when not i.indisvalid then 'It is invalid: rebuild or drop it.' end
    from wanted t join pg_index i on i.indrelid = t.oid join pg_class c on c.oid = i.indexrelid and c.relkind = 'i'
    join pg_am a on a.oid = c.relam order by 3 desc limit ${MAX_INDEXES})`;

/** Skips pages on which vacuum has nothing to do; what is free there it takes from the free space map. */
const ofTable = (schema: string) => `select t.table_len::float8 as bytes,
    (t.dead_tuple_len + t.approx_free_space)::float8 as bloat_bytes,
    t.dead_tuple_percent::float8 as dead_share, null::float8 as density
  from ${schema}.pgstattuple_approx($1::int8::oid::regclass) t`;

/** A new index fills its leaves up to the fill factor: what it would need fewer is bloat. */
const ofIndex = (schema: string) => `select i.index_size::float8 as bytes, d.density, null::float8 as dead_share,
    (current_setting('block_size')::float8 * greatest(0, i.leaf_pages + i.empty_pages + i.deleted_pages
      - ceil(i.leaf_pages * coalesce(d.density, 0) / coalesce(f.fill, 90))))::float8 as bloat_bytes
  from ${schema}.pgstatindex($1::int8::oid::regclass) i
  cross join lateral (select nullif(i.avg_leaf_density, 'NaN')::float8 as density) d
  cross join lateral (select max(o.option_value::float8) as fill from pg_class c, pg_options_to_table(c.reloptions) o
    where c.oid = $1::int8::oid and o.option_name = 'fillfactor') f`;

/** Null: there is no such table of a user. */
export async function readBloat(watch: PostgresWatch, schema: string, table: string): Promise<Bloat | null> {
  const relations = await watch.monitor.query<Relation>(RELATIONS, [schema, table]);
  if (relations.length === 0) return null;
  const about = { schema, table, rows: [] };
  const [rights] = await watch.monitor.query<{ allow: string | null; schema: string | null }>(BLOAT_RIGHTS);
  if (rights?.allow) {
    return { ...about, blind: { check: "Bloat", kind: "denied", why: CANNOT_MEASURE_BLOAT, grant: rights.allow } };
  }
  if (!rights?.schema) {
    const why = "This server does not come with the extension pgstattuple, which measures it.";
    return { ...about, blind: { check: "Bloat", kind: "not_reported", why, grant: null } };
  }
  const connection = await watch.readAs(watch.roles.monitor);
  if (!connection) throw new Error("The monitor has no address.");
  try {
    return { ...about, rows: await measureAll(connection, rights.schema, relations), blind: null };
  } finally {
    await connection.close();
  }
}

async function measureAll(connection: Connection, schema: string, relations: readonly Relation[]): Promise<BloatRow[]> {
  const until = performance.now() + MAX_MS;
  const rows: BloatRow[] = [];
  for (const { oid, unfit, ...relation } of relations) {
    const late = performance.now() > until ? `It was not reached within ${MAX_MS / 1000} s.` : null;
    rows.push(rowOf(relation, unfit ?? late ?? (await measure(connection, schema, relation.kind, oid))));
  }
  return rows;
}

function rowOf(relation: Pick<BloatRow, "kind" | "name" | "bytes">, found: Measured | string): BloatRow {
  if (typeof found === "string") {
    return { ...relation, bloat_bytes: null, bloat_share: null, dead_share: null, density: null, why: found };
  }
  const share = found.bytes > 0 ? (100 * found.bloat_bytes) / found.bytes : 0;
  return { ...relation, ...found, bloat_share: share, why: null };
}

/** A sentence where it could not be. */
async function measure(
  connection: Connection,
  schema: string,
  kind: BloatRow["kind"],
  oid: number,
): Promise<Measured | string> {
  const text = kind === "table" ? ofTable(schema) : ofIndex(schema);
  try {
    const [found] = await connection.query<Measured>(text, [oid]);
    return found ?? "It is gone.";
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
    const why = REFUSED[code];
    if (why === undefined) throw error;
    return why;
  }
}

/** Of the server, by SQLSTATE. A table that was dropped meanwhile has no name of its own among them. */
const REFUSED: Record<string, string> = {
  "57014": "Reading it took longer than 2 s and was stopped.",
  "55P03": "Another session has locked it.",
  "0A000": "The extension cannot read tables of this kind.",
  "55000": "The extension cannot read it in its present state.",
  "42P01": "It is gone.",
  XX000: "It is gone, or its pages cannot be read.",
};
