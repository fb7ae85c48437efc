// The SQL the console sends for each measured read, recorded by running the operation once against a logging handle.
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { systemContext } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { deriveKeys } from "@/lib/core/keys";
import { writeCursor } from "@/lib/core/paging";
import { env } from "@/lib/env";
import { getUser, listUsers } from "@/lib/users/queries";
import { tableOrder } from "@/lib/users/table-page";

export type Statement = { text: string; parameters: unknown[] };

/** One measured read: the console's path and the statements behind it. */
export type Read = { name: string; path: string; statements: Statement[] };

const DEEP_ROW = 500_000;
const away = new AppError("unavailable", "The bench reads PostgreSQL only.", { store: "elasticsearch" });
export const noSearch = { run: () => Promise.reject(away) };

/** Every statement of a read, as the console sends it. */
export async function record(run: (db: ReturnType<typeof drizzle>) => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const client = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });
  const logger = {
    logQuery: (text: string, parameters: unknown[]) => void statements.push({ text, parameters: [...parameters] }),
  };
  await run(drizzle(client, { logger }));
  await client.end();
  return statements;
}

async function listing(name: string, search: Record<string, string>): Promise<Read> {
  const scope = {
    ctx: systemContext("bench"),
    now: new Date(),
    search: noSearch,
    keys: deriveKeys(env().QUADRANT_SECRET),
  };
  const input = listUsers.input.parse(search);
  const statements = await record((db) => listUsers.run(input, { ...scope, db }));
  return { name, path: `/api/v1/users?${new URLSearchParams(search)}`, statements };
}

/** Reads of the console at a million people: first and deep page, two filters, part of an address, one person. */
export async function readsToMeasure(): Promise<{ reads: Read[]; people: number }> {
  // counting to row 500,000 is what the console never does, so its limits do not apply
  const patient = { statement_timeout: 120_000, transaction_timeout: 120_000 };
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {}, connection: patient });
  const deep = await sql<{ id: string }[]>`
    select id from app.users where deleted_at is null order by id desc offset ${DEEP_ROW} limit 1`;
  const some = await sql<{ id: string; email: string }[]>`
    select id, email from app.users where deleted_at is null order by id offset 4321 limit 1`;
  const [{ people } = { people: 0 }] = await sql<{ people: number }[]>`select count(*)::int as people from app.users`;
  await sql.end();
  const [at, one] = [deep[0], some[0]];
  if (!at || !one) throw new Error(`There are ${people} people; the bench needs more than ${DEEP_ROW}.`);
  const keys = deriveKeys(env().QUADRANT_SECRET);
  const scope = { ctx: systemContext("bench"), now: new Date(), search: noSearch, keys };
  const part = one.email.slice(2, 9);
  return {
    people,
    reads: [
      await listing("list, first page", {}),
      await listing(`list, page at row ${DEEP_ROW}`, { after: writeCursor(keys, tableOrder("newest"), ["", at.id]) }),
      await listing("filter status + role", { status: "active", role: "support" }),
      await listing("start of an e-mail", { q: one.email.slice(0, 8), mode: "prefix" }),
      await listing("part of an e-mail (Elasticsearch away)", { q: part }),
      {
        name: "one person",
        path: `/api/v1/users/${one.id}`,
        statements: await record((db) => getUser.run({ id: one.id }, { ...scope, db })),
      },
    ],
  };
}
