import type { Touch } from "@/lib/core/operation";
import { ENGINE_LABELS, ENGINE_TILES } from "@/lib/databases/schema";
import { formatNumber } from "../ui/number";
import { Tile } from "../ui/tile";
import { touchWords } from "./touch-words";

/** What else changes where, in a few words, where there is no room for the table. */
export function AlsoTouches({ touches }: { touches: readonly Touch[] }) {
  return (
    <div>
      <h3 className="mb-1.5 font-semibold">Also touches</h3>
      <ul className="grid gap-1.5">
        {touches
          .filter(({ count }) => count > 0)
          .map((touch) => (
            <li key={touch.store + touch.what} className="flex items-center gap-2 text-text-2">
              <Tile code={ENGINE_TILES[touch.store]} size={18} />
              <span className="sr-only">{ENGINE_LABELS[touch.store]}: </span>
              {formatNumber(touch.count)} {touchWords(touch)}
            </li>
          ))}
      </ul>
    </div>
  );
}
