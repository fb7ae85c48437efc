import { CircleCheck } from "lucide-react";
import { hrefWith } from "@/components/data-table/params";
import { Pager } from "@/components/data-table/pager";
import { Empty } from "@/components/ui/empty";
import { listAlerts } from "@/lib/alerts/queries";
import { ListAlerts } from "@/lib/alerts/schema";
import { attempt } from "@/lib/next/load";
import { FailureState } from "../failure-state";
import { readList, type Params } from "../list-params";
import { ClearedTable } from "./cleared-table";

const HERE = "/alerts?tab=cleared";

export async function ClearedTab({ params }: { params: Params }) {
  const { input } = readList(ListAlerts, params, ["tab", "state"]);
  const found = await attempt(listAlerts, { ...input, state: "resolved" });
  if (!found.ok) return <FailureState failure={found.failure} what="alerts" href={HERE} clearHref={HERE} />;
  const { data, page } = found.value;
  const href = (patch: Record<string, string>) => hrefWith("/alerts", { tab: "cleared" }, patch);
  if (data.length === 0) {
    return (
      <Empty icon={CircleCheck} title="No alert has cleared yet" role="status">
        What fired and came back is kept here.
      </Empty>
    );
  }
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-raised">
        <ClearedTable alerts={data} />
      </div>
      <Pager
        first={input.after || input.before ? HERE : null}
        previous={page.previous ? href({ before: page.previous }) : null}
        next={page.next ? href({ after: page.next }) : null}
        words={{ previous: "Newer", next: "Older" }}
      />
    </>
  );
}
