import { CircleCheck, CircleMinus, CircleSlash, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Icon } from "@/components/ui/tone";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { formatValue } from "@/components/ui/value";
import { getReplication } from "@/lib/health/postgres/queries";
import type { Replication } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import { BlindNote } from "../frame/blind-note";
import { Panel } from "./panel";

export async function ReplicationPanel() {
  const found = await attempt(getReplication, {});
  return (
    <Panel id="replication" title="Replication and WAL" what="the replication" found={found}>
      {(replication) => (
        <>
          <ul className="space-y-2 px-3.5 py-3">
            <Standbys {...replication} />
            <Slots {...replication} />
            <Archive archive={replication.archive} />
            <Checkpoints checkpoints={replication.checkpoints} />
            <Line icon={CircleCheck} tone="text-ok" name="WAL">
              {formatValue(replication.wal.kept, "bytes")} kept, wanted at most{" "}
              {formatValue(replication.wal.max, "bytes")}
            </Line>
          </ul>
          {replication.blind.map((blind) => (
            <BlindNote key={blind.check} blind={blind} bare />
          ))}
        </>
      )}
    </Panel>
  );
}

function Standbys({ role, standbys }: Replication) {
  if (standbys.length === 0) {
    return (
      <Line icon={CircleMinus} tone="text-text-3" name="Standby">
        {role === "standby" ? "this server is one; nobody follows it" : "none is connected"}
      </Line>
    );
  }
  return standbys.map(({ name, state, sync, lag_s: lag, lag_bytes: bytes }) => (
    <Line
      key={name}
      icon={state === "streaming" ? CircleCheck : TriangleAlert}
      tone={state === "streaming" ? "text-ok" : "text-warn"}
      name={name}
    >
      {state ?? "state unknown"}, {sync ?? ""} replay {formatValue(lag ?? 0, "s")}, {formatValue(bytes, "bytes")} behind
    </Line>
  ));
}

function Slots({ slots }: Replication) {
  if (slots.length === 0) {
    return (
      <Line icon={CircleMinus} tone="text-text-3" name="Slots">
        there are none
      </Line>
    );
  }
  return slots.map(({ name, active, status, retained }) => {
    const fine = active && (status === "reserved" || status === "extended");
    return (
      <Line
        key={name}
        icon={fine ? CircleCheck : TriangleAlert}
        tone={fine ? "text-ok" : "text-warn"}
        name={`Slot ${name}`}
      >
        {active ? "read" : "nobody reads it"}, {status ?? "no WAL kept"}, {formatValue(retained, "bytes")} kept
      </Line>
    );
  });
}

function Archive({
  archive: { mode, archived, failed, last_archived: last, last_failed: broke, waiting },
}: Pick<Replication, "archive">) {
  if (mode === "off") {
    return (
      <Line icon={CircleSlash} tone="text-text-3" name="Archive">
        switched off on this server
      </Line>
    );
  }
  const fails = broke !== null && (last === null || broke > last);
  return (
    <Line icon={fails ? TriangleAlert : CircleCheck} tone={fails ? "text-warn" : "text-ok"} name="Archive">
      {fails ? "the last file failed" : "last"} <Time value={fails ? broke : last} />, {formatNumber(archived)} done,{" "}
      {formatNumber(failed)} failed, {formatNumber(waiting)} waiting
    </Line>
  );
}

function Checkpoints({ checkpoints: { timed, requested, done } }: Pick<Replication, "checkpoints">) {
  return (
    <Line icon={CircleCheck} tone="text-ok" name="Checkpoints">
      {formatNumber(timed)} by time, {formatNumber(requested)} on request
      {done === null ? "" : `, ${formatNumber(done)} had something to write`}
    </Line>
  );
}

type LineProps = { icon: Icon; tone: string; name: string; children: ReactNode };

function Line({ icon: LineIcon, tone, name, children }: LineProps) {
  return (
    <li className="flex gap-2">
      <LineIcon size={14} aria-hidden className={`mt-[3px] flex-none ${tone}`} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <b className="font-medium">{name}</b> <span className="text-text-2">{children}</span>
      </span>
    </li>
  );
}
