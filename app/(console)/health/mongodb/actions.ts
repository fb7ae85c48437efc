"use server";

import { createMongoIndex, dropMongoIndex, killOperation } from "@/lib/health/mongodb/commands";
import { action, dryRun } from "@/lib/next/action";

export const killRun = action(killOperation);
export const killDry = dryRun(killOperation);
export const createIndexRun = action(createMongoIndex);
export const createIndexDry = dryRun(createMongoIndex);
export const dropIndexRun = action(dropMongoIndex);
export const dropIndexDry = dryRun(dropMongoIndex);
