import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { isMainUser } from "@/lib/databases/schema";
import { getEngine } from "@/lib/health/queries";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { BlindNote } from "../frame/blind-note";
import { MainUserNote } from "../frame/main-user-note";

/** What could not be measured: never counted as good. */
export async function ChecksCard() {
  const found = await attempt(getEngine, { engine: "elasticsearch" });
  const blind = found.ok ? (found.value.report?.blind ?? []) : [];
  return (
    <Card aria-label="Checks that could not be made">
      <CardHeader title="Checks that could not be made" hint={found.ok ? String(blind.length) : undefined} />
      {found.ok ? null : <PanelFailure failure={found.failure} what="checks" />}
      {found.ok && isMainUser(found.value.report) ? <MainUserNote engine="elasticsearch" /> : null}
      {found.ok && blind.length === 0 ? (
        <CardBody className="text-text-2">
          {found.value.report ? "Every check was made." : "Nothing was measured yet."}
        </CardBody>
      ) : null}
      <div className="grid gap-x-3 md:grid-cols-2 xl:grid-cols-3">
        {blind.map((one) => (
          <BlindNote key={one.check} blind={one} bare />
        ))}
      </div>
    </Card>
  );
}
