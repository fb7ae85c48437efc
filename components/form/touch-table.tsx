import { CircleX, Clock, RefreshCw, Undo2 } from "lucide-react";
import type { Touch } from "@/lib/core/operation";
import { ENGINE_LABELS, ENGINE_TILES, ENGINES, type Engine } from "@/lib/databases/schema";
import { formatNumber } from "../ui/number";
import { Tile } from "../ui/tile";
import { touchWords } from "./touch-words";

const NOTHING: Record<Engine, string> = {
  postgres: "no rows change",
  mongodb: "no documents change",
  redis: "no keys are dropped",
  elasticsearch: "no index entries change",
};

const WHEN: Record<Engine, string> = {
  postgres: "at commit",
  mongodb: "at commit",
  redis: "within 1 s",
  elasticsearch: "within seconds",
};

/** Count, change, arrival and undo per store, in the order of the quadrant; a store without a change says so. */
export function TouchTable({ touches, act = false }: { touches: readonly Touch[]; act?: boolean }) {
  return (
    <div role="region" aria-label="What this touches" tabIndex={0} className="overflow-x-auto rounded-[9px] border">
      <table className="data-table card">
        <caption className="sr-only">What changes in which store</caption>
        <thead>
          <tr>
            {["Store", "Count", "Change", "When", "Undo"].map((head) => (
              <th key={head} scope="col" className={head === "Count" ? "text-right" : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ENGINES.map((engine) =>
            rowsOf(
              engine,
              touches.filter((touch) => touch.store === engine),
              act,
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function rowsOf(engine: Engine, touches: readonly Touch[], act: boolean) {
  if (touches.length === 0) {
    return <TouchRow key={engine} engine={engine} first count={0} what={act ? "not touched" : NOTHING[engine]} />;
  }
  return touches.map((touch, index) => (
    <TouchRow
      key={engine + touch.what}
      engine={engine}
      first={index === 0}
      count={touch.count}
      what={act ? touch.what : touchWords(touch)}
      undo={touch.undo}
      act={act}
    />
  ));
}

type TouchRowProps = { engine: Engine; first: boolean; count: number; what: string; undo?: boolean; act?: boolean };

function TouchRow({ engine, first, count, what, undo, act = false }: TouchRowProps) {
  const late = engine === "elasticsearch" && count > 0 && !act;
  return (
    <tr>
      <th scope="row">
        <span className={first ? "flex items-center gap-2" : "sr-only"}>
          <Tile code={ENGINE_TILES[engine]} size={18} />
          {ENGINE_LABELS[engine]}
        </span>
      </th>
      <td className="text-right font-medium">{formatNumber(count)}</td>
      <td>{what}</td>
      <td className={late ? "text-warn" : "text-text-2"}>
        <span className="flex items-center gap-1">
          {late ? <Clock size={12} aria-hidden /> : null}
          {count > 0 ? (act ? "at once" : WHEN[engine]) : "–"}
        </span>
      </td>
      <td>
        {count > 0 ? (
          <UndoCell refills={engine === "redis" && !act} undo={undo === true} />
        ) : (
          <span className="text-text-3">–</span>
        )}
      </td>
    </tr>
  );
}

function UndoCell({ refills, undo }: { refills: boolean; undo: boolean }) {
  if (refills) {
    return (
      <span className="flex items-center gap-1 text-text-2">
        <RefreshCw size={12} aria-hidden />
        refills itself
      </span>
    );
  }
  return undo ? (
    <span className="flex items-center gap-1 text-ok">
      <Undo2 size={13} aria-hidden />
      yes
    </span>
  ) : (
    <span className="flex items-center gap-1 text-text-2">
      <CircleX size={13} aria-hidden />
      no
    </span>
  );
}
