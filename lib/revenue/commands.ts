import "server-only";
import { command } from "@/lib/core/operation";
import { rollUp } from "./months";
import { revenue } from "./noun";
import { RebuildRevenue } from "./schema";
import { monthStart } from "./sources";

/** Computes months anew from ledger and movements. What was computed before is replaced, nothing else changes. */
export const rebuildRevenue = command({
  noun: revenue,
  action: "revenue.rebuild",
  permission: "subscriptions.bill",
  input: RebuildRevenue,
  async run({ months }, { tx, now }) {
    await rollUp(tx, now, months);
    const month = monthStart(now, months - 1);
    return { entity: "revenue", id: month, version: 1, before: {}, after: { month, computed_at: now.toISOString() } };
  },
});
