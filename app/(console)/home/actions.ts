"use server";

import { headers } from "next/headers";
import { action, dryRun } from "@/lib/next/action";
import { attempt } from "@/lib/next/load";
import { assertSameOrigin } from "@/lib/next/origin";
import { rebuildRevenue } from "@/lib/revenue/commands";
import { checkRevenue } from "@/lib/revenue/queries";

export const rebuildRevenueRun = action(rebuildRevenue);
export const rebuildRevenueDry = dryRun(rebuildRevenue);

/** Reads the ledger; a form's button, so that it is asked only when somebody wants to know. */
export async function checkRevenueNow() {
  assertSameOrigin(await headers());
  return attempt(checkRevenue, {});
}
