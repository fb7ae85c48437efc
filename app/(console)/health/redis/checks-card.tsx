import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Copy } from "@/components/ui/copy";
import { CodeBlock, Mono } from "@/components/ui/mono";
import { getRedisRights } from "@/lib/health/redis/queries";
import type { Rights } from "@/lib/health/redis/schema";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { BlindNote } from "../frame/blind-note";
import { Fact, Facts } from "./facts";

/** Whose eyes the console looks with, what they cannot see, and the line that would let them. */
export async function ChecksCard() {
  const found = await attempt(getRedisRights, {});
  return (
    <Card aria-label="Checks">
      <CardHeader title="Checks" hint="rights of the monitor" />
      {found.ok ? <Checks {...found.value} /> : <PanelFailure failure={found.failure} what="the checks" />}
    </Card>
  );
}

function Checks({ user, own_user, rule, blind, advice }: Rights) {
  const denied = blind.filter(({ kind }) => kind !== "not_reported");
  const absent = blind.filter(({ kind }) => kind === "not_reported").map(({ check }) => check);
  return (
    <>
      <Facts>
        <Fact state={own_user ? "ok" : "warn"} label="User">
          <Mono>{user}</Mono>{" "}
          {own_user
            ? "reads figures and names of keys, never values"
            : "is the one the console works with and may do everything. Set REDIS_MONITOR_URL to a user made with this line:"}
        </Fact>
        {denied.length === 0 ? (
          <Fact state="ok" label="Rights">
            every check was allowed at the last pass
          </Fact>
        ) : null}
        {absent.length > 0 ? (
          <Fact state="off" label="Not offered">
            {absent.join(", ")}
          </Fact>
        ) : null}
        {advice ? (
          <Fact state="off" label="Memory doctor">
            {advice}
          </Fact>
        ) : null}
      </Facts>
      {denied.map((each) => (
        <BlindNote key={each.check} blind={each} bare />
      ))}
      {own_user ? (
        <CardFooter className="text-text-3">
          All rights it needs as one line <Copy text={rule} label="Copy the line that grants all rights" />
        </CardFooter>
      ) : (
        <CardBody className="space-y-2 border-t">
          <Copy text={rule} label="Copy the line that makes the monitor's user">
            Copy the line
          </Copy>
          <CodeBlock label="Line that makes the monitor's user">{rule}</CodeBlock>
        </CardBody>
      )}
    </>
  );
}
