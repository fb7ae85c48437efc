// The baseline: recorded statements by postgres.js behind a bare node:http server, in a process of its own.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import postgres from "postgres";
import type { Read } from "./statements";

const sql = postgres(process.env.DATABASE_URL ?? "", { max: 6, onnotice: () => {} });
let reads: readonly Read[] = [];

/** The same effect as suspending a person: row, sessions, outbox and one audit event, in one transaction. */
async function suspend(id: string, version: number): Promise<unknown> {
  const body = JSON.stringify({
    kind: "change",
    action: "user.suspend",
    targetType: "user",
    targetId: id,
    subject: id,
  });
  return sql.begin((tx) =>
    Promise.all([
      tx`update app.users set status = 'suspended', suspended_reason = 'bench', epoch = epoch + 1, version = version + 1,
         updated_at = now() where id = ${id} and version = ${version} and deleted_at is null returning version`,
      tx`select system.end_sessions(${id}::uuid, 'suspended')`,
      tx`select system.mark_dirty('user', array[${id}]::text[], array[${version + 1}]::bigint[], 'upsert', 'bench')`,
      tx`select system.append_audit(array[${body}]::text[], array['\\x00'::bytea], 1::smallint, array[null]::bytea[])`,
    ]),
  );
}

/** The same effect as another plan at once: row, charge with its lines, payment that waits, and one audit event. */
async function changePlan(id: string, version: number, price: string): Promise<unknown> {
  const [charge, target] = [randomUUID(), { targetType: "subscription", targetId: id }];
  const body = JSON.stringify({ kind: "change", action: "subscription.change-plan", ...target });
  return sql.begin(async (tx) => {
    const [[was], [to]] = await Promise.all([
      tx`select user_id, currency, price_id from app.subscriptions where id = ${id} and version = ${version} for update`,
      tx`select r.plan_id, p.name from app.prices r join app.plans p on p.id = r.plan_id where r.id = ${price}`,
    ]);
    if (!was || !to) throw new Error("There is no such subscription or price.");
    const { user_id, currency } = was;
    await Promise.all([
      tx`select amount from app.prices where id = ${was.price_id as string}`,
      tx`update app.subscriptions set price_id = ${price}, plan_id = ${to.plan_id}, version = version + 1,
         updated_at = now() where id = ${id}`,
      tx`insert into app.subscription_transactions (id, subscription_id, user_id, plan_id, kind, amount, currency,
         status, description, settled_at) values (${charge}, ${id}, ${user_id}, ${to.plan_id}, 'charge', 10, ${currency},
         'succeeded', 'bench', now())`,
      tx`insert into app.ledger_entries (transaction_id, line, account, subscription_id, user_id, amount, currency)
         values (${charge}, 1, 'receivable', ${id}, ${user_id}, 10, ${currency}),
         (${charge}, 2, 'revenue', ${id}, ${user_id}, -10, ${currency})`,
      tx`select balance from app.credit_balances where user_id = ${user_id} and currency = ${currency}`,
      tx`insert into app.subscription_transactions (subscription_id, user_id, plan_id, kind, amount, currency, parent_id,
         description) values (${id}, ${user_id}, ${to.plan_id}, 'payment', 10, ${currency}, ${charge}, 'bench')`,
      tx`select * from app.subscriptions where id = ${id}`,
      tx`select system.append_audit(array[${body}]::text[], array['\\x00'::bytea], 1::smallint, array[null]::bytea[])`,
    ]);
    return { version: version + 1 };
  });
}

async function answer(url: URL): Promise<unknown> {
  const given = (name: string) => url.searchParams.get(name);
  const [index, price] = [given("read"), given("price")];
  if (price !== null) return changePlan(given("id") ?? "", Number(given("version")), price);
  if (index === null) return suspend(given("id") ?? "", Number(given("version")));
  const statements = reads[Number(index)]?.statements ?? [];
  const rows = await Promise.all(
    statements.map(({ text, parameters }) => sql.unsafe(text, parameters as never[], { prepare: true })),
  );
  return { data: rows[0], page: rows.slice(1) };
}

const server = createServer((request, response) => {
  answer(new URL(request.url ?? "/", "http://localhost")).then(
    (found) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(found)),
    (error: Error) => response.writeHead(500).end(error.message),
  );
});

process.once("message", (given: Read[]) => {
  reads = given;
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.send?.(typeof address === "object" ? address?.port : null);
  });
});
