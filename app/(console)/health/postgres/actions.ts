"use server";

import {
  cancelQuery,
  reindexIndex,
  resetStatements,
  terminateSession,
  vacuumTable,
} from "@/lib/health/postgres/commands";
import { action, dryRun } from "@/lib/next/action";

export const cancelQueryRun = action(cancelQuery);
export const cancelQueryDry = dryRun(cancelQuery);
export const terminateRun = action(terminateSession);
export const terminateDry = dryRun(terminateSession);
export const vacuumRun = action(vacuumTable);
export const vacuumDry = dryRun(vacuumTable);
export const reindexRun = action(reindexIndex);
export const reindexDry = dryRun(reindexIndex);
export const resetStatementsRun = action(resetStatements);
export const resetStatementsDry = dryRun(resetStatements);
