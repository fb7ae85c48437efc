// States of PostgreSQL for tests: sessions of the application without its limits, so that they stay as they are put.
import postgres from "postgres";

const STAYS = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "transaction_timeout"];

export type Stray = { sql: postgres.Sql; pid: number; end(): Promise<void> };

/** One session of the application, named so that it is found again. */
export async function stray(name: string, url = process.env.DATABASE_URL ?? ""): Promise<Stray> {
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: name },
  });
  await sql.unsafe(STAYS.map((limit) => `set ${limit} = 0`).join("; "));
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return { sql, pid: row?.pid ?? 0, end: () => sql.end({ timeout: 0 }) };
}

/** Asks again until it is so, for at most 15 s. */
export async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (const end = Date.now() + 15_000; ; await new Promise((done) => setTimeout(done, 100))) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > end) throw new Error(`It did not come to be: ${JSON.stringify(answer).slice(0, 500)}`);
  }
}
