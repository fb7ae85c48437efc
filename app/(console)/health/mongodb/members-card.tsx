import { CircleCheck, CircleSlash, OctagonX } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { formatValue } from "@/components/ui/value";
import type { Blind } from "@/lib/databases/schema";
import { getMongoReplica } from "@/lib/health/mongodb/queries";
import type { ReplicaView } from "@/lib/health/mongodb/schema";
import { getEngine } from "@/lib/health/queries";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { BlindNote } from "../frame/blind-note";

/** Members of the set, and every check that this server or our rights leave out. */
export async function MembersCard() {
  const [found, engine] = await Promise.all([attempt(getMongoReplica, {}), attempt(getEngine, { engine: "mongodb" })]);
  const measured = engine.ok ? (engine.value.report?.blind ?? []) : [];
  const blind = distinct([...(found.ok ? found.value.blind : []), ...measured]);
  const denied = blind.filter(({ kind }) => kind !== "not_reported");
  const absent = blind.filter(({ kind }) => kind === "not_reported");
  return (
    <Card>
      <CardHeader title="Members and checks" />
      {found.ok ? <Members view={found.value} /> : <PanelFailure failure={found.failure} what="members" />}
      <CardBody className="space-y-2.5 pt-0">
        {denied.map((one) => (
          <BlindNote key={one.check} blind={one} />
        ))}
        {absent.length > 0 ? <NotOffered blind={absent} /> : null}
      </CardBody>
    </Card>
  );
}

function distinct(blind: readonly Blind[]): Blind[] {
  return [...new Map(blind.map((one) => [one.check, one])).values()];
}

/** Counts neither as passed nor as unknown. */
function NotOffered({ blind }: { blind: readonly Blind[] }) {
  return (
    <div className="rounded-md border bg-sunken px-3 py-2.5">
      <Badge tone="off" icon={CircleSlash}>
        Not offered
      </Badge>
      <dl className="mt-1.5 space-y-1.5 text-sm">
        {blind.map(({ check, why }) => (
          <div key={check}>
            <dt className="font-medium">{sentence(check)}</dt>
            <dd className="text-text-2">{why}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Members({ view: { set, members, oplog_s: oplog } }: { view: ReplicaView }) {
  if (set === null) {
    return (
      <CardBody>
        <p className="text-text-2">This server has no replica set: nothing takes over when it is away.</p>
      </CardBody>
    );
  }
  return (
    <CardBody>
      <ul className="space-y-2">
        {members.map((member) => (
          <li key={member.name} className="status flex items-baseline gap-2">
            <MemberIcon serves={member.is_in_service} />
            <b className="font-medium">{member.name}</b>
            <span className="text-text-2">
              {member.state.toLowerCase()}
              {member.lag_s === null ? null : `, ${formatValue(member.lag_s, "s")} behind`}
              {member.since ? (
                <>
                  , since <Time value={member.since} mode="utc" />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {oplog === null ? null : <p className="mt-2 text-text-2">The oplog reaches back {formatValue(oplog, "s")}.</p>}
    </CardBody>
  );
}

function MemberIcon({ serves }: { serves: boolean }) {
  return serves ? (
    <CircleCheck size={14} aria-label="in service" className="text-ok" />
  ) : (
    <OctagonX size={14} aria-label="not in service" className="text-bad" />
  );
}
