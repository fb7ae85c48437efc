import { CornerDownRight, Lock } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatValue } from "@/components/ui/value";
import { getLocks } from "@/lib/health/postgres/queries";
import type { LockRow } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import type { May } from "../../viewer";
import { BlindNote } from "../frame/blind-note";
import { Nothing, Panel } from "./panel";
import { SessionButtons } from "./session-buttons";

/** Deeper than this the text would have no room left. */
const DEEPEST = 5;

export async function LocksPanel({ may }: { may: May }) {
  const found = await attempt(getLocks, {});
  const blocked = found.ok ? found.value.blocked : 0;
  return (
    <Panel
      id="locks"
      title="Lock tree"
      hint="live"
      what="the lock tree"
      found={found}
      controls={
        blocked > 0 ? (
          <Badge tone="bad" icon={Lock}>
            {blocked} blocked
          </Badge>
        ) : null
      }
    >
      {({ rows, blind }) =>
        blind ? (
          <BlindNote blind={blind} bare />
        ) : rows.length === 0 ? (
          <Nothing>Nobody waits for a lock.</Nothing>
        ) : (
          <>
            <ul aria-label="Sessions that wait, under those they wait for" className="divide-y divide-line">
              {rows.map((row) => (
                <Waiting key={row.pid} row={row} may={may} />
              ))}
            </ul>
            <CardFooter>Cancel stops a statement. End session rolls its work back.</CardFooter>
          </>
        )
      }
    </Panel>
  );
}

function Waiting({ row, may }: { row: LockRow; may: May }) {
  const { pid, level, application, role, state, query, waits_s: waits, tx_s: tx, wants } = row;
  const Icon = level === 0 ? Lock : CornerDownRight;
  return (
    <li
      className="flex flex-wrap items-start gap-x-2 gap-y-1 py-2 pr-3.5"
      style={{ paddingLeft: 14 + Math.min(level, DEEPEST) * 18 }}
    >
      <Icon size={14} aria-hidden className={level === 0 ? "mt-1 text-bad" : "mt-1 text-text-3"} />
      <Mono className="font-medium">{pid || "prepared"}</Mono>
      <div className="min-w-[150px] flex-1">
        <Mono className="line-clamp-2">{query || "–"}</Mono>
        <p className="text-sm text-text-2 [overflow-wrap:anywhere]">
          {application || role}, {level === 0 ? state : `waits for ${wants ?? "a lock"}`}
        </p>
      </div>
      <div className="ml-auto flex items-center gap-2">
        <span className={level === 0 ? "text-sm text-bad" : "text-sm text-text-2"}>
          {formatValue(waits ?? tx, "s")}
        </span>
        {pid > 0 ? <SessionButtons session={row} may={may} /> : null}
      </div>
    </li>
  );
}
