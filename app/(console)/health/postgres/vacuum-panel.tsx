import { Meter } from "@/components/charts/meter";
import { CardBody, CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { getVacuum } from "@/lib/health/postgres/queries";
import type { Vacuum } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import { BlindNote } from "../frame/blind-note";
import { Panel } from "./panel";

/** Transaction ids there are before the server refuses to write. */
const IDS = 2_000_000_000;

export async function VacuumPanel() {
  const found = await attempt(getVacuum, {});
  return (
    <Panel id="vacuum" title="Vacuum and wraparound" what="the state of vacuum" found={found}>
      {({ databases, oldest, horizon, running, autovacuum, blind }) => (
        <>
          <CardBody className="space-y-3">
            {databases.slice(0, 2).map(({ name, xid_age: age, used }) => (
              <Meter
                key={name}
                label={`Transaction ids, ${name}`}
                value={age}
                max={IDS}
                more={`${used} %`}
                tone={used >= 80 ? "bad" : used >= 50 ? "warn" : undefined}
              />
            ))}
            <List title="Oldest tables" empty="There are no tables.">
              {oldest.map(({ schema, name, xid_age: age }) => (
                <Pair key={`${schema}.${name}`} name={`${schema}.${name}`} value={formatNumber(age)} />
              ))}
            </List>
            {blind ? null : <Horizon horizon={horizon} />}
            <List title="Vacuums running" empty="None runs now.">
              {running.map(({ table, phase, progress }) => (
                <Pair key={table} name={table} value={`${phase}${progress === null ? "" : `, ${progress} %`}`} />
              ))}
            </List>
          </CardBody>
          {blind ? <BlindNote blind={blind} bare /> : null}
          <CardFooter className="py-1.5">
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {autovacuum.map(({ name, value }) => `${name} ${value}`).join(", ")}
            </span>
          </CardFooter>
        </>
      )}
    </Panel>
  );
}

function Horizon({ horizon }: Pick<Vacuum, "horizon">) {
  return (
    <List title="What holds vacuum back" empty="Nothing holds it back.">
      {horizon.map(({ kind, id, xids }) => (
        <Pair key={kind + id} name={`${kind} ${id}`} value={`${formatNumber(xids)} transactions`} />
      ))}
    </List>
  );
}

function List({ title, empty, children }: { title: string; empty: string; children: React.ReactNode[] }) {
  return (
    <div>
      <h3 className="text-sm text-text-3">{title}</h3>
      {children.length === 0 ? <p className="text-text-2">{empty}</p> : <dl>{children}</dl>}
    </div>
  );
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex justify-between gap-2">
      <dt className="min-w-0 truncate">
        <Mono title={name}>{name}</Mono>
      </dt>
      <dd className="flex-none text-text-2">{value}</dd>
    </div>
  );
}
