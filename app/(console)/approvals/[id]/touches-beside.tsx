import { touchWords } from "@/components/form/touch-words";
import { formatNumber } from "@/components/ui/number";
import { Tile } from "@/components/ui/tile";
import { formatUtc } from "@/components/ui/time-format";
import type { Touch } from "@/lib/core/operation";
import { ENGINE_LABELS, ENGINE_TILES, ENGINES } from "@/lib/databases/schema";

type TouchesBesideProps = { asked: readonly Touch[]; askedAt: string; now: readonly Touch[] | null };

/** Per store what is touched, then and now; what differs is struck out on the older side. */
export function TouchesBeside({ asked, askedAt, now }: TouchesBesideProps) {
  const joined = [...asked, ...(now ?? []).filter((touch) => !asked.some((one) => isSame(one, touch)))];
  const all = ENGINES.flatMap((engine) => joined.filter(({ store }) => store === engine));
  return (
    <div role="region" aria-label="What this touches" tabIndex={0} className="overflow-x-auto rounded-b-lg">
      <table className="data-table card">
        <caption className="sr-only">What changes in which store</caption>
        <thead>
          <tr>
            <th scope="col">Store</th>
            <th scope="col">Change</th>
            <th scope="col" className="text-right">
              At {formatUtc(askedAt).slice(11, 16)}
            </th>
            {now ? (
              <th scope="col" className="text-right">
                Now
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {all.map((touch) => (
            <Row
              key={touch.store + touch.what}
              touch={touch}
              then={countIn(asked, touch)}
              now={now ? countIn(now, touch) : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ touch, then, now }: { touch: Touch; then: number; now: number | null }) {
  return (
    <tr>
      <th scope="row">
        <span className="flex items-center gap-2">
          <Tile code={ENGINE_TILES[touch.store]} size={18} />
          {ENGINE_LABELS[touch.store]}
        </span>
      </th>
      <td>{touchWords(touch)}</td>
      <td className="text-right text-text-2">
        {now === null || now === then ? formatNumber(then) : <del>{formatNumber(then)}</del>}
      </td>
      {now === null ? null : <td className="text-right font-semibold">{formatNumber(now)}</td>}
    </tr>
  );
}

function isSame(left: Touch, right: Touch): boolean {
  return left.store === right.store && left.what === right.what;
}

function countIn(touches: readonly Touch[], wanted: Touch): number {
  return touches.find((touch) => isSame(touch, wanted))?.count ?? 0;
}
