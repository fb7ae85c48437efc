"use server";

import { deleteKeys, killClient, purgeMemory, resetSlowlog } from "@/lib/health/redis/commands";
import { action, dryRun } from "@/lib/next/action";

export const killClientRun = action(killClient);
export const killClientDry = dryRun(killClient);
export const purgeMemoryRun = action(purgeMemory);
export const purgeMemoryDry = dryRun(purgeMemory);
export const resetSlowlogRun = action(resetSlowlog);
export const resetSlowlogDry = dryRun(resetSlowlog);
export const deleteKeysRun = action(deleteKeys);
export const deleteKeysDry = dryRun(deleteKeys);
