// The baseline: recorded statements by postgres.js behind a bare node:http server, in a process of its own.
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

async function answer(url: URL): Promise<unknown> {
  const index = url.searchParams.get("read");
  if (index === null) return suspend(url.searchParams.get("id") ?? "", Number(url.searchParams.get("version")));
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
