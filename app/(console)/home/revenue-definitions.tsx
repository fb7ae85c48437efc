import { Info } from "lucide-react";
import { buttonStyle } from "@/components/ui/button-style";
import { Menu } from "@/components/ui/menu";
import { DEFINITIONS } from "@/lib/revenue/schema";

const ASKED = "How is this computed";

/** The sentences that the statements behind the figures follow. */
export function RevenueDefinitions({ id }: { id: string }) {
  return (
    <Menu
      id={id}
      label={ASKED}
      className={buttonStyle({ variant: "ghost", size: "sm" })}
      panelClassName="w-[min(420px,92vw)]"
      trigger={
        <>
          <Info size={14} aria-hidden />
          {ASKED}
        </>
      }
    >
      <div tabIndex={0} role="region" aria-label={ASKED} className="max-h-[60vh] overflow-y-auto px-2.5 py-1.5">
        <dl className="space-y-2 text-sm">
          {Object.entries(DEFINITIONS).map(([name, sentence]) => (
            <div key={name}>
              <dt className="font-semibold">{name}</dt>
              <dd className="text-text-2">{sentence}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-2 border-t pt-2 text-sm text-text-2">
          Amounts of different currencies are never added up. Months and days are UTC. The running month is rolled up
          every 5 minutes.
        </p>
      </div>
    </Menu>
  );
}
