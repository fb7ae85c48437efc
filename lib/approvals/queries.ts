import "server-only";
import { sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { query, type ReadScope } from "@/lib/core/operation";
import { readStart, toPage, writeCursor } from "@/lib/core/paging";
import { approval } from "./noun";
import { COLUMNS, STATUS, refusal, toApproval, waitsFor } from "./rows";
import {
  type Approval,
  type ApprovalCounts,
  type ApprovalDetail,
  type ApprovalPage,
  type AskedPreview,
  CountApprovals,
  GetApproval,
  ListApprovals,
} from "./schema";

const ORDER = "approval.list:-requested";

/** Newest first. */
export const listApprovals = query({
  noun: approval,
  action: "approval.list",
  permission: "approvals.read",
  input: ListApprovals,
  async run(input, scope): Promise<ApprovalPage> {
    const rows = await pageRows(scope, input);
    const cursorOf = ({ requested_at, id }: Approval) => writeCursor(scope.keys, ORDER, [requested_at, id]);
    const { data, ...page } = toPage(rows, input.limit, input, cursorOf, toApproval);
    return { data, page };
  },
});

/** With the preview as it was shown to whoever asked. */
export const getApproval = query({
  noun: approval,
  action: "approval.get",
  permission: "approvals.read",
  input: GetApproval,
  async run({ id }, { db, ctx }): Promise<ApprovalDetail> {
    const [row] = await db.execute<Approval & { preview: AskedPreview }>(sql`
      select ${COLUMNS}, a.preview from system.approvals a where a.id = ${id}::uuid`);
    if (!row) throw new AppError("not_found", "There is no such request.");
    const { preview, ...rest } = row;
    const mine = row.requested_by === ctx.actor.id;
    return { ...toApproval(rest), preview, mine, refused: refusal(row, ctx.actor)?.message ?? null };
  },
});

export const countApprovals = query({
  noun: approval,
  action: "approval.counts",
  permission: "approvals.read",
  input: CountApprovals,
  async run(_input, { db, ctx: { actor } }): Promise<ApprovalCounts> {
    const [row] = await db.execute<ApprovalCounts>(sql`
      select
        (count(*) filter (where ${waitsFor(actor)}))::integer as for_me,
        (count(*) filter (where a.requested_by = ${actor.id}::uuid))::integer as mine
      from system.approvals a
      where a.status = 'waiting' and a.expires_at > now()`);
    return row ?? { for_me: 0, mine: 0 };
  },
});

function pageRows({ db, keys, ctx }: ReadScope<"system">, input: ListApprovals) {
  const { from, backwards } = readStart(keys, ORDER, input);
  const [at, id] = from;
  const conditions = [
    id ? sql`(a.requested_at, a.id) ${sql.raw(backwards ? ">" : "<")} (${at}::timestamptz, ${id}::uuid)` : sql`true`,
    input.view === "for-me" ? waitsFor(ctx.actor) : sql`true`,
    input.view === "mine" ? sql`a.requested_by = ${ctx.actor.id}::uuid` : sql`true`,
    input.status ? sql`${STATUS} = any (${`{${input.status.join(",")}}`}::text[])` : sql`true`,
  ];
  const order = sql.raw(backwards ? "asc" : "desc");
  return db.execute<Approval>(sql`
    select ${COLUMNS}
    from system.approvals a
    where ${sql.join(conditions, sql` and `)}
    order by a.requested_at ${order}, a.id ${order}
    limit ${input.limit + 1}`);
}
