import { CircleCheck, Coins, ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Preview } from "@/lib/core/operation";
import { Note } from "../ui/note";
import { formatNumber } from "../ui/number";
import { MoneySection } from "./money-section";
import { TouchTable } from "./touch-table";
import { UndoNote } from "./undo-note";

type TouchPreviewProps = {
  preview: Preview;
  /** Field differences, under the table. */
  diff?: ReactNode;
  /** An act on an engine: it is looked at beforehand, not tried, and nothing takes it back. */
  act?: boolean;
};

/** The upper part of every dialog that changes something: numbers, stores, money, undo, always in this order. */
export function TouchPreview({ preview, diff, act = false }: TouchPreviewProps) {
  return (
    <>
      {act ? <Ready preview={preview} /> : <Numbers preview={preview} />}
      <div className="space-y-2.5 px-[22px] pt-3 pb-3.5 max-md:px-4">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <h3 className="text-lg font-semibold">What this touches</h3>
          <span className="text-sm text-text-3">
            {act ? "read from the engine just now, nothing is done yet" : "dry run on live data, rolled back"}
          </span>
        </div>
        <TouchTable touches={preview.touches} act={act} />
        {diff}
        {preview.money.length > 0 ? <MoneySection money={preview.money} /> : null}
        <div className={preview.money.length > 0 ? undefined : "grid gap-2.5 md:grid-cols-2"}>
          {preview.money.length > 0 ? null : (
            <Note tone="off" icon={Coins} title="Money: $0.00">
              Nothing is charged, refunded or billed differently.
            </Note>
          )}
          {act ? <NoWayBack /> : <UndoNote preview={preview} />}
        </div>
      </div>
    </>
  );
}

function Numbers({ preview }: { preview: Preview }) {
  return (
    <div className="status flex divide-x divide-line border-b max-md:flex-col max-md:divide-x-0">
      <Figure
        icon={<CircleCheck size={15} aria-hidden className="text-ok" />}
        count={preview.will}
        words="will change"
      />
      {preview.refused.map(({ code, reason, count }) => (
        <Figure
          key={code + reason}
          icon={<ShieldAlert size={15} aria-hidden className="text-warn" />}
          count={count}
          words={`refused: ${reason}`}
        />
      ))}
      {preview.will === 0 && preview.refused.length === 0 ? (
        <p className="px-[22px] py-2.5 text-text-2">It already is as you want it.</p>
      ) : null}
    </div>
  );
}

/** An act is done or refused as a whole. */
function Ready({ preview: { refused } }: { preview: Preview }) {
  const Icon = refused.length > 0 ? ShieldAlert : CircleCheck;
  return (
    <p role="status" className="status flex items-start gap-1.5 border-b px-[22px] py-2.5 max-md:px-4">
      <Icon size={15} aria-hidden className={`mt-0.5 ${refused.length > 0 ? "text-warn" : "text-ok"}`} />
      <span className="min-w-0 text-text-2 [overflow-wrap:anywhere]">
        <b className="font-semibold text-text">{refused.length > 0 ? "Not now." : "It can be done now."}</b>{" "}
        {refused.map(({ reason }) => reason).join(" ")}
      </span>
    </p>
  );
}

function NoWayBack() {
  return (
    <Note tone="warn" title="Cannot be undone">
      It is written to the audit log before it begins and again with its outcome.
    </Note>
  );
}

function Figure({ icon, count, words }: { icon: ReactNode; count: number; words: string }) {
  return (
    <p className="flex min-w-0 flex-1 items-center gap-1.5 px-[22px] py-2.5 max-md:px-4">
      {icon}
      <b className="text-xl font-semibold">{formatNumber(count)}</b>
      <span className="min-w-0 text-text-2">{words}</span>
    </p>
  );
}
