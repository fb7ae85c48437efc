"use server";

import { approveRequest, declineRequest, withdrawRequest } from "@/lib/approvals/commands";
import { action, dryRun } from "@/lib/next/action";

export const approveRun = action(approveRequest);
export const approveDry = dryRun(approveRequest);
export const declineRun = action(declineRequest);
export const declineDry = dryRun(declineRequest);
export const withdrawRun = action(withdrawRequest);
export const withdrawDry = dryRun(withdrawRequest);
