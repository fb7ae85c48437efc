// Many more people, as rows only, to see the console at scale: one INSERT … SELECT per slice.
import type postgres from "postgres";
import { addressPart, CULTURES } from "./cultures";
import { AGE_DAYS, SUSPENSION_REASONS } from "./person";

const SLICE = 100_000;

/** Every given name with every family name of its culture, living in one of its homes. */
function combinations() {
  const names: string[] = [];
  const addresses: string[] = [];
  const countries: string[] = [];
  const locales: string[] = [];
  const zones: string[] = [];
  for (const { given, family, homes } of CULTURES) {
    for (const [row, first] of given.entries()) {
      for (const [column, last] of family.entries()) {
        const home = homes[(row + column) % homes.length];
        if (!home) continue;
        names.push(`${first} ${last}`);
        addresses.push(`${addressPart(first)}.${addressPart(last)}`);
        countries.push(home.country);
        locales.push(home.locale);
        zones.push(home.time_zone);
      }
    }
  }
  return { names, addresses, countries, locales, zones };
}

/**
 * Adds people until there are `total`, all or none of them. The connection is the migrator's; `progress` gets the
 * number reached. Until it is done nobody else can use the table.
 */
export async function fillTo(
  sql: postgres.Sql,
  total: number,
  seed: number,
  progress: (reached: number) => void,
): Promise<void> {
  const names = combinations();
  await sql.begin(async (tx) => {
    const [existing] = await tx<{ count: number }[]>`SELECT count(*)::integer AS count FROM app.users`;
    const first = existing?.count ?? 0;
    if (first >= total) return;
    // Built once at the end, the trigram index takes a fraction of what a million insertions into it take.
    const [index] = await tx<{ definition: string }[]>`
      SELECT pg_get_indexdef('app.users_trgm'::regclass) AS definition`;
    await tx`DROP INDEX app.users_trgm`;
    for (let start = first; start < total; start += SLICE) {
      const end = Math.min(start + SLICE, total);
      await insertSlice(tx, names, { start, end, seed, total });
      progress(end);
    }
    await tx`SET LOCAL maintenance_work_mem = '256MB'`;
    if (index) await tx.unsafe(index.definition);
  });
  await sql`VACUUM ANALYZE app.users`;
}

type Slice = { start: number; end: number; seed: number; total: number };

async function insertSlice(
  tx: postgres.TransactionSql,
  { names, addresses, countries, locales, zones }: ReturnType<typeof combinations>,
  { start, end, seed, total }: Slice,
): Promise<void> {
  await tx`SELECT setseed(${((seed + start) % 1000) / 1000}::double precision)`;
  await tx`
      INSERT INTO app.users (
        id, email, display_name, status, suspended_reason, email_verified_at, country, locale, time_zone,
        last_seen_at, created_at, updated_at, deleted_at
      )
      SELECT
        uuidv7(-age),
        address || '.' || number || '@' || (ARRAY['example.com', 'example.org', 'example.net'])[1 + number % 3],
        name,
        status,
        CASE WHEN status = 'suspended'
          THEN (${[...SUSPENSION_REASONS]}::text[])[1 + number % ${SUSPENSION_REASONS.length}::integer] END,
        CASE WHEN status NOT IN ('invited', 'unverified') THEN now() - age + interval '1 hour' END,
        country,
        locale,
        zone,
        CASE WHEN status IN ('invited', 'unverified') THEN 'epoch' ELSE now() - age * luck ^ 3 END,
        now() - age,
        now() - age,
        CASE WHEN number % 100 = 7 THEN now() - age * luck ^ 3 / 2 END
      FROM (
        SELECT
          number,
          random() AS luck,
          -- Evenly over the age of the platform, in the order of the numbers.
          (${total}::integer - number) * (${AGE_DAYS}::integer * interval '1 day' / ${total}::integer) AS age,
          1 + (number::bigint * 7919 % ${names.length}::integer)::integer AS combination,
          CASE
            WHEN number * 31 % 1000 < 850 THEN 'active'
            WHEN number * 31 % 1000 < 910 THEN 'unverified'
            WHEN number * 31 % 1000 < 945 THEN 'invited'
            WHEN number * 31 % 1000 < 960 THEN 'suspended'
            ELSE 'archived'
          END AS status
        FROM generate_series(${start + 1}::integer, ${end}::integer) AS number
      ) AS person
      JOIN unnest(
        ${names}::text[], ${addresses}::text[], ${countries}::text[], ${locales}::text[], ${zones}::text[]
      ) WITH ORDINALITY AS named (name, address, country, locale, zone, combination) USING (combination)
      ORDER BY number`;
}
