import { Card, CardHeader } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import { ENGINE_LABELS } from "@/lib/databases/schema";
import type { EngineView } from "@/lib/health/schema";
import { msPerMinute } from "../frame/watching-cost";

const TIERS = [
  [10, "Every 10 s"],
  [60, "Every 60 s"],
  [900, "Every 15 min"],
] as const;

/** What watching takes of each engine, by how often it is looked at. */
export function Costs({ views }: { views: readonly EngineView[] }) {
  const total = msPerMinute(views.flatMap(({ report }) => report?.costs ?? []));
  return (
    <Card>
      <CardHeader title="Cost of watching" hint={`${formatNumber(total)} ms a minute in all`} />
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Cost of watching">
        <table className="data-table card">
          <caption className="sr-only">Time of the engine per pass</caption>
          <thead>
            <tr>
              <th scope="col">Engine</th>
              {TIERS.map(([every, label]) => (
                <th key={every} scope="col" className="text-right">
                  {label}
                </th>
              ))}
              <th scope="col" className="text-right">
                A minute
              </th>
            </tr>
          </thead>
          <tbody>
            {views.map(({ health: { engine }, report }) => (
              <tr key={engine}>
                <th scope="row">{ENGINE_LABELS[engine]}</th>
                {TIERS.map(([every]) => (
                  <td key={every} className="text-right">
                    {passWords(report?.costs.find(({ every_s: everyS }) => everyS === every))}
                  </td>
                ))}
                <td className="text-right font-medium">
                  {report ? formatValue(msPerMinute(report.costs), "ms") : "–"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function passWords(cost: { ms: number; rows: number } | undefined) {
  if (!cost) return "–";
  return <span title={`${formatNumber(cost.rows)} rows, keys or KB`}>{formatValue(cost.ms, "ms")}</span>;
}
