import "server-only";
import type { Change, Fields } from "@/lib/core/operation";
import { env } from "@/lib/env";
import { EXPONENTS } from "@/lib/plans/schema";
import { asCurrency, moneyText } from "@/lib/core/amount";

/** Yen for one unit of the other currencies, roughly: a limit is no rate of exchange. */
const YEN = 150;

/** Why giving so much away needs a second person; null up to `QUADRANT_APPROVAL_ABOVE_MINOR`. */
export function needsApproval(changes: readonly Change<string, Fields>[]): string | null {
  for (const { money } of changes) {
    if (!money) continue;
    const currency = asCurrency(money.currency);
    const above = env().QUADRANT_APPROVAL_ABOVE_MINOR;
    const limit = EXPONENTS[currency] === 0 ? Math.round((above * YEN) / 100) : above;
    if (-money.due_minor > limit) return `More than ${moneyText(limit, currency)} is given away.`;
  }
  return null;
}
