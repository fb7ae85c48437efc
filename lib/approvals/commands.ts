import "server-only";
import { eq, sql } from "drizzle-orm";
import { approvals } from "@/drizzle/schema/approvals";
import { AppError } from "@/lib/core/errors";
import { type Context, type Fields, command, procedure } from "@/lib/core/operation";
import { preview, run } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import type { Db } from "@/lib/databases/postgres/pool";
import { approval } from "./noun";
import { about, asked, commandOf, keeping } from "./request";
import { type Held, heldRequest, refusal, refusalOfSettled } from "./rows";
import { ApproveRequest, DeclineRequest, RequestApproval, WithdrawRequest } from "./schema";

/** Whoever may read approvals may ask; that they may do what they ask for is checked when it is tried. */
export const requestApproval = procedure({
  noun: approval,
  action: "approval.request",
  permission: "approvals.read",
  input: RequestApproval,
  async run(request, { ctx, stores, options }) {
    const what = asked(commandOf(request.action, stores), request.input, request.reason);
    const shown = await preview(what.of, what.input, ctx, stores);
    return run(keeping(what, shown), { ...request, reason: what.reason }, ctx, stores, { use: options.use });
  },
  preview: ({ action, input }, { ctx, stores }) => preview(commandOf(action, stores), input, ctx, stores),
});

/** Carries the command out, as whoever approves, held to the numbers they saw. */
export const approveRequest = procedure({
  noun: approval,
  action: "approval.approve",
  permission: "approvals.decide",
  input: ApproveRequest,
  async run({ id }, { ctx, stores, options: { plan, use } }) {
    if (plan === undefined) {
      const problem = "Look at the numbers of now first: the plan of a dry run is needed.";
      throw new AppError("invalid", problem, { fields: { plan: ["is required"] } });
    }
    const { of, input } = await decidable(id, ctx, stores);
    const how = { use, plan, approval: { id } };
    return onNewest(input, (newest) => run(of, newest, ctx, stores, how));
  },
  async preview({ id }, { ctx, stores }) {
    const { of, input } = await decidable(id, ctx, stores);
    return onNewest(input, (newest) => preview(of, newest, ctx, stores));
  },
});

export const declineRequest = command({
  noun: approval,
  action: "approval.decline",
  permission: "approvals.decide",
  input: DeclineRequest,
  async run({ id, reason }, { tx, ctx }) {
    const held = await heldRequest(tx, id, true);
    const refused = refusal(held, ctx.actor);
    if (refused) throw refused;
    return settle(tx, held, { status: "declined", decided_by: ctx.actor.id, decision_reason: reason });
  },
});

/** One's own, while it waits. */
export const withdrawRequest = command({
  noun: approval,
  action: "approval.withdraw",
  permission: "approvals.read",
  input: WithdrawRequest,
  async run({ id, reason }, { tx, ctx }) {
    const held = await heldRequest(tx, id, true);
    const settled = refusalOfSettled(held.status);
    if (settled) throw settled;
    if (held.requested_by !== ctx.actor.id) throw new AppError("forbidden", "Only whoever asked takes this back.");
    return settle(tx, held, { status: "withdrawn", decided_by: ctx.actor.id, decision_reason: reason ?? null });
  },
});

type Decision = { status: "declined" | "withdrawn"; decided_by: string; decision_reason: string | null };

/** What would have been run is forgotten, and of what it showed the fields of the records. */
async function settle(tx: Db, { id, version, preview: shown }: Held, decision: Decision) {
  await tx
    .update(approvals)
    .set({ ...decision, decided_at: sql`now()`, input: null, preview: sql`preview - 'diffs'`, version: version + 1 })
    .where(eq(approvals.id, id));
  const { status } = decision;
  return {
    entity: "approval" as const,
    id,
    version: version + 1,
    before: { status: "waiting" as const },
    after: { status },
    ...about(shown),
  };
}

async function decidable(id: string, ctx: Context, stores: Stores) {
  const held = await stores.postgres.systemReader.read((db) => heldRequest(db, id), "approval.approve");
  const refused = refusal(held, ctx.actor);
  if (refused) throw refused;
  return { of: commandOf(held.action, stores), input: held.input ?? {} };
}

/** A request names the version its author saw; whoever approves decides on the record as it is by now. */
async function onNewest<T>(input: Fields, work: (input: Fields) => Promise<T>): Promise<T> {
  try {
    return await work(input);
  } catch (error) {
    const current = error instanceof AppError && error.code === "stale" ? error.details.current : undefined;
    if (typeof current !== "object" || current === null || !("version" in current)) throw error;
    return work({ ...input, version: current.version });
  }
}
