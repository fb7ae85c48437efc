import { Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import { listMongoOperations } from "@/lib/health/mongodb/queries";
import type { Operation } from "@/lib/health/mongodb/schema";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { BlindNote } from "../frame/blind-note";
import { RemedyButton } from "../frame/remedy-button";
import { killDry, killRun } from "./actions";

/** Longer than this is worth a look. */
const LONG_S = 60;
const SHOWN = 12;

export async function RunningCard({ mayKill }: { mayKill: boolean }) {
  const found = await attempt(listMongoOperations, {});
  if (!found.ok) {
    return (
      <Card>
        <CardHeader title="Running now" />
        <PanelFailure failure={found.failure} what="running operations" />
      </Card>
    );
  }
  const { operations, blind } = found.value;
  const work = operations.filter(({ kind }) => kind !== "system");
  const threads = operations.filter(({ kind }) => kind === "system");
  return (
    <Card>
      <CardHeader title="Running now" hint="values hidden" />
      {blind.map((one) => (
        <BlindNote key={one.check} blind={one} bare />
      ))}
      {blind.length === 0 && work.length === 0 ? (
        <CardBody>
          <p className="text-text-2">Nothing runs at this moment.</p>
        </CardBody>
      ) : null}
      {operations.length > 0 ? (
        <Table caption="Operations that run now" variant="card">
          <thead>
            <tr>
              <th scope="col" className="max-md:hidden">
                Operation
              </th>
              <th scope="col">What and who</th>
              <th scope="col" className="text-right">
                Runs for
              </th>
              <th scope="col">
                <span className="sr-only">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...work.slice(0, SHOWN), ...threads.slice(0, 3)].map((operation) => (
              <OperationRow key={operation.opid} operation={operation} mayKill={mayKill} />
            ))}
          </tbody>
        </Table>
      ) : null}
      <CardFooter>Kill always answers “ok”: the row is read again to see what ended.</CardFooter>
    </Card>
  );
}

function OperationRow({ operation, mayKill }: { operation: Operation; mayKill: boolean }) {
  const { opid, kind, shape, seconds, refused } = operation;
  return (
    <tr>
      <td className="max-md:hidden">
        <Mono>{kind === "system" ? "–" : opid}</Mono>
      </td>
      <td className="w-full max-w-0 py-1.5">
        <Mono className="line-clamp-2 whitespace-normal" title={shape}>
          {shape}
        </Mono>
        <span className="block truncate text-sm text-text-2">{who(operation)}</span>
      </td>
      <Td numeric className={seconds !== null && seconds > LONG_S ? "text-warn" : undefined}>
        {formatValue(seconds, "s")}
      </Td>
      <td className="text-right">
        {refused === null && mayKill ? <Kill operation={operation} /> : null}
        {kind === "system" ? <Badge>system</Badge> : null}
      </td>
    </tr>
  );
}

function who({ kind, ns, plan, app, client, is_waiting: waits, progress, refused }: Operation): string {
  if (kind === "system") return "thread of the server, never ended";
  const done =
    progress?.done != null && progress.total
      ? `${formatNumber(progress.done)} of ${formatNumber(progress.total)}`
      : null;
  const scans = plan === "COLLSCAN" ? "full scan" : plan;
  return [ns, scans, app, client, waits ? "waits for a lock" : null, done, refused].filter(Boolean).join(", ");
}

function Kill({ operation: { opid, ns, op, started, kind, shape } }: { operation: Operation }) {
  const isBuild = kind === "index_build";
  return (
    <RemedyButton
      run={killRun}
      dryRun={killDry}
      fields={{ opid, ns, op, started: started ?? "" }}
      label={isBuild ? "Stop…" : "Kill…"}
      ariaLabel={`${isBuild ? "Stop" : "Kill"} operation ${opid}…`}
      title={`${isBuild ? "Stop the index build" : "Kill operation"} ${opid}`}
      description={shape}
      confirm={isBuild ? "Stop index build" : "Kill operation"}
      danger
    />
  );
}
