"use server";

import { cancelTask, clearBlock, forceMerge, refreshIndex, retryAllocation } from "@/lib/health/elasticsearch/commands";
import { action, dryRun } from "@/lib/next/action";

export const cancelRun = action(cancelTask);
export const cancelDry = dryRun(cancelTask);
export const retryRun = action(retryAllocation);
export const retryDry = dryRun(retryAllocation);
export const clearRun = action(clearBlock);
export const clearDry = dryRun(clearBlock);
export const refreshRun = action(refreshIndex);
export const refreshDry = dryRun(refreshIndex);
export const mergeRun = action(forceMerge);
export const mergeDry = dryRun(forceMerge);
