// Questions to the catalogue that both a figure and a list are made of. `oid >= 16384`: made by users.
import "server-only";

export const VACUUM_DUE = `select s.relid, s.n_dead_tup::float8 as dead, coalesce(o.enabled, 'true') as enabled,
    least(coalesce(o.thr, current_setting('autovacuum_vacuum_threshold')::float8)
      + coalesce(o.sf, current_setting('autovacuum_vacuum_scale_factor')::float8) * greatest(c.reltuples, 0),
      nullif(coalesce(o.mx, current_setting('autovacuum_vacuum_max_threshold', true)::float8), -1)) as trigger_at
  from pg_stat_user_tables s join pg_class c on c.oid = s.relid
  left join lateral (select
      max(case option_name when 'autovacuum_vacuum_threshold' then option_value end)::float8 as thr,
      max(case option_name when 'autovacuum_vacuum_scale_factor' then option_value end)::float8 as sf,
      max(case option_name when 'autovacuum_vacuum_max_threshold' then option_value end)::float8 as mx,
      max(case option_name when 'autovacuum_enabled' then option_value end) as enabled
    from pg_options_to_table(c.reloptions)) o on true`;

/** What enforces a rule is used by every write, scanned or not. */
export const UNUSED_INDEXES = `select s.indexrelid from pg_stat_user_indexes s join pg_index i using (indexrelid)
  where s.idx_scan = 0 and i.indisvalid and not (i.indisunique or i.indisprimary or i.indisexclusion)
    and not exists (select 1 from pg_constraint k where k.conindid = s.indexrelid)
    and not exists (select 1 from pg_inherits h where h.inhrelid = s.indexrelid)`;

/** All but the oldest of each set of equal indexes. */
export const DUPLICATE_INDEXES = `select indexrelid, twin from (
    select indexrelid, min(indexrelid) over same as twin from pg_index where indrelid >= 16384 and indislive
    window same as (partition by indrelid, indkey::text, indclass::text, indcollation::text, indoption::text,
      coalesce(pg_get_expr(indexprs, indrelid), ''), coalesce(pg_get_expr(indpred, indrelid), ''), indisunique)
  ) twins where indexrelid <> twin`;

/** Not unique, and the beginning of another one. */
export const REDUNDANT_INDEXES = `select a.indexrelid, min(b.indexrelid::int8)::oid as covered_by from pg_index a
  join pg_index b on a.indrelid = b.indrelid and a.indexrelid <> b.indexrelid
  join pg_class ca on ca.oid = a.indexrelid join pg_class cb on cb.oid = b.indexrelid and ca.relam = cb.relam
  where a.indrelid >= 16384 and a.indpred is null and b.indpred is null and a.indexprs is null and b.indexprs is null
    and not a.indisunique and a.indisvalid and b.indisvalid and b.indnatts > a.indnatts
    and (b.indkey::text || ' ') like (a.indkey::text || ' %')
  group by a.indexrelid`;

/** Without those that are being built. */
export const INVALID_INDEXES = `select indexrelid from pg_index where not indisvalid and indrelid >= 16384
  and indexrelid not in (select index_relid from pg_stat_progress_create_index)`;

export const UNINDEXED_KEYS = `select con.conrelid, con.conname::text as name from pg_constraint con
  where con.contype = 'f' and con.conparentid = 0 and not exists (
    select 1 from pg_index i where i.indrelid = con.conrelid and i.indisvalid and i.indpred is null
      and (i.indkey::int2[])[0:cardinality(con.conkey) - 1] @> con.conkey)`;

/** What `drizzle/roles.sql` does where the server has the extension. */
export const BLOAT_EXTENSION = "CREATE EXTENSION pgstattuple WITH SCHEMA public;";

export const CANNOT_MEASURE_BLOAT =
  "The extension pgstattuple measures how much of a table is empty, and the monitor cannot call it.";

const BLOAT_CALLS = `select bool_and(has_function_privilege(p.oid, 'EXECUTE')) from pg_proc p
  where p.pronamespace = e.space and p.proname in ('pgstattuple_approx', 'pgstatindex')
    and p.proargtypes = array['regclass'::regtype::oid]::oidvector`;

/** `schema` holds the functions that measure bloat; `allow` is what the role lacks to call them. Both null: no such thing. */
export const BLOAT_RIGHTS = `select (allow is not null)::int as hidden, allow, schema from (select e.schema, case
    when e.schema is null
      then (select '${BLOAT_EXTENSION}' from pg_available_extensions where name = 'pgstattuple')
    else nullif(concat_ws(' ',
      case when not has_schema_privilege(e.space, 'USAGE')
        then format('GRANT USAGE ON SCHEMA %s TO %I;', e.schema, current_user) end,
      case when not (${BLOAT_CALLS})
        then format('GRANT EXECUTE ON FUNCTION %1$s.pgstattuple_approx(regclass), %1$s.pgstatindex(regclass) TO %2$I;',
          e.schema, current_user) end), '') end as allow
  from (select 1) one left join (select n.oid as space, quote_ident(n.nspname) as schema
    from pg_extension x join pg_namespace n on n.oid = x.extnamespace where x.extname = 'pgstattuple') e on true) found`;
