import { CircleCheck } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Tile } from "@/components/ui/tile";
import { ENGINE_LABELS, ENGINE_TILES, isMainUser, type Blind, type Engine } from "@/lib/databases/schema";
import type { EngineView } from "@/lib/health/schema";
import { BlindNote } from "../frame/blind-note";
import { MainUserNote } from "../frame/main-user-note";

type Found = { engine: Engine; blind: Blind };

/** What could not be read on the four engines and what would allow it; what a server has not is no fault. */
export function Doctor({ views }: { views: readonly EngineView[] }) {
  const all = views.flatMap(({ health, report }) =>
    (report?.blind ?? []).map((blind) => ({ engine: health.engine, blind })),
  );
  const unknown = all.filter(({ blind }) => blind.kind !== "not_reported");
  const absent = all.filter(({ blind }) => blind.kind === "not_reported");
  const unmeasured = views.filter(({ report }) => !report).map(({ health }) => ENGINE_LABELS[health.engine]);
  return (
    <Card>
      <CardHeader title="Privilege doctor" hint="what the console may not see, and what would allow it" />
      {unknown.length > 0 ? (
        <List found={unknown} />
      ) : (
        <CardBody className="status flex items-start gap-2 text-text-2">
          <CircleCheck size={15} aria-hidden className="mt-0.5 text-ok" />
          <p>Every check that these servers offer could be made.</p>
        </CardBody>
      )}
      {unmeasured.length > 0 ? (
        <p className="border-t px-3.5 py-2 text-sm text-text-2">Not measured yet: {unmeasured.join(", ")}.</p>
      ) : null}
      {views.flatMap(({ health, report }) =>
        isMainUser(report) ? <MainUserNote key={health.engine} engine={health.engine} /> : [],
      )}
      {absent.length > 0 ? (
        <details className="border-t px-3.5 py-1.5 text-sm text-text-2">
          <summary className="inline-flex min-h-6 items-center touch:min-h-11">
            {absent.length} {absent.length === 1 ? "check is" : "checks are"} not offered by these servers
          </summary>
          <List found={absent} />
        </details>
      ) : null}
    </Card>
  );
}

function List({ found }: { found: readonly Found[] }) {
  return (
    <ul className="divide-y divide-line">
      {found.map(({ engine, blind }) => (
        <li key={engine + blind.check} className="flex items-start gap-1 pl-3.5">
          <span className="pt-2.5">
            <Tile code={ENGINE_TILES[engine]} size={22} muted />
            <span className="sr-only">{ENGINE_LABELS[engine]}</span>
          </span>
          <div className="min-w-0 flex-1">
            <BlindNote blind={blind} bare />
          </div>
        </li>
      ))}
    </ul>
  );
}
