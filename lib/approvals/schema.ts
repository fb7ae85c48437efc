import { z } from "zod";
import type { Preview } from "@/lib/core/operation";
import { cursor, list, pageLimit, text } from "@/lib/core/schema";

export const STATUSES = ["waiting", "approved", "declined", "withdrawn", "expired"] as const;
export type Status = (typeof STATUSES)[number];

const id = z.uuid();
const reason = text(500);

/** `for-me`: what waits and I may decide. `mine`: what I asked for. */
export const ListApprovals = z.strictObject({
  view: z.enum(["all", "for-me", "mine"]).default("all"),
  status: list(STATUSES).optional(),
  limit: pageLimit(),
  after: cursor().optional(),
  before: cursor().optional(),
});
export type ListApprovals = z.output<typeof ListApprovals>;

export const GetApproval = z.strictObject({ id });

export const CountApprovals = z.strictObject({});

/** A command and its input, as they would be sent to be carried out; without a reason that of the input counts. */
export const RequestApproval = z.strictObject({
  action: z.string().regex(/^[a-z][a-z0-9.-]{1,99}$/, "is not the name of an action"),
  input: z.record(z.string(), z.unknown()),
  reason: reason.optional(),
});

export const ApproveRequest = z.strictObject({ id });

export const DeclineRequest = z.strictObject({ id, reason });

export const WithdrawRequest = z.strictObject({ id, reason: reason.optional() });

export const Approval = z.strictObject({
  id,
  action: z.string(),
  /** What the action needs; whoever decides has to have it. */
  permission: z.string(),
  target_type: z.string(),
  target_id: z.string().nullable(),
  /** The person concerned, when it is one and they are still there. */
  subject_name: z.string().nullable(),
  /** Why a second person is needed. */
  rule: z.string(),
  reason: z.string(),
  status: z.enum(STATUSES),
  /** What was asked of the customer (positive) or given back, by currency, when it was requested. */
  amounts: z.array(z.strictObject({ currency: z.string(), minor: z.number() })),
  requested_by: z.string(),
  requested_by_name: z.string().nullable(),
  requested_at: z.string(),
  expires_at: z.string(),
  decided_by: z.string().nullable(),
  decided_by_name: z.string().nullable(),
  decided_at: z.string().nullable(),
  decision_reason: z.string().nullable(),
  version: z.number(),
});
export type Approval = z.infer<typeof Approval>;

/** As it was shown to whoever asked; the fields of records go when the request is settled. */
export type AskedPreview = Omit<Preview, "plan" | "expires_at" | "diffs"> & { diffs?: Preview["diffs"] };

export type ApprovalDetail = Approval & {
  preview: AskedPreview;
  /** Asked for by whoever reads this. */
  mine: boolean;
  /** Why whoever reads this may not decide it, as a sentence; null when they may. */
  refused: string | null;
};

export type ApprovalPage = { data: Approval[]; page: { next: string | null; previous: string | null } };

/** `for_me` wait for my decision, `mine` for that of another. */
export type ApprovalCounts = { for_me: number; mine: number };
