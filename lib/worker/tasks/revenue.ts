import "server-only";
import { systemContext } from "@/lib/core/context";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { rebuildRevenue } from "@/lib/revenue/commands";
import { revenueMonths } from "@/lib/revenue/queries";
import { SHOWN_MONTHS } from "@/lib/revenue/schema";

/** The running month and the one before it, for what was booked around midnight; all of them when there are none. */
export async function rollUpRevenue(stores: Stores): Promise<void> {
  const ctx = systemContext(rebuildRevenue.action);
  const { data } = await ask(revenueMonths, { months: SHOWN_MONTHS }, ctx, stores);
  const kept = new Set(data.map(({ month }) => month)).size;
  await execute(rebuildRevenue, { months: kept < SHOWN_MONTHS ? SHOWN_MONTHS : 2 }, ctx, stores);
}
