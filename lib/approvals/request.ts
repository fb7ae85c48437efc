// Asking for a second person: the command is tried, and what it would do is kept beside what was asked.
import "server-only";
import { and, eq, lte, sql } from "drizzle-orm";
import { approvals } from "@/drizzle/schema/approvals";
import { paramsHash } from "@/lib/core/approval";
import { AppError } from "@/lib/core/errors";
import { type Command, type Fields, type Preview, command } from "@/lib/core/operation";
import type { Stores } from "@/lib/core/stores";
import { approval } from "./noun";
import { RequestApproval } from "./schema";

/** Differences kept with a request; the numbers count all of them. */
const MOST_DIFFS = 20;

/** Throws `not_found` for what is no command. */
export function commandOf(action: string, { operations }: Pick<Stores, "operations">): Command {
  const found = operations.get(action);
  if (found?.kind === "command") return found;
  throw new AppError("not_found", `There is no command ${action}.`, { fields: { action: ["is not a command"] } });
}

type Asked = { of: Command; input: Fields; reason: string };

/** One reason serves both: why the command is run is why it is asked for. */
export function asked(of: Command, input: Fields, given: string | undefined): Asked {
  const own = typeof input.reason === "string" && input.reason.trim() !== "" ? input.reason : undefined;
  const reason = own ?? given;
  if (reason === undefined) throw new AppError("invalid", "Say why.", { fields: { reason: ["is required"] } });
  return { of, input: "reason" in of.input.shape ? { ...input, reason } : input, reason };
}

/** The command that keeps this request; made for one call, since what the other command would do is no input. */
export function keeping({ of, input, reason }: Asked, { plan: _plan, expires_at: _end, ...shown }: Preview) {
  const rule = shown.approval;
  if (rule === null) throw new AppError("conflict", "Nobody needs to approve this; it can be carried out.");
  const parsed = of.input.parse(input);
  const hash = paramsHash(of.action, parsed);
  const target_id = typeof parsed.id === "string" ? parsed.id : null;
  const record = { action: of.action, target_type: of.noun.name, target_id, rule };
  return command({
    noun: approval,
    action: "approval.request",
    permission: "approvals.read",
    input: RequestApproval,
    async run(_input, { tx, ctx }) {
      await tx
        .update(approvals)
        .set({ status: "expired", input: null, decided_at: sql`now()`, version: sql`version + 1` })
        .where(
          and(eq(approvals.params_hash, hash), eq(approvals.status, "waiting"), lte(approvals.expires_at, sql`now()`)),
        );
      const [row] = await tx
        .insert(approvals)
        .values({
          ...record,
          permission: of.permission,
          params_hash: hash,
          input,
          preview: { ...shown, diffs: shown.diffs.slice(0, MOST_DIFFS) },
          reason,
          requested_by: ctx.actor.id,
        })
        .onConflictDoNothing()
        .returning({ id: approvals.id });
      if (!row) throw new AppError("conflict", "The same request is waiting already.");
      return {
        entity: "approval",
        id: row.id,
        version: 1,
        before: null,
        after: { ...record, status: "waiting" as const },
        ...about(shown),
      };
    },
  });
}

/** Reasons may speak of the person concerned: in the audit they stand under that person's key. */
export function about({ subjects: [subject] }: Pick<Preview, "subjects">): { subject?: string } {
  return subject === undefined ? {} : { subject };
}
