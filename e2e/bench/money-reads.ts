// Reads of money, and the SQL the console sends for each.
import postgres from "postgres";
import { systemContext } from "@/lib/core/context";
import { deriveKeys } from "@/lib/core/keys";
import { writeCursor } from "@/lib/core/paging";
import { env } from "@/lib/env";
import { getSubscription, listSubscriptions } from "@/lib/subscriptions/queries";
import { listTransactions } from "@/lib/transactions/queries";
import { noSearch, type Read, record } from "./statements";

const DEEP_ROW = 200_000;
const keys = deriveKeys(env().QUADRANT_SECRET);
const scope = { ctx: systemContext("bench"), now: new Date(), search: noSearch, keys };

async function listing(name: string, search: Record<string, string>): Promise<Read> {
  const input = listSubscriptions.input.parse(search);
  const statements = await record((db) => listSubscriptions.run(input, { ...scope, db }));
  return { name, path: `/api/v1/subscriptions?${new URLSearchParams(search)}`, statements };
}

/** Lists at both ends and in between, filters that find little and much, a search, one subscription, its transactions. */
export async function readsOfMoney(): Promise<{ reads: Read[]; subscriptions: number }> {
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {}, connection: { statement_timeout: 120_000 } });
  const deep = await sql<{ id: string }[]>`
    select id from app.subscriptions order by id desc offset ${DEEP_ROW} limit 1`;
  const [{ n: subscriptions } = { n: 0 }] = await sql<{ n: number }[]>`
    select count(*)::int as n from app.subscriptions`;
  const [some] = await sql<{ id: string; email: string }[]>`
    select s.id, u.email from app.subscriptions s join app.users u on u.id = s.user_id
    where s.status = 'active' order by s.id offset 4321 limit 1`;
  await sql.end();
  const at = deep[0]?.id;
  if (!at || !some) throw new Error(`There are ${subscriptions} subscriptions; the bench needs more than ${DEEP_ROW}.`);
  const transactions = { subscription_id: some.id };
  return {
    subscriptions,
    reads: [
      await listing("list, first page", {}),
      await listing(`list, page at row ${DEEP_ROW}`, {
        after: writeCursor(keys, "subscription.list:newest", ["", at]),
      }),
      await listing("filter status + currency", { status: "past_due", currency: "EUR" }),
      await listing("filter active, most a month first", { status: "active", sort: "-monthly" }),
      await listing("filter amount", { currency: "USD", monthly_min_minor: "200000" }),
      await listing("set to cancel", { ending: "true" }),
      await listing("differs from the processor", { differs: "true" }),
      await listing("start of a customer's e-mail", { q: some.email.slice(0, 10) }),
      {
        name: "one subscription",
        path: `/api/v1/subscriptions/${some.id}`,
        statements: await record((db) => getSubscription.run({ id: some.id }, { ...scope, db })),
      },
      {
        name: "its transactions with their entries",
        path: `/api/v1/transactions?${new URLSearchParams(transactions)}`,
        statements: await record((db) =>
          listTransactions.run(listTransactions.input.parse(transactions), { ...scope, db }),
        ),
      },
    ],
  };
}
