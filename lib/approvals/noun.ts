import "server-only";
import { z } from "zod";
import { constraint } from "@/lib/core/translate";
import { noun } from "@/lib/core/operation";
import { STATUSES } from "./schema";

/** What the audit keeps of a request: never what it would write. */
const ApprovalRecord = z.strictObject({
  action: z.string(),
  target_type: z.string(),
  target_id: z.string().nullable(),
  rule: z.string(),
  status: z.enum(STATUSES),
});

export const approval = noun({
  name: "approval",
  store: "system",
  shape: ApprovalRecord,
  personal: [],
  index: null,
});

constraint("approvals_four_eyes", null, "forbidden", "Nobody decides what they asked for themselves.");
constraint("approvals_input_bounded", "input", "too_large", "This is too large to wait for an approval.");
constraint("approvals_preview_bounded", null, "too_large", "This is too large to wait for an approval.");
